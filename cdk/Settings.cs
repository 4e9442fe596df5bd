using System.Collections.Immutable;
using BudgetSync.Cdk.Channels;

namespace BudgetSync.Cdk;

/// <summary>What a deployment may choose. Each is a CDK context key of the same name in camel case (cdk/README.md has the table).</summary>
internal sealed record Settings
{
    public const string AccountIdPattern = "^[0-9]{12}$";
    public const string OrganizationIdPattern = "^o-[a-z0-9]{10,32}$";
    public const string OrganizationalUnitPattern = "^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$";
    public const string ExternalIdPattern = @"^[\w+=,.@:/-]{2,1224}$";
    public const string RegionPattern = "^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$";
    public const string EmailPattern = @"^[^@\s,]+@[^@\s,]+\.[^@\s,]+$";
    public const string EmailRecipientPattern = @"^[^@\s,""\\]+@[^@\s,""\\]+\.[^@\s,""\\]+(\s*,\s*[^@\s,""\\]+@[^@\s,""\\]+\.[^@\s,""\\]+){0,9}$";
    // A quote or a backslash would break the JSON of the parameter /BudgetSync/Stack: CloudFormation puts a parameter's value into text as it is.
    public const string BudgetNamePattern = @"^(?!.*/action/)[^:\\""]{1,100}$";
    public const string DefaultValuePattern = @"^([0-9]{1,14}(\.[0-9]{1,2})?)?$";
    public const string SpendBoundsPattern =
        "^((UnusedUpTo|OnTargetFrom|OverAbove|ForecastOverAbove|CriticalFrom|ShutdownFrom|ForecastCriticalFrom|ForecastShutdownFrom)"
        + @"=[0-9]{1,6}(\.[0-9]{1,2})?(, *(?=[A-Z])|$))*$";
    public const string ParameterNamePattern = @"^(?!/([aA][wW][sS]|[sS][sS][mM]))(/[\w.-]+){1,15}$";
    public const string LookEveryPattern = "^([1-9]|1[0-9]|2[0-4])$";
    public const string CurrenciesPattern = "^[A-Z]{3}(,[A-Z]{3})*$";
    public const string RoleNamePattern = @"^[\w+=,.@-]{1,64}$";
    public const string ExemptRolePattern = @"^[\w+=,.@/*-]{3,512}$";
    public const string MonitorArnPattern = "^arn:aws[a-z-]*:ce::[0-9]{12}:anomalymonitor/[a-zA-Z0-9-]+$";
    public const string KeyArnPattern = "^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+$";

    /// <summary>The account of the management stack; null is whatever account it is deployed to.</summary>
    public string? ManagementAccountId { get; init; }

    /// <summary>
    /// The organization's management account, where the management stack lives in another one (a delegated administrator's): service control policies
    /// are attached from there only. Null: it is the account of the management stack.
    /// </summary>
    public string? OrganizationManagementAccountId { get; init; }

    /// <summary>The organization; null makes it a CloudFormation parameter that the deployment must be given.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>Who is written to when a row names no recipient (comma list); null makes it a CloudFormation parameter.</summary>
    public string? EmailRecipient { get; init; }

    public string ExternalId { get; init; } = "BudgetSync";

    public string BudgetName { get; init; } = "SpokeAccountBudget";

    /// <summary>The limit of a COST budget whose rows give no amount; null leaves such a row rejected.</summary>
    public string? DefaultValue { get; init; }

    /// <summary>
    /// Where the states of spending begin, in percent of the limit (OnTargetFrom=80, CriticalFrom=120); null is the defaults that cdk/README.md names.
    /// </summary>
    public string? SpendBounds { get; init; }

    public string ParameterName { get; init; } = "/BudgetSync/Budgets";

    /// <summary>The one region. us-east-1 by default: AWS Budgets and the events of AWS Organizations live there.</summary>
    public string HomeRegion { get; init; } = "us-east-1";

    public string PropagateRoleName { get; init; } = Names.Propagate;

    public string ReconcileRoleName { get; init; } = Names.Reconcile;

    public string CollectRoleName { get; init; } = Names.Collect;

    public string SpokeRoleName { get; init; } = "BudgetSyncSpokeRole";

    public string ApplyRoleName { get; init; } = Names.Apply;

    public string ActionRoleName { get; init; } = "BudgetSyncActionRole";

    /// <summary>Whether spokes get the role that AWS Budgets assumes for actions. Off by default: it may stop machines.</summary>
    public bool BudgetActions { get; init; }

    /// <summary>
    /// Whether spokes get a topic by which AWS Budgets tells Apply of an alert at once. On by default: it costs nothing, and one CreateSubscriber
    /// for each notification is all that an existing budget sees of it.
    /// </summary>
    public bool AlertTopic { get; init; } = true;

    /// <summary>How many hours apart a spoke looks at what was spent, at most. AWS computes anew two or three times a day.</summary>
    public int LookEvery { get; init; } = 4;

    /// <summary>
    /// Whether Cost Explorer is asked twice a day what every account costs, those without a budget too. Off by default: each request costs $0.01.
    /// </summary>
    public bool CostExplorer { get; init; }

