using BudgetSync.Core.Ai;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Coverage;

/// <summary>Which light what a spoke told of its models gets.</summary>
public sealed class AiCheckTests
{
    private const string What = "permission sets";

    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Permission_sets_that_all_refer_to_the_policy_are_green_and_an_account_without_any_is_not_spoken_of()
    {
        Assert.Equal(
            new AiCheckLine(AiLight.Green, What, "all 3 refer to the policy of suspended people"),
            Assert.Single(Of(Report() with { PermissionSets = new PermissionSets(3, []) }), line => line.What == What));
        Assert.DoesNotContain(Of(Report()), line => line.What == What);
    }

    /// <summary>Red where a row would suspend a person, which then does not happen; else it is only good to know.</summary>
    [Theory]
    [InlineData("person/alice@example.com", "WATCH", null, AiLight.Yellow)]
    [InlineData("person/alice@example.com", "CONFIRM", null, AiLight.Red)]
    [InlineData("person/alice@example.com", "ARMED", null, AiLight.Red)]
    [InlineData("role/Data", "ARMED", null, AiLight.Yellow)]
    [InlineData("role/Data", "WATCH", "person/*", AiLight.Red)]
    [InlineData("role/Data", "WATCH", "role/*", AiLight.Yellow)]
    public void Permission_sets_that_do_not_refer_to_it_are_named_with_what_to_do(string subject, string mode, string? armed, AiLight light)
    {
        var report = (Report() with { PermissionSets = new PermissionSets(3, ["Admin", "Developer"]) })
            .With([Line(subject, Enum.Parse<ResponseMode>(mode))]);
        var policy = armed is null ? null : AiPolicy.Empty with
        {
            Principals = AiPolicy.Empty.Principals.Items.Add(armed, AiBudget.Default with { Mode = ResponseMode.ARMED }),
        };

        var line = Assert.Single(Of(report, policy), line => line.What == What);

        Assert.Equal(
            new AiCheckLine(
                light,
                What,
                "2 permission sets do not refer to the policy of suspended people: Admin, Developer; no person can be suspended until each has the customer "
                    + "managed policy AiSuspendedPeople with the path /BudgetSync/, and is provisioned again"),
            line);
    }

    [Fact]
    public void A_row_that_suspends_nobody_for_all_that_it_is_ARMED_is_yellow()
    {
        var policy = AiPolicy.Empty with
        {
            Principals = AiPolicy.Empty.Principals.Items.Add("role/Data", AiBudget.Default with { Mode = ResponseMode.ARMED }),
        };

        Assert.Contains(
            new AiCheckLine(
                AiLight.Yellow,
                "rows",
                "Ai.Principals.role/Data: says ARMED, yet never suspended: others may use the role, and its row does not say Shared"),
            Of(Report(), policy));
    }

    [Fact]
    public void Each_Region_has_a_light_of_its_own_and_none_at_all_is_red()
    {
        var report = Report() with
        {
            Regions =
            [
                new AiRegion("eu-west-1", AiLog.Blind, "model invocation logging is off"),
                new AiRegion("us-east-1", AiLog.Own, "") { LastRecordAt = Now, MantleTokens = 0 },
                new AiRegion("us-west-2", AiLog.Foreign, "") { MantleTokens = 0 },
            ],
        };

        Assert.Equal(
            ["Red log eu-west-1: no log is read: model invocation logging is off", "Yellow log us-west-2: no record has come yet"],
            Of(report).Where(line => line.What.StartsWith("log", StringComparison.Ordinal) && line.Light != AiLight.Green)
                .Select(line => $"{line.Light} {line.What}: {line.Text}"));
        Assert.Contains(new AiCheckLine(AiLight.Red, "log", "no Region is metered: name those where models are called"), Of(Report()));
    }

    /// <summary>A service control policy keeps Meter from listing them.</summary>
    [Fact]
    public void Keys_that_IAM_does_not_show_are_yellow()
    {
        var unseen = Line("BedrockAPIKey-ab12", ResponseMode.WATCH) with { Unattachable = "IAM cannot be asked: AccessDenied" };

        Assert.Equal(
            new AiCheckLine(
                AiLight.Yellow, "keys", "3 long-term API keys that have called are Active; not known of BedrockAPIKey-ab12: IAM cannot be asked: AccessDenied"),
            Assert.Single(Of((Report() with { ActiveKeys = 3 }).With([unseen])), line => line.What == "keys"));
        Assert.Equal(AiLight.Green, Assert.Single(Of(Report()), line => line.What == "keys").Light);
    }

