namespace OpenData.Tests.Browser;

/// <summary>A test in a real browser; it is reported as skipped where there is none.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    private static readonly string[] UsualPaths =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];

    public BrowserFactAttribute()
    {
        if (Path is null) Skip = "There is no Chromium. On Debian and Ubuntu: sudo apt-get install --no-install-recommends chromium";
    }

    /// <summary>The browser's program: that of the variable CHROMIUM, or where it usually is; null if there is none.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named
        ? named
        : Array.Find(UsualPaths, File.Exists);
}
