using System.Text.Json.Nodes;
using BudgetSync.Core.Ai;
using static BudgetSync.Functions.Tests.Deployed.FeatureTeam;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>
/// Each row of the table of features of AI.md, deployed as it stands there: what its sentence says comes about. AiFeatureCommandTests runs its commands.
/// </summary>
public sealed partial class FeatureRowTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>An hour before a window of 30 days ends: they are counted from 1970 (AI.md, "A budget and its states").</summary>
    private static readonly DateTimeOffset LateInThirtyDays = new(2026, 3, 7, 23, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset LateOnSunday = new(2026, 3, 8, 23, 0, 0, TimeSpan.Zero);

    private static IReadOnlyList<(string Sentence, string Here, string Needs)> All { get; } =
        FeatureTable.Read(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src", "BudgetSync.Core", "AI.md")));

    private static IReadOnlyDictionary<string, Func<string, Task>> Outcomes { get; } = new Dictionary<string, Func<string, Task>>(StringComparer.Ordinal)
    {
        ["Supports multiple threshold levels (warning, critical, exceeded)"] = row => LevelsAsync(row, 0.70m, 0.90m, 1m),
        ["Default budget: $1 per user"] = row => LevelsAsync(row, 0.70m, 0.90m, 1m),
        ["Warning threshold: 70% of budget"] = row => LevelsAsync(row, 0.70m, 0.90m, 1m),
        ["Critical threshold: 90% of budget"] = row => LevelsAsync(row, 0.70m, 0.90m, 1m),
        ["Adjust warning threshold to 60%, critical to 85%"] = row => LevelsAsync(row, 0.60m, 0.85m, 1m),
        ["Grace period warnings before suspension"] = row => GraceAsync(row, TimeSpan.FromMinutes(5)),
        ["Grace period: 5 minutes before suspension"] = row => GraceAsync(Armed(row), TimeSpan.FromMinutes(5)),
        ["Automatic restoration when budgets refresh"] = row => RefreshAsync(row, LateInThirtyDays),
        ["Budget refresh: Every 30 days"] = row => RefreshAsync(Armed(row), LateInThirtyDays),
        ["Change grace period to 1 minute, refresh to weekly"] = async row =>
        {
            await GraceAsync(row, Minute);
            await RefreshAsync(row, LateOnSunday);
        },
        ["Graduated response system (alert, warn, suspend)"] = GraduatedAsync,
        ["IAM policy-based access control"] = AttachedAsync,
        ["Sets spending limits per user/API key"] = LimitsAsync,
        ["Budget pools"] = PoolAsync,
        ["Global cap"] = CapAsync,
        ["Automatic user setup and budget initialization"] = NewcomerAsync,
        ["Change default budget to $25"] = RaisedAsync,
        ["Alert when Bedrock costs exceed $100 a day"] = DailyAlertAsync,
    };

    public static TheoryData<string> Sentences() => [.. WithRow()];

    private static IEnumerable<string> WithRow() => All.Where(one => FeatureTable.IsRow(one.Here)).Select(one => one.Sentence);

    [Theory]
    [MemberData(nameof(Sentences))]
    public async Task A_row_does_what_its_sentence_says(string sentence) => await Outcomes[sentence](All.Single(one => one.Sentence == sentence).Here);

    [Fact]
    public void Each_sentence_that_has_a_row_is_tried() => Assert.Equal(
        Outcomes.Keys.Order(StringComparer.Ordinal), WithRow().Order(StringComparer.Ordinal));

    /// <summary>Of what the row leaves to the default, WATCH, which suspends nobody.</summary>
    private static string Armed(string row)
    {
        var ai = JsonNode.Parse(row)!.AsObject();
        ai["Default"]!["Mode"] = "ARMED";
        return ai.ToJsonString();
    }

    /// <summary>A user's budget, a cent before each level and at it.</summary>
    private static async Task LevelsAsync(string row, decimal warned, decimal critical, decimal limit)
    {
        await using var team = await DeployAsync(row);
        var (spent, state) = (0m, "Active");
        foreach (var (at, next) in new[] { (warned, "Warned"), (critical, "Critical"), (limit, "Exceeded") })
        {
            await SpendUpToAsync(at - 0.01m);
            Assert.Equal((state, spent), ((await team.LineAsync(Alice)).State.Name, (await team.LineAsync(Alice)).Spent));
            await SpendUpToAsync(at);
            Assert.Equal(next, await team.StateAsync(Alice));
            state = next;
        }

        Assert.Equal(limit, (await team.LineAsync(Alice)).Limit);
        Assert.True(team.MayCall(Alice));

        async Task SpendUpToAsync(decimal sum)
        {
            await team.SpendAsync(Alice, sum - spent);
            spent = sum;
            // What changes no state is told with the hour's report.
            await team.PassAsync(TimeSpan.FromHours(1));
        }
    }

    /// <summary>It is told until when, nothing is taken before, and it is taken with the next look, at most five minutes after.</summary>
    private static async Task GraceAsync(string row, TimeSpan grace)
    {
        await using var team = await DeployAsync(row);
        await team.SpendAsync(Alice, 1.10m);

        Assert.Equal(team.Organization.Clock.GetUtcNow() + grace, Assert.IsType<AiState.Grace>((await team.LineAsync(Alice)).State).Until);
        await team.PassAsync(grace - TimeSpan.FromSeconds(1));
        Assert.True(team.MayCall(Alice));
        await team.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("Suspended", await team.StateAsync(Alice));
        Assert.False(team.MayCall(Alice));
    }

    /// <summary>Suspended in the last hour of a window, and given back in the next.</summary>
    private static async Task RefreshAsync(string row, DateTimeOffset late)
    {
        await using var team = await DeployAsync(row, late);
        await team.SpendAsync(Alice, 1.10m);
        await team.PassAsync(TimeSpan.FromMinutes(11));
        Assert.Equal(late.AddHours(1), (await team.LineAsync(Alice)).Period.End);
        Assert.False(team.MayCall(Alice));

        await team.PassAsync(TimeSpan.FromMinutes(47));
        Assert.False(team.MayCall(Alice));
        await team.PassAsync(TimeSpan.FromMinutes(8));
        Assert.True(team.MayCall(Alice));
        await team.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(("Active", 0m), ((await team.LineAsync(Alice)).State.Name, (await team.LineAsync(Alice)).Spent));
    }
}
