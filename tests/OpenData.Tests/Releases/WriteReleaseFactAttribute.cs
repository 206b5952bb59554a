namespace OpenData.Tests.Releases;

/// <summary>Runs only where the environment variable <see cref="Setting"/> names the release to write.</summary>
internal sealed class WriteReleaseFactAttribute : FactAttribute
{
    /// <summary>The environment variable.</summary>
    public const string Setting = "OPENDATA_WRITE_RELEASE";

    public WriteReleaseFactAttribute()
    {
        if (Environment.GetEnvironmentVariable(Setting) is not { Length: > 0 })
        {
            Skip = $"It writes the store of a release: set {Setting} to its name, such as 2026-11.";
        }
    }
}
