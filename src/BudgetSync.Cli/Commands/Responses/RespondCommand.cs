using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Responses;

/// <summary><c>budgetsync respond --what-if ROWS</c>: what rows would have restricted in the last 90 days. Changes nothing.</summary>
internal static class RespondCommand
{
    private static readonly TextColumn[] Columns =
    [
        new("ACCOUNT"), new("BUDGET", Shortest: 8), new("RESPONSE", Shortest: 10, MostLines: 2), new("MODE"), new("FROM"), new("TO"), new("DAYS"),
        new("WHY", Shortest: 20, MostLines: 3, Goes: 1),
    ];

    /// <summary>More would not be read.</summary>
    private const int MostReasons = 10;

    public static Command Create(ConsoleContext terminal)
    {
        var file = new Option<string>("--what-if") { Description = RowFile.Description, HelpName = "FILE", Required = true };
        var json = new Option<bool>("--json") { Description = "Print an array with one object per restriction" };
        var command = new Command(
            "respond",
            "Show what the responses of these rows would have restricted in the last 90 days, when and for how long, as if every one of them were ARMED. Rows "
                + "of the table that the file does not have count as they are. Changes nothing. Exit 0 where all accounts with responses have a history, 3 "
                + "where some have none, 1 where rows are wrong")
            {
                file,
                json,
            };
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var entries = await RowFile.ReadAsync(parsed.GetRequiredValue(file), terminal, cancellation);
            stack.Progress.Now("reading the table and the status of all accounts");
            var rows = (await stack.Budgets.ScanAsync(cancellation)).ToDictionary(row => row.Key, StringComparer.Ordinal);
            foreach (var entry in entries) rows[entry.Image.Key] = entry.Image;
            var statuses = (await stack.Status.ScanAsync(cancellation)).Where(row => AccountId.TryParse(row.Key, out _)).ToList();
            var today = DateOnly.FromDateTime(stack.Time.GetUtcNow().UtcDateTime);
            var all = statuses.Select(status => Facts(status, rows, stack.Defaults)).ToList();
            var facts = all.Where(one => one.Rules is { IsEmpty: false }).ToList();
            var wrong = all.Where(one => one.Rules is null).ToList();
            await TellWrongAsync(terminal, wrong, rows, stack.Defaults);
            var histories = await AccountHistories.ReadAsync(stack, [.. facts.Select(one => one.Account.Value)], cancellation);
            if (histories.Missing) throw new CommandException($"there is no history to try the rows on: {AccountHistories.HowToGetOne}.");
            stack.Progress.Now("");
            var found = facts.SelectMany(one => ResponseReplay.Of(one, histories.Of(one.Account.Value), stack.SpendBounds, today))
                .OrderBy(replayed => replayed.Account.Value, StringComparer.Ordinal).ThenBy(replayed => replayed.From).ToImmutableArray();
            var unknown = facts.Where(one => !KnownDays.AreIn(one, histories.Of(one.Account.Value), today)).Select(one => one.Account).ToList();
            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(Json(found, today));
            else if (unknown.Count == 0 || unknown.Count < facts.Count) await WriteAsync(terminal, found, facts.Count - unknown.Count, unknown.Count, today);
            if (unknown.Count < facts.Count) await terminal.Error.WriteLineAsync(Known(facts.SelectMany(one => histories.Of(one.Account.Value)), today));
            if (unknown.Count > 0) terminal.TellFolded(Unknown(unknown), indent: 2);
            return wrong.Count > 0 ? ExitCode.Failed : unknown.Count > 0 ? ExitCode.Unchecked : ExitCode.Done;
        });
        return command.WithExamples("budgetsync respond --what-if rows.json");
    }

    private static AccountFacts Facts(StatusRow status, Dictionary<string, RowImage> rows, StackDefaults defaults) => AccountFacts.Of(
        AccountId.Parse(status.Key),
        status,
        NearestFirst(status, rows),
        defaults);

    private static ImmutableArray<RowImage> NearestFirst(StatusRow status, Dictionary<string, RowImage> rows) =>
        [.. StatusRow.ScopesOf(status.Key, status).Select(scope => rows.GetValueOrDefault(scope)).OfType<RowImage>()];

    private static async Task TellWrongAsync(
        ConsoleContext terminal, List<AccountFacts> wrong, Dictionary<string, RowImage> rows, StackDefaults defaults)
    {
        if (wrong.Count == 0) return;
        await terminal.Error.WriteLineAsync($"The rows of {Number.Count(wrong.Count, "account")} are wrong, and lead to nothing:");
        var reasons = wrong.SelectMany(one => Resolver.Resolve(one.Account, NearestFirst(one.Row, rows), defaults) is Resolution.Rejected rejected
            ? rejected.Reasons.Select(reason => (one.Account, Reason: reason))
            : []).GroupBy(problem => problem.Reason, problem => problem.Account).ToList();
        foreach (var reason in reasons.Take(MostReasons))
        {
            var others = reason.Count() > 1 ? $" and {Number.Count(reason.Count() - 1, "other")}" : "";
            await terminal.Error.WriteLineAsync($"  {reason.First()}{others}: {reason.Key}");
        }

        if (reasons.Count > MostReasons) await terminal.Error.WriteLineAsync($"  and {reasons.Count - MostReasons} more; 'budgetsync plan FILE' has them all");
    }

    /// <summary>No restriction says nothing where nothing is known.</summary>
    private static string Known(IEnumerable<HistoryItem> history, DateOnly today) => KnownDays.From(history, today) is { } first
        ? first <= today.AddDays(1 - ResponseReplay.Days)
            ? "Amounts of every day are known."
            : $"Amounts are known by the day from {DayText.Format(first)} on;\n{Before}"
        : $"No amounts are known by the day;\n{Before}";

    private static string Unknown(List<AccountId> accounts) =>
        $"Nothing is known of the {ResponseReplay.Days} days before today in {Number.Count(accounts.Count, "account")} ({string.Join(", ", accounts.Take(3))}"
            + $"{(accounts.Count > 3 ? ", …" : "")}), so what the rows would have restricted there cannot be said: {AccountHistories.HowToGetOne}.";

    private const string Before = "of the time before, what whole periods cost, counted on their last day.";

    private static async Task WriteAsync(ConsoleContext terminal, ImmutableArray<ReplayedRestriction> found, int accounts, int unknown, DateOnly today)
    {
        if (!found.IsEmpty)
        {
            TableScreen.Write(terminal, Columns, [.. found.Select(replayed => Cells(replayed, today))], whole: "--json has");
        }

        await terminal.Out.WriteLineAsync(
            $"{Number.Count(found.Length, "restriction")} in {Number.Count(found.Select(replayed => replayed.Account).Distinct().Count(), "account")} of the "
                + $"{Number.Of(accounts)} that have responses{(unknown > 0 ? " and amounts" : "")}, in the last {ResponseReplay.Days} days.");
    }

    private static string[] Cells(ReplayedRestriction replayed, DateOnly today) =>
    [
        replayed.Account.Value, replayed.Budget, replayed.Rule.ToString(), replayed.Rule.Mode.ToString(), DayText.Format(replayed.From),
        replayed.To is { } to ? DayText.Format(to) : "still", replayed.DaysUntil(today).ToString(CultureInfo.InvariantCulture), replayed.Fact,
    ];

    private static string Json(ImmutableArray<ReplayedRestriction> found, DateOnly today) => new JsonArray([.. found.Select(replayed => (JsonNode)new JsonObject
    {
        ["accountId"] = replayed.Account.Value,
        ["budgetName"] = replayed.Budget,
        ["response"] = JsonNode.Parse(ResponseText.Format(replayed.Rule)),
        ["from"] = DayText.Format(replayed.From),
        ["to"] = replayed.To is { } to ? DayText.Format(to) : null,
        ["days"] = replayed.DaysUntil(today),
        ["fact"] = replayed.Fact,
    })]).ToJsonString(JsonOutput.Options);
}
