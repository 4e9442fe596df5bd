using System.Text.Json.Nodes;
using BudgetSync.LocalAws.CloudFormation;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>
/// One scenario in which BudgetSync does everything it ever does: edits, fan-out, actions, adoption, reports, states of spending, each kind of failure with
/// its queue, repair, and the end of a spoke. A permission that is not used in it is not needed.
/// </summary>
internal sealed class WholeLife(DeployedOrganization organization)
{
    private const string Account = DeployedOrganization.Spoke;
    private static readonly AwsException Busy = new("ThrottlingException", "Rate exceeded");
    private static readonly AwsException Gone = new("ResourceNotFoundException", "Function not found", 404);

    /// <summary>Events lost before the end of the spoke.</summary>
    public int LostInLife { get; private set; }

    /// <summary>Lives it through.</summary>
    /// <returns>Every sign that a permission was missing; none where the templates allow what is needed.</returns>
    public async Task<IReadOnlyList<string>> LiveAsync()
    {
        try
        {
            await organization.CreateForeignBudgetAsync(Account, "Adopted");
            await organization.DeployAsync();
        }
        catch (StackException refused)
        {
            return [refused.Message];
        }

        await EditAsync();
        await SpendAsync();
        await FailAsync();
        await WithdrawAsync();
        var denials = Denials().ToList();
        organization.Cloud.Calls.Clear();
        LostInLife = organization.Cloud.EventBridge.Lost;
        await EndAsync();
        // The last report of a spoke is given a head start of seconds, which the clock of this test does not wait: it may find its way out gone.
        return
        [
            .. denials,
            .. Denials(call => !IsLateForDelivery(call)
                && (call.Caller.ServicePrincipal is not null || organization.Cloud.Iam.FindRole(call.Caller.PrincipalArn) is not null))
        ];
    }

    private bool IsLateForDelivery(AwsCall call) =>
        call.Operation == "SendMessage"
        && call.Input["MessageAttributes"]?["ERROR_MESSAGE"]?["StringValue"]?.ToString().Contains("cannot assume", StringComparison.Ordinal) == true
        && organization.Cloud.Iam.FindRole($"arn:aws:iam::{Account}:role/BudgetSync-ForwardReports") is null;

    /// <summary>
    /// What was refused for want of a permission: calls, deliveries that ended in a queue, mappings that cannot read their stream, deployments.
    /// </summary>
    public static IReadOnlyList<string> DenialsOf(DeployedOrganization organization) => [.. new WholeLife(organization).Denials()];

    private IEnumerable<string> Denials(Func<AwsCall, bool>? counts = null)
    {
        var calls = organization.Cloud.Calls.Calls.Where(call => counts?.Invoke(call.Call) != false).ToList();
        return
        [
            .. calls.Where(call => IsDenial(call.ErrorCode))
                .Select(call => $"{call.Call.Caller.SessionArn} {call.Call.Service}:{call.Call.Operation} {call.ErrorCode}")
                .Distinct(),
            .. calls.Where(call => call.Call.Operation == "SendMessage" && IsDenial(ErrorOfDelivery(call.Call)))
                .Select(call => $"a delivery: {call.Call.Input.ToJsonString()}"),
            .. organization.Cloud.Budgets.LostAlerts.Select(lost => $"an alert: {lost}").Distinct(),
            .. organization.Cloud.CostExplorer.Anomalies.LostMessages.Select(topic => $"an anomaly: {topic}").Distinct(),
            .. organization.Cloud.Lambda.EventSourceMappings(DeployedOrganization.Management)
                .Select(mapping => mapping.LastResult)
                .Where(result => result.Contains("may not", StringComparison.Ordinal)),
            .. organization.Cloud.Work.Failures.OfType<StackException>().Select(failure => failure.Message),
        ];
    }

    private async Task EditAsync()
    {
        // No reconcile has seen this account yet, so it is looked up where it stands; it has no spoke, so it is only told to stay as it is.
        await organization.PutRowAsync($$"""{"AccountId":"{{DeployedOrganization.Management}}","Enabled":false}""");
        await organization.PutRowAsync(Row(limit: 100, Action(threshold: 100)));
        await organization.PutRowAsync($$"""{"AccountId":"{{organization.Members}}","BudgetValue":10}""");
        await organization.PutRowAsync("""{"AccountId":"no scope","BudgetValue":10}""");
        await organization.DeleteRowAsync("no scope");
        // The topic that the spoke has for itself serves as a row's too, and somebody has encrypted it with a key that AWS Budgets may use.
        var key = organization.Cloud.Keys.PutKey(Account, "k", PolicyDocument.Parse(
            $$"""
            {"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{Account}}:root"},"Action":"kms:*","Resource":"*"},
             {"Effect":"Allow","Principal":{"Service":"budgets.amazonaws.com"},"Action":["kms:GenerateDataKey*","kms:Decrypt"],"Resource":"*"}]}
            """));
        organization.Cloud.Sns.PutTopic(Account, "BudgetSync-Alerts", kmsKeyId: key);
        await organization.PutRowAsync(
            Row(limit: 200, Action(threshold: 90), ""","SnsTopicArn":"arn:aws:sns:us-east-1:{AccountId}:BudgetSync-Alerts" """));
    }

