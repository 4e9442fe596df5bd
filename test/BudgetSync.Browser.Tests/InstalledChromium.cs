namespace BudgetSync.Browser.Tests;

/// <summary>
/// A fact that needs a browser: Chromium or Chrome on the PATH, or where <c>CHROMIUM</c> says. Without one it is skipped, visibly; CI installs one.
/// </summary>
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (InstalledChromium.Path is null) Skip = "There is no Chromium: install Debian's chromium, or Chrome, or set CHROMIUM to its path.";
    }
}

/// <summary>The browser of this machine.</summary>
internal static class InstalledChromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome"];

    /// <summary>Null where there is none.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } given ? given
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => System.IO.Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
