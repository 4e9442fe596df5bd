using System.Text.Json;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Core.Page;

namespace BudgetSync.Aws.Page;

/// <summary>
/// The page as a CloudWatch custom widget. It shows what the last hour wrote into the bucket and asks for no account: a walk of ten thousand would keep the
/// viewer waiting and cost calls at each look. Whoever may invoke the function may see it, so it answers nothing that a form asks it to do.
/// </summary>
public sealed class PageWidget(PageBucket bucket, string? endpoint, JsonLog log, TimeProvider time)
{
    /// <summary>Longer than any name that can be searched for: an OU's has 128 characters, a budget's 100.</summary>
    private const int LongestSearch = 128;

    /// <summary>What the console shows to who adds the widget by hand (CloudWatch user guide, "Creating a custom widget": the event describe).</summary>
    private const string Description =
        """
        ### Budgets of the organization

        Every account's limit, spending, forecast, pace and state, those that need attention most first, as the hourly page of BudgetSync has them.
        Parameters: `search`, a part of an account's id or name, a unit, a budget or a state, for example

        ``` yaml
        search: Critical
        ```
        """;

    /// <summary>Whether an invocation comes from a dashboard, and not from the schedule.</summary>
    public static bool Asks(JsonElement invocation) =>
        invocation.ValueKind == JsonValueKind.Object && (invocation.TryGetProperty("widgetContext", out _) || IsDescribe(invocation));

    /// <returns>JSON: a text of HTML, or an object with Markdown.</returns>
    /// <exception cref="AwsFaultException">S3 failed.</exception>
    public async Task<byte[]> AnswerAsync(JsonElement invocation, CancellationToken cancellation)
    {
        if (IsDescribe(invocation)) return Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("markdown", Description);
            writer.WriteEndObject();
        });
        var began = time.GetTimestamp();
        var html = await bucket.ReadLinesAsync(cancellation) is { } page
            ? ReportHtml.Fragment(page, ViewOf(invocation))
            : "<p>There is no page yet. BudgetSync-Report writes the first within an hour of its deployment; its log says what is in the way.</p>";
        log.Write(LogEvent.WidgetAnswered, "Information", null, null, "A widget was answered.", html.Length, time.GetElapsedTime(began).TotalMilliseconds);
        return Json(writer => writer.WriteStringValue(html));
    }

    private WidgetView ViewOf(JsonElement invocation)
    {
        var context = Member(invocation, "widgetContext");
        // What is typed into the widget goes before what its author set; a parameter is in the invocation itself too.
        var search = Text(Member(Member(context, "forms"), "all"), "search") ?? Text(Member(context, "params"), "search") ?? Text(invocation, "search") ?? "";
        search = search.Trim();
        return new WidgetView(
            time.GetUtcNow(), Text(context, "theme") == "dark", search.Length > LongestSearch ? search[..LongestSearch] : search, endpoint);
    }

    private static bool IsDescribe(JsonElement invocation) => invocation.ValueKind == JsonValueKind.Object
        && invocation.TryGetProperty("describe", out var describe) && describe.ValueKind is not (JsonValueKind.Null or JsonValueKind.False);

    private static JsonElement? Member(JsonElement? of, string name) =>
        of is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement? of, string name) => Member(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) write(writer);
        return stream.ToArray();
    }
}
