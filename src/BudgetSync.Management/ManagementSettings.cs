using System.Collections.Immutable;
using BudgetSync.Aws.Settings;
using BudgetSync.Aws.Spokes;
using BudgetSync.Core;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Spend;

namespace BudgetSync.Management;

/// <summary>The settings of one management function, read from the environment (src/README.md lists the variables): each function has those it uses.</summary>
internal abstract record ManagementSettings
{
    /// <summary>$2 a day. 10,000 accounts take some 60 pages twice a day (1,000 groups to a page; AWS publishes no number).</summary>
    private const int DefaultRequestsPerDay = 200;

    /// <summary>Ours: $100 a day.</summary>
    private const int MostRequestsPerDay = 10_000;

    /// <summary>Hours, as the setting <c>lookEvery</c>.</summary>
    private const int DefaultLookEvery = 4;

    private const int MostLookEvery = 24;

    private ManagementSettings()
    {
    }

    /// <summary>Of the function that brings edits into spokes.</summary>
    public sealed record Propagate(PropagationSettings Propagation) : ManagementSettings;

    /// <summary>Of the function that compares everything, and takes up the edits that were parked.</summary>
    /// <param name="ReadsSwitch">It reads the kill switch for spokes that meter models, because there is no Respond that does.</param>
    public sealed record Reconcile(PropagationSettings Propagation, string DeadLetterQueueUrl, bool ReadsSwitch) : ManagementSettings;

    /// <summary>Of the function that stores what spokes report.</summary>
    /// <param name="HistoryTable">Null where there is none: then no history is kept, and no burn rate is known.</param>
    public sealed record Collect(string StatusTable, string EventBusName, string? HistoryTable, SpendBounds SpendBounds) : ManagementSettings;

    /// <summary>Of the function that asks Cost Explorer what every account costs.</summary>
    /// <param name="RequestsPerDay">How often it may be asked a day, at $0.01 each.</param>
    public sealed record Track(string HistoryTable, int RequestsPerDay) : ManagementSettings;

    /// <summary>Of the function that tells channels what is the matter.</summary>
    /// <param name="Channels">By name, the operations topic among them.</param>
    public sealed record Notify(
        string BudgetsTable,
        string StatusTable,
        string LedgerTable,
        string EventBusName,
        ImmutableDictionary<string, Channel> Channels) : ManagementSettings
    {
        /// <summary>What the ARNs of the channels' topics begin with, for example <c>arn:aws:sns:eu-west-1:999999999999:</c>.</summary>
        public required string TopicArnPrefix { get; init; }

        /// <summary>The queue of alerts that no channel took.</summary>
        public required string UndeliveredQueueUrl { get; init; }

        /// <summary>How often Cost Explorer may be asked a day what made costs rise, at $0.01 each; null: it is not asked.</summary>
        public int? DriverRequests { get; init; }

        /// <summary>Whether AWS Cost Anomaly Detection tells of unusual costs.</summary>
        public bool Anomalies { get; init; }

        /// <summary>Where these requests are counted, and digests read; null where there are none.</summary>
        public string? HistoryTable { get; init; }

        /// <summary>What rows leave open: an envelope counts what they allow.</summary>
        public required StackDefaults Defaults { get; init; }

        /// <summary>Where states of envelopes begin.</summary>
        public required SpendBounds SpendBounds { get; init; }

        /// <summary>Hours from one look of a spoke to the next, for digests; null where no channel gets one.</summary>
        public int? LookEvery { get; init; }
    }

    /// <summary>Of the function that decides what is restricted where money runs out.</summary>
    /// <param name="ControlPolicies">Ids of the organization's policies by what they are for; without one, what needs it is said to have failed.</param>
    public sealed record Respond(
        PropagationSettings Propagation,
        string LedgerTable,
        string EventBusName,
        ImmutableDictionary<RestrictionKind, string> ControlPolicies,
        SpendBounds SpendBounds) : ManagementSettings;

    /// <summary>Of the function that makes the page.</summary>
    /// <param name="Bucket">Where the page is kept.</param>
    /// <param name="Organization">How the page calls it.</param>
    /// <param name="Endpoint">The function's own ARN, for the search of its widget; null: there is no search.</param>
    public sealed record Report(
        string BudgetsTable,
        string StatusTable,
        string HistoryTable,
        string Bucket,
        string Organization,
        string? Endpoint,
        StackDefaults Defaults,
        SpendBounds SpendBounds) : ManagementSettings;

