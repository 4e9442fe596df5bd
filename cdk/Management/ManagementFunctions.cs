using System.Globalization;
using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using BudgetSync.Cdk.Channels;
using BudgetSync.Cdk.Code;
using BudgetSync.Cdk.Parts;
using BudgetSync.Cdk.Stacks;
using Permissions = BudgetSync.Cdk.Management.ManagementPermissions;

namespace BudgetSync.Cdk.Management;

/// <summary>Propagate, Reconcile, Collect and, where they are on, Notify and Respond: one executable, a role for each.</summary>
internal sealed class ManagementFunctions
{
    /// <summary>
    /// Two attachments of the organization's policies a second are a thousand and some in it (Limits.ControlChanges), and CloudFormation waits a little longer
    /// for whom they bind to be freed (ServiceTimeout of OrganizationControls).
    /// </summary>
    private const int RespondWithControlsSeconds = 840;

    private readonly Settings settings;
    private readonly FunctionCode code;

    public ManagementFunctions(
        Stack stack, Settings settings, ManagementValues given, ReportBus bus,
        DeadLetterQueue parkedEdits, DeadLetterQueue undeliverable, ChannelDelivery? alerts, FunctionCode code)
    {
        this.settings = settings;
        this.code = code;
        var useKey = Permissions.UseKey(settings.KmsKeyArn);
        Propagate = Function(
            stack,
            "Propagate",
            settings.PropagateRoleName,
            "Brings an edited row into the SSM parameter of every account that it bears on",
            timeoutSeconds: 300,
            Propagation(given),
            [
                .. Permissions.ReadEdits(),
                Permissions.ReadRows(),
                Permissions.KeepStatus(), Permissions.ReadStatuses(),
                Permissions.DropStatus(),
                Permissions.EnterSpokes(settings, given.OrganizationId),
                .. Permissions.ReadOrganization(given.OrganizationId), Permissions.ParkFailures(parkedEdits), .. useKey,
            ]);
        // Spokes suspend by themselves, and the kill switch is Respond's to read: where there is none, somebody else has to.
        var readsSwitch = settings is { Ai: true, Respond: false };
        Reconcile = Function(
            stack,
            "Reconcile",
            settings.ReconcileRoleName,
            "Compares every account with its rows and puts right what differs, is stale or was parked",
            timeoutSeconds: 900,
            new Dictionary<string, string>(Propagation(given)) { ["BUDGETSYNC_DEAD_LETTER_QUEUE_URL"] = parkedEdits.Url }
                .Concat(readsSwitch ? [new("BUDGETSYNC_READS_SWITCH", "true")] : Array.Empty<KeyValuePair<string, string>>()).ToDictionary(),
            [
                Permissions.SurveyRows(), Permissions.KeepStatus(), Permissions.DropStatus(), Permissions.SurveyStatus(),
                Permissions.EnterSpokes(settings, given.OrganizationId),
                .. Permissions.ReadOrganization(given.OrganizationId),
                Permissions.TakeUpParked(parkedEdits),
                Permissions.ParkFailures(undeliverable),
                .. readsSwitch ? [Permissions.ReadSwitch()] : Array.Empty<PolicyStatement>(),
                .. useKey,
            ]);
        Collect = Function(
            stack, "Collect", settings.CollectRoleName, "Keeps what the spokes report in the status table", timeoutSeconds: 60,
            new Dictionary<string, string>
            {
                ["BUDGETSYNC_STATUS_TABLE"] = TableNames.StatusName,
                ["BUDGETSYNC_HISTORY_TABLE"] = TableNames.HistoryName,
                ["BUDGETSYNC_EVENT_BUS_NAME"] = bus.Name,
                ["BUDGETSYNC_SPEND_BOUNDS"] = given.SpendBounds,
            },
            [
                Permissions.KeepStatus(), Permissions.KeepHistory(), Permissions.Announce(bus, OwnEvents.SpokeDeployed),
                Permissions.ParkFailures(undeliverable), .. useKey,
            ]);
        if (settings.Channels is { } channels && alerts is not null)
        {
            var digests = channels.Any(channel => channel.Digest is not null);
            Notify = Function(
                stack, "Notify", Names.Notify, "Tells channels what is the matter with the accounts' money", timeoutSeconds: 240,
                new Dictionary<string, string>
                {
                    ["BUDGETSYNC_BUDGETS_TABLE"] = TableNames.BudgetsName,
                    ["BUDGETSYNC_STATUS_TABLE"] = TableNames.StatusName,
                    ["BUDGETSYNC_LEDGER_TABLE"] = TableNames.LedgerName,
                    ["BUDGETSYNC_EVENT_BUS_NAME"] = bus.Name,
                    ["BUDGETSYNC_CHANNEL_SETTINGS"] = ChannelDelivery.ForFunctions(channels),
                    ["BUDGETSYNC_TOPIC_ARN_PREFIX"] = Names.LocalArn("sns", ""),
                    ["BUDGETSYNC_UNDELIVERED_QUEUE_URL"] = alerts.Undelivered.Url,
                }.Concat(Drivers()).Concat(Anomalies()).Concat(Envelopes(given)).Concat(digests ? Digests() : [])
                    .DistinctBy(variable => variable.Key).ToDictionary(),
                [
                    Permissions.SurveyRows(), Permissions.ReadStatus(), Permissions.KeepLedger(), Permissions.CountMessages(), Permissions.SendMessages(bus),
                    .. Permissions.Publish(ChannelDelivery.TopicArns(channels), settings.KmsKeyArn), Permissions.ParkAlerts(alerts.Undelivered),
                    .. settings.CostExplorer ? [Permissions.AskCosts(), Permissions.CountCostRequests()] : Array.Empty<PolicyStatement>(),
                    .. digests ? [Permissions.ReadHistory()] : Array.Empty<PolicyStatement>(),
                    Permissions.ParkFailures(undeliverable), .. useKey,
                ]);
            // Before a channel's rule is there nobody takes what the bus is given for it, and the bus says nothing of that.
            Notify.StandsOn(alerts);
            _ = Notify.OnAsynchronousResult(successArn: null, failureArn: undeliverable.Arn);
        }

        if (settings.Respond)
        {
            var controls = settings.ControlPolicies ? new OrganizationControls(stack, "Controls", settings, given) : null;
            Respond = Function(
                stack, "Respond", Names.Respond, "Decides what is restricted in an account whose money runs out, where its row says so",
                timeoutSeconds: RespondSeconds,
                new Dictionary<string, string>(Propagation(given))
                {
                    ["BUDGETSYNC_LEDGER_TABLE"] = TableNames.LedgerName,
                    ["BUDGETSYNC_EVENT_BUS_NAME"] = bus.Name,
                    ["BUDGETSYNC_HUB_ACCOUNT_ID"] = Aws.ACCOUNT_ID,
                    ["BUDGETSYNC_SPEND_BOUNDS"] = given.SpendBounds,
                }.Concat(controls?.Environment ?? new Dictionary<string, string>()).ToDictionary(),
                [
                    Permissions.SurveyRows(), Permissions.KeepStatus(), Permissions.SurveyStatus(), Permissions.RecordDecisions(), Permissions.ReadSwitch(),
                    Permissions.EnterSpokes(settings, given.OrganizationId), Permissions.ReadAccountTags(given.OrganizationId),
                    Permissions.Announce(bus, OwnEvents.RestrictionsDecided), Permissions.ParkFailures(undeliverable), .. useKey,
                ]);
            _ = Respond.OnAsynchronousResult(successArn: null, failureArn: undeliverable.Arn);
            controls?.AreAttachedBy(Respond);
        }

        // Propagate is called by its event source mapping, which waits for the answer: it has no asynchronous side.
        _ = Reconcile.OnAsynchronousResult(successArn: null, failureArn: undeliverable.Arn);
        _ = Collect.OnAsynchronousResult(successArn: null, failureArn: undeliverable.Arn);
    }

