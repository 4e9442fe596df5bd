using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Tests.Generators;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Budgets;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.WholeSpec;

/// <summary>Budget actions from the row to AWS and back.</summary>
public sealed class ActionsTests
{
    private const string Policy = """{"IamActionDefinition":{"PolicyArn":"arn:aws:iam::{AccountId}:policy/DenyNew","Roles":["developer"]}}""";
    private const string Stop = """{"SsmActionDefinition":{"ActionSubType":"STOP_EC2_INSTANCES","Region":"eu-west-1","InstanceIds":["i-0123456789abcdef0"]}}""";
    private static readonly TimeSpan Execution = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Actions_come_change_and_go_with_the_row()
    {
        await using var cloud = Cloud();
        using var spoke = new Spoke(cloud, Cases.Account(1));

        await ApplyAsync(spoke, Action("APPLY_IAM_POLICY", 100, Policy));
        var created = Assert.Single(await ActionsAsync(spoke));
        await ApplyAsync(spoke, Action("APPLY_IAM_POLICY", 110, Policy));
        var changed = Assert.Single(await ActionsAsync(spoke));
        await ApplyAsync(spoke);

        Assert.Equal((100m, 110m, created.Id), (created.Action.Threshold, changed.Action.Threshold, changed.Id));
        Assert.Empty(await ActionsAsync(spoke));
        Assert.Empty(spoke.Recorder.Refused);
    }

    [Fact]
    public async Task The_account_stands_in_for_its_placeholder_in_every_ARN()
    {
        await using var cloud = Cloud();
        using var spoke = new Spoke(cloud, Cases.Account(1));

        await ApplyAsync(spoke, Action("APPLY_IAM_POLICY", 100, Policy));

        var action = Assert.Single(await ActionsAsync(spoke)).Action;
        Assert.Equal($"arn:aws:iam::{spoke.Account}:role/BudgetActions", action.ExecutionRoleArn);
        Assert.Equal($"arn:aws:iam::{spoke.Account}:policy/DenyNew", Assert.IsType<ActionDefinition.Iam>(action.Definition).PolicyArn);
    }

    [Fact]
    public async Task Another_type_of_action_is_created_before_the_old_one_is_deleted()
    {
        await using var cloud = Cloud();
        using var spoke = new Spoke(cloud, Cases.Account(1));
        await ApplyAsync(spoke, Action("APPLY_IAM_POLICY", 100, Policy));
        spoke.Recorder.Forget();

        await ApplyAsync(spoke, Action("RUN_SSM_DOCUMENTS", 100, Stop));

        Assert.Equal(["CreateBudgetAction", "DeleteBudgetAction"], spoke.Recorder.Seen);
        Assert.Equal(ActionType.RUN_SSM_DOCUMENTS, Assert.Single(await ActionsAsync(spoke)).Action.ActionType);
    }

    [Fact]
    public async Task An_action_in_execution_is_waited_for_and_finished_by_a_later_apply()
    {
        var clock = new VirtualClock(World.Start);
        await using var cloud = Cloud(clock);
        using var spoke = new Spoke(cloud, Cases.Account(1));
        await ApplyAsync(spoke, Action("APPLY_IAM_POLICY", 100, Policy));
        cloud.Budgets.SetSpend(spoke.Account.Value, "SpokeAccountBudget", 5000);
        spoke.Recorder.Forget();

        var during = await ApplyAsync(spoke, Action("APPLY_IAM_POLICY", 110, Policy));
        Assert.Equal((ReportOutcome.Pending, 0), (during.Outcome, spoke.Recorder.Seen.Count));
        Assert.Contains("is being executed by AWS", Assert.Single(during.Reasons), StringComparison.Ordinal);

        clock.Advance(Execution);
        await cloud.Work.WhenIdleAsync();
        Assert.Equal(ReportOutcome.Applied, (await spoke.ApplyAsync()).Outcome);
        Assert.Equal(110, Assert.Single(await ActionsAsync(spoke)).Action.Threshold);
    }