    /// <summary>What it takes to write into spokes what rows ask for.</summary>
    internal sealed record PropagationSettings(string BudgetsTable, string StatusTable, SpokeRole Role, string ParameterName, StackDefaults Defaults);

    /// <exception cref="InvalidOperationException">Something is missing or wrong; all of it is named.</exception>
    public static ManagementSettings Read(IReadOnlyDictionary<string, string> environment)
    {
        var reader = new EnvironmentReader(environment);
        var function = reader.Required("BUDGETSYNC_FUNCTION", "Propagate");
        ManagementSettings? settings = function switch
        {
            nameof(Propagate) => new Propagate(ReadPropagation(reader)),
            nameof(Reconcile) => new Reconcile(
                ReadPropagation(reader),
                reader.Required("BUDGETSYNC_DEAD_LETTER_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/999999999999/BudgetSync-PropagateDeadLetters"),
                reader.Optional("BUDGETSYNC_READS_SWITCH") == "true"),
            nameof(Collect) => new Collect(
                ReadStatusTable(reader),
                ReadBus(reader),
                reader.Optional("BUDGETSYNC_HISTORY_TABLE"),
                Bounds(reader)),
            nameof(Track) => new Track(
                reader.Required("BUDGETSYNC_HISTORY_TABLE", "BudgetSync-History"),
                reader.WholeNumber("BUDGETSYNC_COST_REQUESTS_PER_DAY", DefaultRequestsPerDay, most: MostRequestsPerDay)),
            nameof(Notify) => ReadNotify(reader),
            nameof(Respond) => new Respond(
                OfHub(ReadPropagation(reader), reader.RequiredAccount("BUDGETSYNC_HUB_ACCOUNT_ID")),
                reader.Required("BUDGETSYNC_LEDGER_TABLE", "BudgetSync-Ledger"),
                ReadBus(reader),
                ReadControlPolicies(reader),
                Bounds(reader)),
            nameof(Report) => new Report(
                ReadBudgetsTable(reader),
                ReadStatusTable(reader),
                reader.Required("BUDGETSYNC_HISTORY_TABLE", "BudgetSync-History"),
                reader.Required("BUDGETSYNC_REPORT_BUCKET", "budgetsync-report-bucket-1a2b3c4d"),
                reader.Required("BUDGETSYNC_ORGANIZATION_ID", "o-a1b2c3d4e5"),
                reader.Optional("BUDGETSYNC_REPORT_FUNCTION"),
                ReadDefaults(reader),
                Bounds(reader)),
            _ => null,
        };
        if (settings is null && function.Length > 0)
        {
            string[] known = [nameof(Propagate), nameof(Reconcile), nameof(Collect), nameof(Track), nameof(Notify), nameof(Respond), nameof(Report)];
            reader.Add([$"BUDGETSYNC_FUNCTION: \"{function}\" is none of {string.Join(", ", known)}"]);
        }

        reader.ThrowIfWrong();
        return settings ?? throw new InvalidOperationException("Without a function there is a problem, and the line before ends with it.");
    }

    private static Notify ReadNotify(EnvironmentReader reader)
    {
        var channels = ReadChannels(reader);
        var digests = channels.Values.Any(channel => channel.Digest is not null);
        return new Notify(
            ReadBudgetsTable(reader),
            ReadStatusTable(reader),
            reader.Required("BUDGETSYNC_LEDGER_TABLE", "BudgetSync-Ledger"),
            ReadBus(reader),
            channels)
        {
            TopicArnPrefix = reader.Required("BUDGETSYNC_TOPIC_ARN_PREFIX", "arn:aws:sns:eu-west-1:999999999999:"),
            UndeliveredQueueUrl = reader.Required(
                "BUDGETSYNC_UNDELIVERED_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/999999999999/BudgetSync-Alerts-DeadLetters"),
            HistoryTable = digests
                ? reader.Required("BUDGETSYNC_HISTORY_TABLE", "BudgetSync-History")
                : reader.Optional("BUDGETSYNC_HISTORY_TABLE"),
            Defaults = ReadDefaults(reader),
            SpendBounds = Bounds(reader),
            LookEvery = digests ? reader.WholeNumber("BUDGETSYNC_LOOK_EVERY", DefaultLookEvery, most: MostLookEvery) : null,
            Anomalies = reader.Optional("BUDGETSYNC_ANOMALIES") == "true",
            DriverRequests = reader.Optional("BUDGETSYNC_DRIVER_REQUESTS_PER_DAY") is null
                ? null
                : reader.WholeNumber("BUDGETSYNC_DRIVER_REQUESTS_PER_DAY", DefaultRequestsPerDay, most: MostRequestsPerDay),
        };
    }

