namespace OpenData.Lake;

/// <summary>How much of the local disk we may take. An instance on Flex Consumption has 0.8 GB in all.</summary>
public static class LocalDisk
{
    /// <summary>
    /// What a folder may hold: what the settings say, but no more than a share of what is free on its disk or already held by the folder.
    /// </summary>
    /// <param name="folder">The folder; it exists.</param>
    /// <param name="wanted">What the settings say, in bytes.</param>
    /// <param name="share">The share of the room there is, 0 to 1.</param>
    public static long Bound(string folder, long wanted, double share)
    {
        var held = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        return Math.Min(wanted, (long)((new DriveInfo(folder).AvailableFreeSpace + held) * share));
    }
}
