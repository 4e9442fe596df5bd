using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Status;
using BudgetSync.Core;
using BudgetSync.Core.Coverage;

namespace BudgetSync.Cli.Tests.Commands.Status;

/// <summary>Budgets without recipient and channel, as status tells of them.</summary>
public sealed class UnannouncedTextTests
{
    private static readonly ImmutableArray<UnannouncedBudget> Five =
        [.. Enumerable.Range(1, 5).Select(number => new UnannouncedBudget(AccountId.Parse($"11111111111{number}"), $"team-{number}"))];

    [Fact]
    public void The_first_are_named_and_the_others_counted()
    {
        Assert.Equal(
            "No recipient and no channel: 111111111111 team-1, 111111111112 team-2, 111111111113 team-3 and 2 more ('budgetsync status --json' has them all). "
                + "Give it Thresholds, or its account Notify.",
            UnannouncedText.Of(Five, alerts: true));
        Assert.EndsWith(
            "tells nobody here, because this deployment has no setting channels (locally: --channels).",
            UnannouncedText.Of(Five, alerts: false),
            StringComparison.Ordinal);
        Assert.Null(UnannouncedText.Of([], alerts: true));
        Assert.Null(UnannouncedText.Of(null, alerts: true));
    }

    [Fact]
    public void An_account_has_a_line_for_each_of_its_own()
    {
        var line = Assert.Single(UnannouncedText.OfAccount(Five, alerts: true, "111111111112"));
        Assert.StartsWith("team-2 has no recipient and no channel; ", line, StringComparison.Ordinal);
        Assert.Empty(UnannouncedText.OfAccount(null, alerts: true, "111111111112"));
    }

    [Fact]
    public void A_program_reads_all_and_null_where_it_is_not_known()
    {
        Assert.Equal(5, Json(Five)!.AsArray().Count);
        Assert.Equal(("111111111111", "team-1"), ((string)Json(Five)![0]!["accountId"]!, (string)Json(Five)![0]!["budget"]!));
        Assert.Null(Json(null));

        static JsonNode? Json(IReadOnlyCollection<UnannouncedBudget>? budgets) => JsonNode.Parse(
            CoverageJson.Format(CoverageSummary.Of([]), UncoveredSpend.Of([], null), [], DateTimeOffset.UnixEpoch, budgets))!["summary"]!["withoutRecipient"];
    }
}
