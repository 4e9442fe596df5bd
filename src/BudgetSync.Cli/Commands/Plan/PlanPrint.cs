using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Accounts;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Cli.Commands.Plan;

/// <summary>A plan in each of its forms.</summary>
/// <param name="Lines">An account each: what scripts and spreadsheets read.</param>
/// <param name="Groups">Accounts that are alike together: what people read.</param>
/// <param name="Sum">What all lines come to, in a line.</param>
/// <param name="Money">What moves most, and what all rows come to before and after.</param>
/// <param name="Warnings">What the import would do all the same; the talk has told of them.</param>
/// <param name="Brake">Why the import will need a second word; null where it will not.</param>
internal sealed record PlanPrint(
    ConsoleContext Terminal,
    AccountListWish<ImportChange> Wish,
    AccountPage<ImportLine> Lines,
    AccountPage<PlanGroup> Groups,
    Func<ImportLine, string> Name,
    string Sum,
    IReadOnlyList<string> Money,
    string? Brake,
    IReadOnlyList<string> Warnings)
{
    private static readonly string[] Columns = ["AccountId", "Name", "Change", "Changes", "Reasons", "From", "RevisionNow", "RevisionThen", "Position"];

    public Task MarkdownAsync() => Terminal.Out.WriteAsync(PlanMarkdown.Of(
        Groups.Shown, Groups.Rest, group => group.Lines.Length == 1 ? Name(group.First) : "", Sum, Money, Brake, Warnings));

    public async Task WriteAsync()
    {
        switch (Wish.Form)
        {
            case PrintForm.Json:
                await Terminal.Whole.WriteLineAsync(new JsonArray([.. Lines.Shown.Select(ToJson)]).ToJsonString(JsonOutput.Options));
                break;
            case PrintForm.Csv:
                await Terminal.Out.WriteAsync(CsvText.Of(Columns, Lines.Shown.Select(Cells)));
                break;
            default:
                PlanScreen.Write(Terminal, Groups.Shown);
                if (Lines.All.IsEmpty && !Wish.States.IsEmpty) await Terminal.Out.WriteLineAsync(Wish.Nothing);
                break;
        }

        // Part of the result for a person, talk beside it for a script.
        var talk = Wish.Form == PrintForm.Text ? Terminal.Out : Terminal.Error;
        var length = Wish.Form == PrintForm.Text ? Terminal.LineLength : int.MaxValue;
        string?[] below =
        [
            Wish.Form == PrintForm.Text ? Groups.Rest : Lines.Rest,
            .. Money,
            Sum,
            Brake is null ? null : $"The import will need --allow-large: {Brake}."
        ];
        foreach (var line in below.OfType<string>().SelectMany(line => CellText.Fold(Printable.Line(line), length))) await talk.WriteLineAsync(line);
    }

    private IEnumerable<string?> Cells(ImportLine line) =>
    [
        line.Key,
        Name(line),
        line.Change.ToString(),
        string.Join("; ", line.Change == ImportChange.Reject ? [] : line.Details),
        string.Join("; ", line.Change == ImportChange.Reject ? line.Details : []),
        string.Join(", ", line.From),
        line.RevisionNow,
        line.RevisionThen,
        line.Position,
    ];

    /// <summary>As a row says it; null where nothing counts.</summary>
    private static JsonObject? Budget(AiBudget? budget) => budget is null
        ? null
        : new()
        {
            ["limit"] = budget.Limit,
            ["unit"] = "USD",
            ["window"] = budget.Window.Text,
            ["warn"] = budget.Warn,
            ["critical"] = budget.Critical,
            ["grace"] = ResponseRule.Text(budget.Grace),
            ["mode"] = budget.Mode.ToString(),
            ["shared"] = budget.Shared,
            ["rate"] = budget.Rate?.ToString(),
        };

    private static JsonObject ToJson(ImportLine line) => new()
    {
        ["accountId"] = line.Key,
        ["change"] = line.Change.ToString(),
        ["changes"] = new JsonArray([.. (line.Change == ImportChange.Reject ? [] : line.Details).Select(word => JsonValue.Create(word))]),
        ["reasons"] = new JsonArray([.. (line.Change == ImportChange.Reject ? line.Details : []).Select(word => JsonValue.Create(word))]),
        ["from"] = new JsonArray([.. line.From.Select(scope => JsonValue.Create(scope))]),
        ["revisionNow"] = line.RevisionNow,
        ["revisionThen"] = line.RevisionThen,
        ["models"] = new JsonArray([.. line.Models.Select(change => new JsonObject
        {
            ["attribute"] = change.Attribute,
            ["change"] = change.Text,
            ["before"] = Budget(change.Before),
            ["after"] = Budget(change.After),
        })]),
        ["position"] = line.Position.Length == 0 ? null : line.Position,
    };
}
