using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace BudgetSync.Cli.Tests;

/// <summary>A whole page as a PNG, drawn by an installed Chromium.</summary>
internal static partial class PagePicture
{
    /// <param name="path">Of the PNG, which says what page it is of and how high that is.</param>
    /// <param name="html">A page without a script.</param>
    /// <param name="dark">As somebody sees it who prefers dark.</param>
    /// <param name="width">Of the window, in pixels.</param>
    public static async Task DrawAsync(string path, string html, bool dark, int width)
    {
        var folder = Directory.CreateTempSubdirectory("budgetsync-picture-");
        try
        {
            var (page, picture) = (Path.Combine(folder.FullName, "page.html"), Path.Combine(folder.FullName, "page.png"));
            // A window shows no more of a page than it is high, and for a page that is only read Chromium's has 500 pixels at least.
            var measure = "</main><script>var page=document.documentElement;"
                + $"page.style.width='{width}px';document.title=Math.ceil(page.getBoundingClientRect().height)</script>";
            await File.WriteAllTextAsync(page, html.Replace("</main>", measure, StringComparison.Ordinal));
            var said = await RunAsync("--dump-dom", $"--window-size={width},100");
            var height = int.Parse(Title().Match(said).Groups[1].Value, CultureInfo.InvariantCulture);
            await File.WriteAllTextAsync(page, html);
            await RunAsync($"--window-size={width},{height}", $"--screenshot={picture}");
            await File.WriteAllBytesAsync(path, PictureSource.Written(await File.ReadAllBytesAsync(picture), PictureSource.DigestOf(html), height));

            async Task<string> RunAsync(params string[] how)
            {
                string[] arguments =
                [
                    "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", $"--user-data-dir={folder.FullName}/profile",
                    $"--blink-settings=preferredColorScheme={(dark ? 0 : 1)}", .. how, new Uri(page).AbsoluteUri,
                ];
                var start = new ProcessStartInfo("chromium", arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
                using var chromium = Process.Start(start) ?? throw new InvalidOperationException("chromium was not started");
                var talk = chromium.StandardError.ReadToEndAsync();
                var result = await chromium.StandardOutput.ReadToEndAsync();
                await chromium.WaitForExitAsync();
                Assert.True(chromium.ExitCode == 0, await talk);
                return result;
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex("<title>([0-9]+)</title>")]
    private static partial Regex Title();
}
