using System.Security.Cryptography;
using System.Text;

namespace BudgetSync.Core.Page;

/// <summary>The page's style sheet and script: files beside this one, built in, and their digests for the Content-Security-Policy.</summary>
internal static class PageAssets
{
    public static string Style { get; } = Read("page.css");

    public static string Script { get; } = Read("page.js");

    /// <summary>
    /// Nothing but these two may run or style, and nothing may be loaded or sent: text that came through all the same could do nothing (CSP level 3,
    /// hash-source).
    /// </summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Digest(Style)}'; script-src 'sha256-{Digest(Script)}'; base-uri 'none'; form-action 'none'";

    private static string Digest(string content) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private static string Read(string name)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream($"BudgetSync.Core.Page.{name}")
            ?? throw new InvalidOperationException($"{name} is not built into the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