    private async Task SpendAsync()
    {
        try
        {
            organization.Cloud.Budgets.SetSpend(Account, "Main", 190);
        }
        catch (AwsException)
        {
            // There is no such budget where a missing permission kept it from being made.
        }

        await organization.PassAsync(TimeSpan.FromHours(25));
    }

    private async Task FailAsync()
    {
        // A row that Propagate cannot clear away is parked, and Reconcile clears it.
        await organization.PutRowAsync("""{"AccountId":"still none","BudgetValue":10}""");
        await WhileAsync(call => call.Operation == "DeleteItem" && By(call, "Propagate") ? Busy : null, () => organization.DeleteRowAsync("still none"));
        await WhileAsync(call => call.Operation == "Scan" && By(call, "Reconcile") ? Busy : null, () => organization.PassAsync(TimeSpan.FromHours(1)));
        await WhileAsync(
            call => call.Operation == "GetItem" && By(call, "Collect") ? Busy : null,
            () => organization.PutRowAsync(Row(limit: 300, Action(threshold: 90))));
        // Events whose function is away go to the queue beside their rule, in both accounts.
        await WhileAsync(
            call => call.Operation == "Invoke" && call.Caller.ServicePrincipal == "events.amazonaws.com" ? Gone : null,
            async () =>
            {
                await organization.PutRowAsync(Row(limit: 400, Action(threshold: 90)));
                await organization.PassAsync(TimeSpan.FromHours(1));
            });
        await organization.PassAsync(TimeSpan.FromHours(2));
    }

    private async Task WithdrawAsync()
    {
        // A tag of the row's own goes again when the row names another.
        await organization.PutRowAsync(Row(limit: 500, more: ""","ResourceTags":{"Team":"a"}"""));
        await organization.PutRowAsync(Row(limit: 500, more: ""","ResourceTags":{"Owner":"b"}"""));
        await organization.PutRowAsync(Row(limit: 500));
        // What changes nothing of its budgets is found right in the parameter.
        await organization.PutRowAsync(Row(limit: 500).Replace("{\"AccountId\"", "{\"Note\":\"as before\",\"AccountId\"", StringComparison.Ordinal));
        // What cannot be written over, because somebody made it anew with another type, makes room.
        await ReplaceParameterAsync();
        await organization.PutRowAsync(Row(limit: 600));
        await organization.DeleteRowAsync(Account);
        // Nobody asks anything of the account any more, or the spoke that is gone would be missed.
        await organization.DeleteRowAsync(organization.Members);
    }

    private async Task ReplaceParameterAsync()
    {
        try
        {
            await organization.CallAsync(organization.Cloud.Ssm, Account, "DeleteParameter", new JsonObject { ["Name"] = "/BudgetSync/Budgets" });
        }
        catch (AwsException)
        {
            // There is none where a missing permission kept it from being made.
        }

        var others = new JsonObject { ["Name"] = "/BudgetSync/Budgets", ["Type"] = "StringList", ["Value"] = "a,b" };
        await organization.CallAsync(organization.Cloud.Ssm, Account, "PutParameter", others);
    }

    private async Task EndAsync()
    {
        // Out of the OU: the stack set takes the spoke away, and Reconcile hears of the move.
        await organization.CallAsync(organization.Cloud.Organizations, DeployedOrganization.Management, "MoveAccount", new JsonObject
        {
            ["AccountId"] = Account,
            ["SourceParentId"] = organization.Members,
            ["DestinationParentId"] = organization.UncoveredUnit,
        });
        await organization.SettleAsync();
    }

    private async Task WhileAsync(Func<AwsCall, AwsException?> refuse, Func<Task> run)
    {
        organization.Cloud.Faults.OnCalls(call => refuse(call) is { } error ? new Fault.Refusal(error) : null);
        await run();
        organization.Cloud.Faults.Reset();
    }

    private static bool By(AwsCall call, string function) => call.Caller.PrincipalArn.EndsWith($"role/BudgetSync-{function}", StringComparison.Ordinal);

    /// <summary>What EventBridge writes beside an event that it puts into a dead-letter queue.</summary>
    private static string? ErrorOfDelivery(AwsCall call) => call.Input["MessageAttributes"]?["ERROR_CODE"]?["StringValue"]?.ToString();

    private static bool IsDenial(string? code) => code is "AccessDenied" or "AccessDeniedException" or "AuthorizationError" or "UnauthorizedOperation";

    private static string Row(int limit, string actions = "", string more = "") => $$"""
        {"AccountId":"{{Account}}","Budgets":[
          {"BudgetName":"Adopted","BudgetValue":50,"Adopt":true},
          {"BudgetName":"Main","BudgetValue":{{limit}},"Actions":[{{actions}}]{{more}} }]}
        """;

    private static string Action(int threshold) => $$"""
        {"NotificationType":"ACTUAL","ActionType":"RUN_SSM_DOCUMENTS",
          "ActionThreshold":{"ActionThresholdType":"PERCENTAGE","ActionThresholdValue":{{threshold}} },
         "Definition":{"SsmActionDefinition":{"ActionSubType":"STOP_EC2_INSTANCES","Region":"us-east-1","InstanceIds":["i-0123456789abcdef0"]} },
         "ExecutionRoleArn":"arn:aws:iam::{AccountId}:role/BudgetSyncActionRole","ApprovalModel":"MANUAL"}
        """;
}
