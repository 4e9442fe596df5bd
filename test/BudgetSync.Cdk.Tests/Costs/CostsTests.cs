using System.Globalization;
using BudgetSync.Cdk.Code;
using BudgetSync.Core.OwnCosts;

namespace BudgetSync.Cdk.Tests.Costs;

/// <summary>
/// COSTS.md and the README say what the formulas say. After a change on purpose: <c>BUDGETSYNC_UPDATE_TEMPLATES=1 dotnet test test/BudgetSync.Cdk.Tests</c>.
/// </summary>
public sealed class CostsTests
{
    private const string Begin = "<!-- computed: CostsTests -->\n";
    private const string End = "<!-- end -->\n";

    private const string BeginLooks = "<!-- computed: CostsTests, by lookEvery -->\n";

    private static readonly int[] Sizes = [50, 1_000, 10_000];

    private static readonly int[] Intervals = [1, 4, 6, 8, 12, 24];

    private static readonly (string Part, Func<DeploymentCost, decimal> Of)[] Parts =
    [
        ("Lambda", cost => cost.Lambda),
        ("EventBridge: a report of each apply and look, put and carried to the hub", cost => cost.Events),
        ("DynamoDB: three tables, with point-in-time recovery", cost => cost.Tables),
        ("CloudWatch Logs, kept for 90 days", cost => cost.Logs),
        ("CloudWatch alarms, metrics, dashboard", cost => cost.Watching),
        ("AWS Budgets without actions, SSM standard parameters, stacks, SQS, SNS to functions", _ => 0),
        ("**sum**", cost => cost.Sum),
        ("more, with `reportBucket`", cost => cost.HourlyPage),
        ("more, if every parameter is over 4 KB (SSM advanced tier)", cost => cost.AdvancedParameters),
        ("more, if every account has one budget with an action", cost => cost.Actions),
    ];

    [Theory]
    [InlineData("cdk/COSTS.md")]
    [InlineData("README.md")]
    public void A_document_says_what_the_formulas_say(string document)
    {
        var path = Path.Combine(RepositoryRoot.Path, document);
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        Assert.True(begin >= 0 && end > begin, $"{document} has no place for the table.");
        // The README has the sum and what comes on top.
        var table = Table(document == "README.md" ? [.. Parts.Where(part => part.Part == "**sum**"), .. Parts[^2..]] : Parts);
        var expected = text[..(begin + Begin.Length)] + table + text[end..];
        if (Environment.GetEnvironmentVariable("BUDGETSYNC_UPDATE_TEMPLATES") == "1") File.WriteAllText(path, expected);
        Assert.Equal(expected, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void The_costs_say_what_other_intervals_of_looks_cost()
    {
        var path = Path.Combine(RepositoryRoot.Path, "cdk/COSTS.md");
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var begin = text.IndexOf(BeginLooks, StringComparison.Ordinal) + BeginLooks.Length;
        Assert.True(begin >= BeginLooks.Length, "COSTS.md has no place for the intervals.");
        var expected = text[..begin] + Looks() + text[text.IndexOf(End, begin, StringComparison.Ordinal)..];
        if (Environment.GetEnvironmentVariable("BUDGETSYNC_UPDATE_TEMPLATES") == "1") File.WriteAllText(path, expected);
        Assert.Equal(expected, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    // Two looks and the daily apply: as often as AWS computes, and within what the design allows for ten thousand accounts.
    [Fact]
    public void Ten_thousand_accounts_cost_less_than_15_dollars_with_two_looks_a_day() =>
        Assert.InRange((Of(10_000) with { LookEvery = 12 }).Sum, 5, 15);

    [Fact]
    public void Small_deployments_stay_within_what_is_free_but_for_events_and_writes()
    {
        var cost = Of(50);
        Assert.Equal((0m, 0m), (cost.Lambda, cost.Logs));
        Assert.InRange(cost.Sum, 0.05m, 0.50m);
    }

    [Fact]
    public void Ten_times_the_accounts_cost_about_ten_times_as_much_where_what_is_free_counts_no_more() =>
        Assert.InRange(Of(100_000).Sum / Of(10_000).Sum, 10, 13);

    // What a digest tells of the deployment's own costs is of the same template.
    [Fact]
    public void A_digest_reckons_with_what_the_template_has()
    {
        var cost = Of(1_000);

        Assert.Equal((OwnCost.Alarms, OwnCost.Dashboards, OwnCost.Gigabytes), ((int)cost.Alarms, (int)cost.Dashboards, cost.Gigabytes));
        Assert.Contains($"about {cost.Sum:0.00} USD a month by reckoning, with 1,000 accounts", new OwnCost(1_000, 4).ToString(), StringComparison.Ordinal);
    }

    private static string Table(IReadOnlyList<(string Part, Func<DeploymentCost, decimal> Of)> parts) =>
        $"| accounts | {string.Join(" | ", Sizes.Select(size => size.ToString("N0", CultureInfo.InvariantCulture)))} |\n"
        + $"|---|{string.Concat(Sizes.Select(_ => "---:|"))}\n"
        + string.Concat(parts.Select(part => $"| {part.Part} | {string.Join(" | ", Sizes.Select(size => Dollars(part.Of(Of(size)))))} |\n"));

    private static string Looks() =>
        $"| `lookEvery` | {string.Join(" | ", Intervals)} |\n|---|{string.Concat(Intervals.Select(_ => "---:|"))}\n"
        + $"| 10,000 accounts | {string.Join(" | ", Intervals.Select(hours => Dollars((Of(10_000) with { LookEvery = hours }).Sum)))} |\n"
        + $"| of it Lambda | {string.Join(" | ", Intervals.Select(hours => Dollars((Of(10_000) with { LookEvery = hours }).Lambda)))} |\n";

    private static string Dollars(decimal amount) =>
        amount == 0 ? "$0" : "$" + (amount < 100 ? amount.ToString("N2", CultureInfo.InvariantCulture) : amount.ToString("N0", CultureInfo.InvariantCulture));

    private static DeploymentCost Of(int accounts)
    {
        var management = Template.Committed(PortableTemplates.ManagementFile);
        var functions = management.OfType("AWS::Lambda::Function")
            .Concat(Template.Committed(PortableTemplates.SpokeFile).OfType("AWS::Lambda::Function"))
            .Select(function => (decimal)function.Value["Properties"]!["MemorySize"]!) // Every function says its memory.
            .Distinct();
        return new DeploymentCost(
            accounts,
            management.OfType("AWS::CloudWatch::Alarm").Count(),
            management.OfType("AWS::CloudWatch::Dashboard").Count(),
            functions.Single() / 1024);
    }
}