    [Fact]
    public async Task An_action_whose_execution_begins_during_the_apply_is_waited_for_and_the_rest_is_done()
    {
        await using var cloud = Cloud();
        using var spoke = new Spoke(cloud, Cases.Account(1));
        await ApplyAsync(spoke, Action("APPLY_IAM_POLICY", 100, Policy));
        cloud.Faults.OnCalls(call => call.Operation == "UpdateBudgetAction"
            ? new Fault.Refusal(new AwsException("ResourceLockedException", "The action is locked."))
            : null);

        var report = await ApplyAsync(spoke, Action("APPLY_IAM_POLICY", 110, Policy), Action("RUN_SSM_DOCUMENTS", 120, Stop));

        Assert.Equal(ReportOutcome.Pending, report.Outcome);
        Assert.Contains("AWS is executing the action", Assert.Single(report.Reasons), StringComparison.Ordinal);
        Assert.Contains(await ActionsAsync(spoke), action => action.Action.ActionType == ActionType.RUN_SSM_DOCUMENTS);
        cloud.Faults.Reset();
        Assert.Equal(ReportOutcome.Applied, (await spoke.ApplyAsync()).Outcome);
    }

    [Fact]
    public async Task A_role_that_Apply_may_not_pass_rejects_its_action_alone_and_the_reason_begins_with_what_is_known()
    {
        await using var cloud = Cloud();
        using var spoke = new Spoke(cloud, Cases.Account(1));
        const string refusal = "User: x is not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/BudgetActions";
        cloud.Faults.OnCalls(call => call.Operation == "CreateBudgetAction" ? new Fault.Refusal(new AwsException("AccessDeniedException", refusal)) : null);

        var report = await ApplyAsync(spoke, Action("APPLY_IAM_POLICY", 100, Policy));

        Assert.Equal(ReportOutcome.Rejected, report.Outcome);
        Assert.Contains(
            "the Apply function may hand AWS Budgets no role but the stack's own, BudgetSyncActionRole, which exists where spokes are deployed with the "
                + "setting budgetActions; leave ExecutionRoleArn out of the row, or set budgetActions. budgets:CreateBudgetAction answered AccessDenied: "
                + refusal,
            Assert.Single(report.Reasons),
            StringComparison.Ordinal);
        Assert.Single((await spoke.ReadAsync(DesiredBudgets.None)).Budgets);
    }

    [Fact]
    public async Task A_service_control_policy_is_applied_from_the_management_account_and_refused_in_any_other()
    {
        await using var cloud = Cloud();
        using var management = new Spoke(cloud, AccountId.Parse(World.Management));
        using var member = new Spoke(cloud, Cases.Account(1));
        var action = Action("APPLY_SCP_POLICY", 100, """{"ScpActionDefinition":{"PolicyId":"p-examplepolicy","TargetIds":["ou-ab12-11111111"]}}""");

        Assert.Equal(ReportOutcome.Applied, (await ApplyAsync(management, action)).Outcome);
        Assert.IsType<ActionDefinition.Scp>(Assert.Single(await ActionsAsync(management)).Action.Definition);
        var rejected = Assert.IsType<Resolution.Rejected>(Resolve(member.Account, action));
        Assert.Contains("can be applied from the management account 999999999999 only", Assert.Single(rejected.Reasons), StringComparison.Ordinal);
    }

    private static LocalCloud Cloud(VirtualClock? clock = null) =>
        new(new LocalCloudOptions { Time = clock ?? new VirtualClock(World.Start), Budgets = new BudgetsOptions { ActionDuration = Execution } });

    private static string Action(string type, int threshold, string definition) => $$"""
        {"NotificationType":"ACTUAL","ActionType":"{{type}}","ActionThreshold":{"ActionThresholdValue":{{threshold.ToString(
            CultureInfo.InvariantCulture)}},"ActionThresholdType":"PERCENTAGE"},
         "Definition":{{definition}},"ExecutionRoleArn":"arn:aws:iam::{AccountId}:role/BudgetActions","ApprovalModel":"AUTOMATIC"}
        """;

    private static Resolution Resolve(AccountId account, params string[] actions)
    {
        // An object, as written.
        var row =
            System.Text.Json.Nodes.JsonNode.Parse($$"""{"AccountId":"{{account}}","BudgetValue":1000,"Actions":[{{string.Join(',', actions)}}]}""")!.AsObject();
        return Resolver.Resolve(account, [RandomRows.Image(row)], World.Defaults);
    }

    private static Task<Report> ApplyAsync(Spoke spoke, params string[] actions) =>
        spoke.ApplyAsync(Assert.IsType<Resolution.Desired>(Resolve(spoke.Account, actions)).Parameter.Document);

    private static async Task<ImmutableArray<ActualAction>> ActionsAsync(Spoke spoke) =>
        (await spoke.ReadAsync(Assert.IsType<Resolution.Desired>(Resolve(spoke.Account)).Budgets)).Budgets.Single().Actions;
}
