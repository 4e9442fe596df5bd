using PuppeteerSharp;

namespace BudgetSync.Browser.Tests;

/// <summary>One browser for all tests of a class, and pages opened from files.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("budgetsync-page-");
    private IBrowser? browser;

    public async Task InitializeAsync()
    {
        if (InstalledChromium.Path is not { } path) return;
        // Containers have no user namespaces for Chromium's sandbox; the page is our own.
        browser = await Puppeteer.LaunchAsync(new LaunchOptions { ExecutablePath = path, Headless = true, Args = ["--no-sandbox", "--disable-gpu"] });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        folder.Delete(recursive: true);
    }

    /// <summary>Opens the page as a file, as who gets it by mail does, and keeps what it complains of and what it asks for.</summary>
    internal async Task<OpenPage> OpenAsync(string html, bool dark = false, int width = 1280, int height = 900)
    {
        var file = Path.Combine(folder.FullName, $"{Guid.NewGuid():N}.html");
        await File.WriteAllTextAsync(file, html);
        var page = await (browser ?? throw new InvalidOperationException("There is no browser.")).NewPageAsync();
        var (errors, requests) = (new List<string>(), new List<string>());
        page.Console += (_, message) => errors.Add($"{message.Message.Type}: {message.Message.Text}");
        page.PageError += (_, error) => errors.Add(error.Message);
        page.Request += (_, request) => requests.Add(request.Request.Url);
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = height });
        await page.EmulateMediaFeaturesAsync([new MediaFeatureValue { MediaFeature = MediaFeature.PrefersColorScheme, Value = dark ? "dark" : "light" }]);
        await page.GoToAsync(new Uri(file).AbsoluteUri, WaitUntilNavigation.Load);
        return new OpenPage(page, errors, requests);
    }
}

/// <param name="Errors">What the console was told.</param>
/// <param name="Requests">Every URL asked for, the page's own among them.</param>
internal sealed record OpenPage(IPage Page, List<string> Errors, List<string> Requests) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Page.DisposeAsync();

    public Task<T> EvaluateAsync<T>(string expression) => Page.EvaluateExpressionAsync<T>(expression);
}
