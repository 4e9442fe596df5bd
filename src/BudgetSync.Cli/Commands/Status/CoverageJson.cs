using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Channels;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend.Assessment;

namespace BudgetSync.Cli.Commands.Status;

/// <summary>What <c>status --json</c> prints: a contract for scripts, changed only by addition.</summary>
internal static class CoverageJson
{
    public static string Format(
        CoverageSummary summary,
        UncoveredSpend uncovered,
        IEnumerable<CoverageLine> lines,
        DateTimeOffset now,
        IReadOnlyCollection<UnannouncedBudget>? unannounced = null,
        string? unheard = null,
        StoppedResponses? stopped = null,
        AlertTrouble? trouble = null,
        Func<string, AccountRoutes?>? routes = null)
    {
        var counts = new JsonObject();
        foreach (var (state, count) in summary.Counts) counts[state.ToString()] = count;
        return new JsonObject
        {
            ["summary"] = new JsonObject
            {
                ["counts"] = counts,
                ["percentApplied"] = summary.PercentApplied,
                ["oldestReport"] = Time(summary.OldestReport),
                ["oldestUnapplied"] = Time(summary.OldestUnapplied),
                ["oldestLagSeconds"] = summary.OldestUnapplied is { } edited ? Math.Round((now - edited).TotalSeconds) : null,
                ["withoutBudget"] = new JsonObject
                {
                    ["accounts"] = uncovered.Accounts,
                    ["spentThisMonth"] = uncovered.Spent,
                    ["unit"] = uncovered.AsOf is null ? null : uncovered.Unit,
                    ["asOf"] = Time(uncovered.AsOf),
                },
                ["withoutRecipient"] = unannounced is null
                    ? null
                    : new JsonArray([.. unannounced.Select(one => new JsonObject { ["accountId"] = one.Account.Value, ["budget"] = one.Name })]),
                ["unheard"] = unheard,
                ["undelivered"] = trouble?.Undelivered,
                ["channelProblems"] = trouble is null ? null : Texts(trouble.Sentences),
                ["stopped"] = stopped?.Copy(),
            },
            ["accounts"] = new JsonArray([.. lines.Select(line => ToJson(line, line.IsAccount ? routes?.Invoke(line.Key) : null))]),
        }.ToJsonString(JsonOutput.Options);
    }

    private static JsonObject ToJson(CoverageLine line, AccountRoutes? routes)
    {
        var json = new JsonObject
        {
            ["accountId"] = line.Key,
            ["name"] = line.Name,
            ["isAccount"] = line.IsAccount,
            ["state"] = line.State.ToString(),
            ["reasons"] = Texts(line.Reasons),
            ["advice"] = line.Advice,
            ["notify"] = routes?.Json,
        };
        if (line.Status is not { } status) return json;
        json["desiredRevision"] = status.DesiredRevision;
        json["appliedRevision"] = status.AppliedRevision;
        json["from"] = Texts(status.From);
        json["drift"] = Texts([.. status.Drift.Select(drift => drift.Message)]);
        json["budgets"] = new JsonArray(
            [.. status.Budgets.Select(budget => ToJson(budget, status.Spend.FirstOrDefault(one => one.BudgetName == budget.Name)))]);
        json["topics"] = new JsonArray(
            [.. status.Topics.Select(one => new JsonObject { ["topic"] = one.Topic, ["lost"] = one.IsLost, ["reason"] = one.Reason })]);
        json["editedAt"] = Time(status.EditedAt);
        json["propagatedAt"] = Time(status.PropagatedAt);
        json["appliedAt"] = Time(status.AppliedAt);
        json["reportedAt"] = Time(status.ReportedAt);
        json["driftSeenAt"] = Time(status.DriftSeenAt);
        json["attempts"] = status.Attempts;
        json["nextAttemptAt"] = Time(status.NextAttemptAt);
        return json;
    }

    private static JsonObject ToJson(ReportedBudget budget, SpendStanding? standing) => new()
    {
        ["name"] = budget.Name,
        ["limit"] = budget.Limit,
        ["unit"] = budget.Unit,
        ["timeUnit"] = budget.Period?.Unit.ToString(),
        ["periodStart"] = Day(budget.Period?.Start),
        ["periodEnd"] = Day(budget.Period?.LastDay),
        ["actualSpend"] = budget.ActualSpend,
        ["forecastedSpend"] = budget.ForecastedSpend,
        ["spendState"] = budget.SpendState.ToString(),
        ["healthProblem"] = budget.HealthProblem,
        ["percent"] = SpendCells.Used(budget) is { } used ? Math.Round(used, 1) : null,
        ["pace"] = standing?.Pace is { } pace ? Math.Round(pace, 2) : null,
    };

    private static string? Day(DateOnly? day) => day is { } known ? DayText.Format(known) : null;

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static string? Time(DateTimeOffset? time) => time is { } known ? UtcText.Milliseconds(known) : null;
}