    public ManagedFunction Propagate { get; }

    public ManagedFunction Reconcile { get; }

    public ManagedFunction Collect { get; }

    /// <summary>Null where alerts are off.</summary>
    public ManagedFunction? Notify { get; }

    /// <summary>Null where responses are off.</summary>
    public ManagedFunction? Respond { get; }

    public IReadOnlyList<ManagedFunction> All => [.. new[] { Propagate, Reconcile, Collect, Notify, Respond }.OfType<ManagedFunction>()];

    private int RespondSeconds => settings.ControlPolicies ? RespondWithControlsSeconds : 300;

    /// <param name="word">What the function is called in the design: its id in the stack, and how the executable is told which one to be.</param>
    private ManagedFunction Function(
        Stack stack, string word, string roleName, string description, int timeoutSeconds, Dictionary<string, string> environment, PolicyStatement[] may) =>
        new(stack, word, new FunctionSpecification
        {
            Name = $"{Names.Prefix}-{word}",
            RoleName = roleName,
            Description = description,
            Handler = "BudgetSync.Management",
            Code = code,
            TimeoutSeconds = timeoutSeconds,
            LogRetentionDays = settings.LogRetentionDays,
            LogKeyArn = settings.KmsKeyArn,
            ReservedConcurrency = settings.ReservedConcurrency,
            Environment = new Dictionary<string, string>(environment) { ["BUDGETSYNC_FUNCTION"] = word },
            May = may,
        });