    /// <summary>How often Cost Explorer is asked a day at most: 200 are $2.</summary>
    public int CostRequestsPerDay { get; init; } = 200;

    /// <summary>How often Cost Explorer is asked a day at most what made costs rise, where an alert says that they did: 200 are $2.</summary>
    public int DriverRequestsPerDay { get; init; } = 200;

    /// <summary>
    /// Whether AWS Cost Anomaly Detection tells of unusual costs of accounts, and channels of them. Off by default: a management account may have one such
    /// monitor, and it would be this stack's.
    /// </summary>
    public bool Anomalies { get; init; }

    /// <summary>The monitor that is there already; null makes one.</summary>
    public string? AnomalyMonitorArn { get; init; }

    /// <summary>USD more than expected, from which on it is told.</summary>
    public int AnomalyAmount { get; init; } = 50;

    /// <summary>Percent more than expected, from which on it is told; both must be reached.</summary>
    public int AnomalyPercent { get; init; } = 40;

    /// <summary>Whether the page of all accounts is made every hour and kept in a bucket. Off by default: it costs some cents a month.</summary>
    public bool ReportBucket { get; init; }

    /// <summary>Whether a CloudWatch dashboard shows that page. Off by default: dashboards beyond an account's first three cost $3 a month each.</summary>
    public bool Dashboard { get; init; }

    /// <summary>
    /// The estimated charges of the whole organization's month, in USD, from which on an alarm tells; null: no alarm. It needs the preference for billing
    /// alerts.
    /// </summary>
    public int? EstimatedChargesAlarm { get; init; }

    /// <summary>Where the StackSet deploys spokes: OU ids, or the root's. Empty: no StackSet.</summary>
    public ImmutableArray<string> TargetOrganizationalUnitIds { get; init; } = [];

    /// <summary>True: the management stack lives in a delegated administrator's account.</summary>
    public bool DelegatedAdministrator { get; init; }

    /// <summary>How many of the target accounts are deployed at once, in percent.</summary>
    public int MaxConcurrentPercentage { get; init; } = 25;

    /// <summary>How many may fail before a rollout stops, in percent.</summary>
    public int FailureTolerancePercentage { get; init; } = 20;

    /// <summary>The customer key that encrypts the tables, the hub's logs and the operations topic; null leaves it to each service's own.</summary>
    public string? KmsKeyArn { get; init; }

    /// <summary>Who is told of alarms; null: the topic exists, without a subscriber yet.</summary>
    public string? OperationsEmail { get; init; }

    public int LogRetentionDays { get; init; } = 90;

    /// <summary>
    /// How many of each management function may run at once, taken from the account's concurrency for them alone; null reserves nothing. Propagate uses
    /// at most 10 per shard of the table's stream.
    /// </summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>The currencies that limits may be in (comma list): those that the accounts are billed in, and AWS refuses any other.</summary>
    public string Currencies { get; init; } = "USD";

    /// <summary>
    /// Whether events of AWS Organizations are forwarded from us-east-1, where alone they arrive, to the bus of another home region. It needs a stack there.
    /// </summary>
    public bool ForwardOrganizationEvents { get; init; }

    /// <summary>Where alerts may go beside the operations topic; null leaves alerts off, and the templates as they are without them.</summary>
    public ImmutableArray<ChannelSetting>? Channels { get; init; }

    /// <summary>
    /// Whether spokes may restrict their account: deny calls to its roles and users. Off by default, and then the templates are what they are without it.
    /// </summary>
    public bool Respond { get; init; }

    /// <summary>
    /// Whether the management stack makes service control policies for responses to attach, which bind whoever administers an account. Off by default: they
    /// are the organization's, and need service control policies to be enabled in it.
    /// </summary>
    public bool ControlPolicies { get; init; }

    /// <summary>Lists of calls of the deployment's own, by name, which a row's DENY_APIS names.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> DenyLists { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>
    /// Roles that no restriction binds, beside BudgetSync's and the organization's: break-glass roles, with their path, a star for any letters.
    /// </summary>
    public ImmutableArray<string> ExemptRoles { get; init; } = [];

    /// <summary>Regions in which spokes may stop what runs, and start it again; none: they stop nothing, and their template is what it is without it.</summary>
    public ImmutableArray<string> StopRegions { get; init; } = [];

    /// <summary>
    /// Whether spokes count what the calls of Bedrock's models cost in the home region. Off by default, and then the templates are what they are without it.
    /// </summary>
    public bool Ai { get; init; }

    /// <summary>
    /// Regions in which calls of models are counted; the home region always is. None: the templates are what they are without it.
    /// </summary>
    public ImmutableArray<string> AiRegions { get; init; } = [];

    /// <summary>Those of them that need a stack of their own.</summary>
    public ImmutableArray<string> OtherAiRegions => AiRegions.Remove(HomeRegion);

    /// <summary>A folder with <c>BudgetSync.Management</c> and <c>BudgetSync.Spoke</c> already published; null publishes them now.</summary>
    public string? PublishedFunctions { get; init; }
}