    private static string ReadBudgetsTable(EnvironmentReader reader) => reader.Required("BUDGETSYNC_BUDGETS_TABLE", "BudgetSync-Budgets");

    private static string ReadBus(EnvironmentReader reader) => reader.Required("BUDGETSYNC_EVENT_BUS_NAME", "BudgetSync");

    private static ImmutableDictionary<RestrictionKind, string> ReadControlPolicies(EnvironmentReader reader)
    {
        const string name = "BUDGETSYNC_CONTROL_POLICIES";
        var policies = ImmutableDictionary.CreateBuilder<RestrictionKind, string>();
        foreach (var entry in (reader.Optional(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (entry.Split('=') is [var kind, ['p', '-', ..] id] && Enum.TryParse<RestrictionKind>(kind, out var known) && known.IsDeny())
                policies[known] = id;
            else
                reader.Add([$"{name}: \"{entry}\" is no kind of restriction with the id of its policy; write for example QUARANTINE=p-0a1b2c3d"]);
        }

        return policies.ToImmutable();
    }

    private static ImmutableDictionary<string, Channel> ReadChannels(EnvironmentReader reader)
    {
        var (channels, problems) = ChannelSettings.Parse(reader.Optional("BUDGETSYNC_CHANNEL_SETTINGS") ?? "[]");
        reader.Add(problems.Select(problem => $"BUDGETSYNC_CHANNEL_SETTINGS: {problem}"));
        return channels;
    }

    private static string ReadStatusTable(EnvironmentReader reader) => reader.Required("BUDGETSYNC_STATUS_TABLE", "BudgetSync-Status");

    private static StackDefaults ReadDefaults(EnvironmentReader reader)
    {
        var defaults = new StackDefaults(
            reader.Required("BUDGETSYNC_DEFAULT_BUDGET_NAME", "SpokeAccountBudget"),
            reader.List("BUDGETSYNC_EMAIL_RECIPIENT"),
            reader.Required("BUDGETSYNC_PARTITION", "aws"),
            reader.RequiredAccount("BUDGETSYNC_MANAGEMENT_ACCOUNT_ID"))
        {
            BudgetValue = reader.OptionalNumber("BUDGETSYNC_DEFAULT_BUDGET_VALUE"),
            Channels = reader.List("BUDGETSYNC_CHANNELS"),
            PolicyLists = reader.Optional("BUDGETSYNC_DENY_LISTS") is null ? null : new EquatableArray<string>(reader.List("BUDGETSYNC_DENY_LISTS")),
        };
        if (reader.Optional("BUDGETSYNC_CURRENCIES") is not null) defaults = defaults with { Currencies = reader.List("BUDGETSYNC_CURRENCIES") };
        if (defaults.BudgetName.Length > 0) reader.Add(defaults.Problems());
        return defaults;
    }

    private static PropagationSettings ReadPropagation(EnvironmentReader reader)
    {
        var defaults = ReadDefaults(reader);
        var role = new SpokeRole(
            defaults.Partition,
            reader.Required("BUDGETSYNC_SPOKE_ROLE_NAME", "BudgetSyncSpokeRole"),
            reader.Required("BUDGETSYNC_EXTERNAL_ID", "BudgetSync"));
        return new PropagationSettings(
            ReadBudgetsTable(reader),
            ReadStatusTable(reader),
            role,
            reader.Required("BUDGETSYNC_PARAMETER_NAME", "/BudgetSync/Budgets"),
            defaults);
    }

    private static PropagationSettings OfHub(PropagationSettings settings, AccountId hub) =>
        settings with { Defaults = settings.Defaults with { HubAccount = hub } };

    private static SpendBounds Bounds(EnvironmentReader reader)
    {
        var (bounds, problems) = SpendBounds.Parse(reader.Optional("BUDGETSYNC_SPEND_BOUNDS") ?? "");
        reader.Add(problems.Select(problem => $"BUDGETSYNC_SPEND_BOUNDS: {problem}"));
        return bounds;
    }
}