    /// <summary>A role takes ten managed policies, and a policy 6,144 characters (IAM user guide, "IAM and AWS STS quotas").</summary>
    [Theory]
    [InlineData(null, null, AiLight.Green, "the deny policy finds room at all 3 whom rows suspend by it")]
    [InlineData(null, 5_600, AiLight.Green,
        "the deny policy finds room at all 3 whom rows suspend by it; the policy of suspended people has room for 140 more")]
    [InlineData(null, 790, AiLight.Yellow,
        "the deny policy finds room at all 3 whom rows suspend by it; the policy of suspended people has room for 19 more: "
        + "raise limits, or give people back")]
    [InlineData("iam:AttachRolePolicy answered LimitExceeded: Cannot exceed quota for PoliciesPerRole: 10", 5_600, AiLight.Red,
        "IAM attaches no more managed policies to role/Data, so the deny policy is refused: take one off, or raise the quota")]
    public void A_quota_of_policies_that_is_reached_is_red_and_one_that_soon_is_yellow(string? refused, int? room, AiLight light, string text)
    {
        AiState state = refused is null ? new AiState.Active() : new AiState.Grace(Now, [refused]);
        var report = (Report() with { PeopleRoom = room, PolicyQuota = new PolicyQuota(3, []) })
            .With([Line("role/Data", ResponseMode.ARMED) with { State = state }]);

        Assert.Equal(new AiCheckLine(light, "policy quota", text), Assert.Single(Of(report), line => line.What == "policy quota"));
    }

    /// <summary>Before anybody is to be suspended: the line says it, and the light is red.</summary>
    [Fact]
    public void Who_has_no_room_for_the_deny_policy_is_red_before_a_suspension_is_tried()
    {
        var report = Report()
            .With([Line("role/Data", ResponseMode.ARMED), Line("user/alice", ResponseMode.ARMED)])
            .With(new PolicyQuota(4, ["role/Data", "role/Never"]));

        var lines = Of(report);

        Assert.Contains(
            new AiCheckLine(
                AiLight.Red,
                "policy quota",
                "IAM attaches no more managed policies to role/Data, role/Never, so a suspension would be refused: take one off, or raise the quota"),
            lines);
        Assert.Contains(
            new AiCheckLine(
                AiLight.Yellow,
                "role/Data",
                "it cannot be suspended: IAM attaches no more managed policies to it: take one off, or raise the quota"),
            lines);
        Assert.DoesNotContain(lines, line => line.What == "user/alice");
    }

    [Theory]
    [InlineData(0, "nobody is to be suspended by the deny policy who does not have it")]
    [InlineData(1, "the deny policy finds room at the one whom rows suspend by it")]
    public void Room_for_the_deny_policy_is_green(int asked, string text) => Assert.Equal(
        new AiCheckLine(AiLight.Green, "policy quota", text),
        Assert.Single(Of(Report() with { PolicyQuota = new PolicyQuota(asked, []) }), line => line.What == "policy quota"));

    [Fact]
    public void A_quota_that_is_not_known_is_yellow() => Assert.Equal(
        new AiCheckLine(AiLight.Yellow, "policy quota", "how many policies principals have is not known, and IAM has refused nobody for it"),
        Assert.Single(Of(Report()), line => line.What == "policy quota"));

    /// <summary>What goes past every log is red: no limit sees it.</summary>
    [Theory]
    [InlineData(0L, AiLight.Green, "bedrock-mantle was not used today")]
    [InlineData(1L, AiLight.Red, "Blind: 1 token by bedrock-mantle today, in no log and no sum; what they cost is seen in the bill only "
        + "(budgetsync ai compare): deny it (DENY_AI)")]
    [InlineData(null, AiLight.Yellow, "whether bedrock-mantle is used is not seen here; what it costs is in the bill (budgetsync ai compare)")]
    public void Use_of_mantle_has_a_light_of_its_own_in_each_Region(long? tokens, AiLight light, string text) => Assert.Equal(
        new AiCheckLine(light, "mantle us-east-1", text),
        Assert.Single(
            Of(Report() with { Regions = [new AiRegion("us-east-1", AiLog.Own, "") { LastRecordAt = Now, MantleTokens = tokens }] }),
            line => line.What == "mantle us-east-1"));

    private static List<AiCheckLine> Of(AiReport report, AiPolicy? policy = null) =>
        [.. AiCheck.Of(new StatusRow { Key = "111122223333", State = AccountState.Propagated, FirstSeenAt = Now, Meters = true, Ai = report }, policy, Now)];

    private static AiReport Report() => new(Now);

    private static AiLine Line(string subject, ResponseMode mode) =>
        new(AiSubject.Parse(subject)!, AiWindow.ThirtyDays.Of(Now), 1, 1, mode, new AiState.Active()); // A subject of the cases above.
}
