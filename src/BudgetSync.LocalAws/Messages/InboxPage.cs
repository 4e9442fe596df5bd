using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Messages;

/// <summary>
/// The page that shows the messages, newest first. It has no script, loads nothing and is not framed; the policy says so to the browser. It does not load
/// itself again: the port refuses what a page asks for, also its own.
/// </summary>
internal static class InboxPage
{
    /// <summary>More would be a page that takes long to draw.</summary>
    public const int Most = 200;

    private const string Style = """
        :root{color-scheme:light dark;--ink:#1b1f24;--dim:#57606a;--line:#d0d7de;--card:#fff;--page:#f6f8fa;--mark:#b35900;--good:#1a7f37;--bad:#cf222e}
        @media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--dim:#9198a1;--line:#3d444d;--card:#151b23;--page:#0d1117;--mark:#f0883e;--good:#3fb950;
          --bad:#ff7b72}}
        body{margin:0 auto;max-width:52rem;padding:1rem;font:1rem/1.45 system-ui,sans-serif;color:var(--ink);background:var(--page);overflow-wrap:anywhere}
        article{margin:0 0 1rem;padding:.7rem 1rem;background:var(--card);border:1px solid var(--line);border-left:.3rem solid var(--mark);border-radius:.4rem}
        article.good{border-left-color:var(--good)}article.bad{border-left-color:var(--bad)}
        article p.why{color:var(--bad);font-weight:600}article p{margin:.2rem 0}article p.from{color:var(--dim);font-size:.9rem}
        h1{font-size:1.4rem}h2{margin:.1rem 0 .4rem;font-size:1.05rem}summary{color:var(--dim);cursor:pointer}
        pre{margin:.5rem 0 0;white-space:pre-wrap;font-size:.85rem}
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style.ReplaceLineEndings("\n"))))}'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static WireResponse Answer(LocalCloud cloud) => new(
        200,
        "text/html; charset=utf-8",
        Encoding.UTF8.GetBytes(Html(InboxMessages.Of(cloud), InboxMessages.Count(cloud))),
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Security-Policy"] = Policy,
            ["X-Content-Type-Options"] = "nosniff",
            ["Referrer-Policy"] = "no-referrer",
            ["Cache-Control"] = "no-store",
        });

    /// <param name="oldestFirst">Those that are kept; the page has the newest of them.</param>
    /// <param name="arrived">How many there were.</param>
    /// <param name="kept">It is a file, to which nothing comes any more.</param>
    internal static string Html(IReadOnlyList<InboxMessage> oldestFirst, long arrived, bool kept = false)
    {
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">");
        html.Append("<title>LocalAws: inbox</title><style>").Append(Style.ReplaceLineEndings("\n")).Append("</style>\n<main><h1>Inbox</h1>\n<p>");
        var shown = oldestFirst.Reverse().Take(Most).ToList();
        var left = string.Create(CultureInfo.InvariantCulture, $"{arrived - shown.Count:N0}");
        html.Append(shown.Count == 0
            ? "No message has arrived yet."
            : string.Create(CultureInfo.InvariantCulture, $"Messages that have arrived: {arrived:N0}, the newest first"));
        if (shown.Count > 0) html.Append(arrived > shown.Count ? $"; {left} older ones are left out." : ".");
        html.Append(kept ? "\n" : " Reload the page to see what has come since.\n");
        foreach (var message in shown) Write(html, message);
        if (arrived > shown.Count) html.Append("<p>").Append(left).Append(" older messages are left out.\n");
        return html.Append("</main></html>\n").ToString();
    }

    private static void Write(StringBuilder html, InboxMessage message)
    {
        var ends = message.Title.StartsWith("Resolved", StringComparison.Ordinal);
        var kind = message.Refused is not null ? " class=bad" : ends ? " class=good" : "";
        html.Append("<article").Append(kind).Append('>').Append("<p class=from>").Append(Encoded(message.Sender)).Append(" · ");
        html.Append(message.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        html.Append("<h2>").Append(Encoded(message.Title)).Append("</h2>\n");
        if (message.Refused is { } why) html.Append("<p class=why>Refused, nobody saw it: ").Append(Encoded(why)).Append('\n');
        foreach (var line in message.Lines) html.Append("<p>").Append(Encoded(line)).Append('\n');
        html.Append("<details><summary>As it was sent</summary><pre>").Append(Encoded(message.Body)).Append("</pre></details></article>\n");
    }

    /// <summary>No markup, and nothing that turns the direction of its neighbours; lines stay lines.</summary>
    private static string Encoded(string text) =>
        WebUtility.HtmlEncode(string.Concat(text.Select(character => character != '\n' && IsInvisible(character) ? '\uFFFD' : character)));

    /// <summary>A word joiner is what a message's own text has behind an @, so that it calls no person; it changes nothing that is seen.</summary>
    private static bool IsInvisible(char character) => character != '\u2060' && char.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