    /// <summary>An alert says what made costs rise only where Cost Explorer is on: each answer costs money.</summary>
    private Dictionary<string, string> Drivers() => settings.CostExplorer
        ? new()
        {
            ["BUDGETSYNC_HISTORY_TABLE"] = TableNames.HistoryName,
            ["BUDGETSYNC_DRIVER_REQUESTS_PER_DAY"] = settings.DriverRequestsPerDay.ToString(CultureInfo.InvariantCulture),
        }
        : [];

    private Dictionary<string, string> Anomalies() => settings.Anomalies ? new() { ["BUDGETSYNC_ANOMALIES"] = "true" } : [];

    /// <summary>An envelope counts what rows allow, and its state begins where the deployment says.</summary>
    private Dictionary<string, string> Envelopes(ManagementValues given) => new(
        Propagation(given).Where(variable => variable.Key is not ("BUDGETSYNC_SPOKE_ROLE_NAME" or "BUDGETSYNC_EXTERNAL_ID" or "BUDGETSYNC_PARAMETER_NAME")))
    {
        ["BUDGETSYNC_SPEND_BOUNDS"] = given.SpendBounds,
    };

    /// <summary>A digest says what rose, and what the deployment costs.</summary>
    private Dictionary<string, string> Digests() => new()
    {
        ["BUDGETSYNC_HISTORY_TABLE"] = TableNames.HistoryName,
        ["BUDGETSYNC_LOOK_EVERY"] = settings.LookEvery.ToString(CultureInfo.InvariantCulture),
    };

    private Dictionary<string, string> Propagation(ManagementValues given)
    {
        var environment = Rows(given);
        if (settings.Channels is { } channels) environment["BUDGETSYNC_CHANNELS"] = ChannelDelivery.NamesOf(channels);
        // So that a row that names a list which no spoke has is rejected here, and not first in the account.
        if (!settings.DenyLists.IsEmpty) environment["BUDGETSYNC_DENY_LISTS"] = string.Join(',', settings.DenyLists.Keys);
        return environment;
    }

    private Dictionary<string, string> Rows(ManagementValues given) => new()
    {
        ["BUDGETSYNC_BUDGETS_TABLE"] = TableNames.BudgetsName,
        ["BUDGETSYNC_STATUS_TABLE"] = TableNames.StatusName,
        ["BUDGETSYNC_PARTITION"] = Aws.PARTITION,
        ["BUDGETSYNC_SPOKE_ROLE_NAME"] = settings.SpokeRoleName,
        ["BUDGETSYNC_EXTERNAL_ID"] = given.ExternalId,
        ["BUDGETSYNC_PARAMETER_NAME"] = given.ParameterName,
        ["BUDGETSYNC_DEFAULT_BUDGET_NAME"] = given.BudgetName,
        ["BUDGETSYNC_DEFAULT_BUDGET_VALUE"] = given.DefaultValue,
        ["BUDGETSYNC_EMAIL_RECIPIENT"] = given.EmailRecipient,
        ["BUDGETSYNC_CURRENCIES"] = given.Currencies,
        ["BUDGETSYNC_MANAGEMENT_ACCOUNT_ID"] = given.OrganizationManagementAccountId,
    };
}
