using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using BudgetSync.Cdk.Channels;
using BudgetSync.Cdk.Restrictions;

namespace BudgetSync.Cdk;

/// <summary>Reads <see cref="Settings"/> from CDK context. It finds every problem before it gives up, so that one run of synth shows them all.</summary>
internal sealed partial class SettingsReader
{
    // CloudWatch Logs takes these retentions and no others (PutRetentionPolicy).
    private static readonly int[] LogRetentions =
        [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    private readonly Func<string, object?> context;
    private readonly ImmutableArray<string>.Builder problems = ImmutableArray.CreateBuilder<string>();

    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    private SettingsReader(Func<string, object?> context) => this.context = key =>
    {
        asked.Add(key);
        return context(key);
    };

    /// <param name="context">What CDK has under a key: a string, a boolean, a number, a list, or null.</param>
    /// <param name="keys">All keys that CDK has; null: those that are no settings are not looked for.</param>
    /// <returns>The settings, or all that is wrong with them.</returns>
    public static (Settings? Settings, ImmutableArray<string> Problems) Read(Func<string, object?> context, IEnumerable<string>? keys = null)
    {
        var reader = new SettingsReader(context);
        var settings = reader.ReadAll();
        reader.problems.AddRange(ContextKeys.Problems(keys ?? [], reader.asked));
        return reader.problems.Count == 0 ? (settings, []) : (null, reader.problems.ToImmutable());
    }

    private Settings ReadAll()
    {
        var defaults = new Settings();
        var settings = new Settings
        {
            ManagementAccountId = Text("managementAccountId", Settings.AccountIdPattern, "an account id is 12 digits, for example 111122223333"),
            OrganizationManagementAccountId = Text(
                "organizationManagementAccountId",
                Settings.AccountIdPattern,
                "an account id is 12 digits, for example 111122223333"),
            OrganizationId = Text(
                "organizationId",
                Settings.OrganizationIdPattern,
                "an organization id looks like o-a1b2c3d4e5 (aws organizations describe-organization)"),
            EmailRecipient = Text(
                "emailRecipient",
                Settings.EmailRecipientPattern,
                @"write one e-mail address, or up to 10 separated by commas, without "" and \"),
            ExternalId = Text("externalId", Settings.ExternalIdPattern, "2 to 1224 of a-z A-Z 0-9 _ + = , . @ : / -") ?? defaults.ExternalId,
            BudgetName = Text("budgetName", Settings.BudgetNamePattern, @"1 to 100 characters without : \ "" and without /action/") ?? defaults.BudgetName,
            DefaultValue = Text("defaultValue", Settings.DefaultValuePattern, "write a number with at most 2 decimals, for example 1000"),
            SpendBounds = Text(
                "spendBounds",
                Settings.SpendBoundsPattern,
                "write names and percents separated by commas, for example OnTargetFrom=80, CriticalFrom=120"),
            ParameterName = Text(
                "parameterName",
                Settings.ParameterNamePattern,
                "a / and then up to 15 parts of a-z A-Z 0-9 _ . - separated by /, the first not beginning with aws or ssm; for example /BudgetSync/Budgets")
                ?? defaults.ParameterName,
            HomeRegion = Text("homeRegion", Settings.RegionPattern, "write an AWS region, for example us-east-1") ?? defaults.HomeRegion,
            PropagateRoleName = RoleName("propagateRoleName") ?? defaults.PropagateRoleName,
            ReconcileRoleName = RoleName("reconcileRoleName") ?? defaults.ReconcileRoleName,
            CollectRoleName = RoleName("collectRoleName") ?? defaults.CollectRoleName,
            SpokeRoleName = RoleName("spokeRoleName") ?? defaults.SpokeRoleName,
            ApplyRoleName = RoleName("applyRoleName") ?? defaults.ApplyRoleName,
            ActionRoleName = RoleName("actionRoleName") ?? defaults.ActionRoleName,
            BudgetActions = Flag("budgetActions") ?? defaults.BudgetActions,
            AlertTopic = Flag("alertTopic") ?? defaults.AlertTopic,
            LookEvery = Number("lookEvery", number => number is >= 1 and <= 24, "a whole number of hours from 1 to 24") ?? defaults.LookEvery,
            CostExplorer = Flag("costExplorer") ?? defaults.CostExplorer,
            CostRequestsPerDay = Number("costRequestsPerDay", number => number is >= 1 and <= 10_000, "a whole number from 1 to 10000, at $0.01 each")
                ?? defaults.CostRequestsPerDay,
            DriverRequestsPerDay = Number("driverRequestsPerDay", number => number is >= 1 and <= 10_000, "a whole number from 1 to 10000, at $0.01 each")
                ?? defaults.DriverRequestsPerDay,
            Anomalies = Flag("anomalies") ?? defaults.Anomalies,
            AnomalyMonitorArn = Text(
                "anomalyMonitorArn",
                Settings.MonitorArnPattern,
                "write the monitor's ARN, arn:aws:ce::ACCOUNT:anomalymonitor/ID (aws ce get-anomaly-monitors)"),
            AnomalyAmount = Number("anomalyAmount", number => number >= 1, "a whole number of USD from 1 on") ?? defaults.AnomalyAmount,
            AnomalyPercent = Number("anomalyPercent", number => number >= 1, "a whole number of percent from 1 on") ?? defaults.AnomalyPercent,
            ReportBucket = Flag("reportBucket") ?? defaults.ReportBucket,
            Dashboard = Flag("dashboard") ?? defaults.Dashboard,
            EstimatedChargesAlarm = Number("estimatedChargesAlarm", number => number >= 1, "a whole number of USD from 1 on, for example 50000"),
            TargetOrganizationalUnitIds = OrganizationalUnits("targetOrganizationalUnitIds"),
            DelegatedAdministrator = Flag("delegatedAdministrator") ?? defaults.DelegatedAdministrator,
            MaxConcurrentPercentage = Number("maxConcurrentPercentage", number => number is >= 1 and <= 100, "a whole number from 1 to 100")
                ?? defaults.MaxConcurrentPercentage,
            FailureTolerancePercentage = Number("failureTolerancePercentage", number => number is >= 0 and <= 100, "a whole number from 0 to 100")
                ?? defaults.FailureTolerancePercentage,
            KmsKeyArn = Text("kmsKeyArn", Settings.KeyArnPattern, "write the key's full ARN, arn:aws:kms:REGION:ACCOUNT:key/ID (an alias does not do)"),
            OperationsEmail = Text("operationsEmail", Settings.EmailPattern, "write one e-mail address, for example finops-oncall@example.com"),
            LogRetentionDays = Number("logRetentionDays", LogRetentions.Contains, $"CloudWatch Logs takes {string.Join(", ", LogRetentions)}")
                ?? defaults.LogRetentionDays,
            ReservedConcurrency = Number("reservedConcurrency", number => number is >= 1 and <= 1000, "a whole number from 1 to 1000"),
            Currencies = Text("currencies", Settings.CurrenciesPattern, "write currency codes separated by commas, for example USD,EUR") ?? defaults.Currencies,
            ForwardOrganizationEvents = Flag("forwardOrganizationEvents") ?? defaults.ForwardOrganizationEvents,
            Channels = Channels("channels"),
            Respond = Flag("respond") ?? defaults.Respond,
            ControlPolicies = Flag("controlPolicies") ?? defaults.ControlPolicies,
            DenyLists = DenyLists("denyLists"),
            ExemptRoles = ExemptRoles("exemptRoles"),
            StopRegions = StopRegions("stopRegions"),
            Ai = Flag("ai") ?? defaults.Ai,
            AiRegions = AiRegions("aiRegions"),
            PublishedFunctions = Folder("publishedFunctions"),
        };
        RefuseContradictions(settings);
        return settings;
    }

    private void RefuseContradictions(Settings settings)
    {
        var roles = new[]
        {
            ("propagateRoleName", settings.PropagateRoleName), ("reconcileRoleName", settings.ReconcileRoleName), ("collectRoleName", settings.CollectRoleName),
            ("spokeRoleName", settings.SpokeRoleName), ("applyRoleName", settings.ApplyRoleName), ("actionRoleName", settings.ActionRoleName),
            ("the role of Track", Names.Track), ("the role of Report", Names.Report), ("the role of Meter", Names.Meter),
            ("the role of Bedrock's log", Names.ModelLogsRole),
        };
        // The management account is a spoke too, so all of them meet in one account. IAM names ignore case.
        foreach (var clash in roles.GroupBy(role => role.Item2, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            problems.Add(
                $"{string.Join(" and ", clash.Select(role => role.Item1))}: \"{clash.Key}\" names more than one role, and the management account has "
                    + $"them all; give each its own name");

        if (settings is { DelegatedAdministrator: true, OrganizationManagementAccountId: null })
            problems.Add(
                "organizationManagementAccountId: is missing; with delegatedAdministrator the management stack lives elsewhere, and service control "
                    + "policies are attached from the organization's management account only; write its id");
        if (settings is { ForwardOrganizationEvents: true, HomeRegion: "us-east-1" })
            problems.Add("forwardOrganizationEvents: \"true\" has nothing to do, because homeRegion is us-east-1, where the events arrive; leave it away");
        if (settings is { ForwardOrganizationEvents: true, DelegatedAdministrator: true })
            problems.Add(
                "forwardOrganizationEvents: \"true\" works where the management stack lives in the organization's management account, which gets the "
                    + "events; with delegatedAdministrator leave it away, and the hourly run finds new accounts");
        if (settings is { Dashboard: true, ReportBucket: false })
            problems.Add("dashboard: \"true\" shows the hourly page, which reportBucket makes; set reportBucket to true too, or leave dashboard away");
        RefuseCostsElsewhere(settings);
        if (settings is { Anomalies: true, Channels: null })
            problems.Add(
                "anomalies: \"true\" tells channels of unusual costs, and there are none; set channels ([] is the operations topic), or leave it away");
        if (settings.Anomalies && (settings.HomeRegion != "us-east-1" || settings.DelegatedAdministrator))
            problems.Add(
                "anomalies: \"true\" works where the stack lives in us-east-1 of the organization's management account, where alone the events of AWS Cost "
                    + "Anomaly Detection come; leave it away elsewhere");
        RefuseModelsElsewhere(settings);
        problems.AddRange(DenyPolicies.Problems(settings).Concat(ControlDocuments.Problems(settings)));
        problems.AddRange((settings.Channels ?? []).Select(channel => channel.SecretElsewhere(settings.HomeRegion)).OfType<string>());
        if (settings.KmsKeyArn?.Split(':') is [_, _, _, var region, ..] && region != settings.HomeRegion)
            problems.Add(
                $"kmsKeyArn: \"{settings.KmsKeyArn}\" is a key of {region}, and the tables live in homeRegion {settings.HomeRegion}; "
                + "name a key of that region");
    }

    /// <summary>What all accounts cost is known in the account that pays for them, and the metric of charges in us-east-1 only.</summary>
    private void RefuseCostsElsewhere(Settings settings)
    {
        if (settings.DelegatedAdministrator && settings.CostExplorer)
            problems.Add(
                "costExplorer: \"true\" works where the management stack lives in the organization's management account, the only one that Cost Explorer tells "
                    + "the costs of all; with delegatedAdministrator leave it away, and accounts with budgets are known by their looks");
        if (settings is { DelegatedAdministrator: true, EstimatedChargesAlarm: not null })
            problems.Add(
                "estimatedChargesAlarm: the metric of the whole organization is in its management account only; with delegatedAdministrator leave it away");
        if (settings.EstimatedChargesAlarm is not null && settings.HomeRegion != "us-east-1")
            problems.Add(
                $"estimatedChargesAlarm: AWS/Billing has its metrics in us-east-1 only, and homeRegion is {settings.HomeRegion}; leave it away, or make "
                    + "the alarm there by hand");
    }

    private string? RoleName(string key) => Text(key, Settings.RoleNamePattern, "a role name is 1 to 64 of a-z A-Z 0-9 _ + = , . @ - (no path)");

    private string? Text(string key, string pattern, string rule)
    {
        if (Written(key) is not { } text)
            return null;
        if (!Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant | RegexOptions.ECMAScript))
            problems.Add($"{key}: \"{text}\" is not valid: {rule}");
        return text;
    }

    private bool? Flag(string key)
    {
        if (Written(key) is not { } text)
            return null;
        if (bool.TryParse(text, out var flag))
            return flag;
        problems.Add($"{key}: \"{text}\" is neither true nor false; write one of them");
        return null;
    }

    private int? Number(string key, Func<int, bool> fits, string rule)
    {
        if (Written(key) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && fits(number))
            return number;
        problems.Add($"{key}: \"{text}\" is not valid: {rule}");
        return null;
    }

    private ImmutableArray<string> OrganizationalUnits(string key)
    {
        var ids = (Written(key) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var id in ids.Where(id => !Regex.IsMatch(id, Settings.OrganizationalUnitPattern)))
            problems.Add($"{key}: \"{id}\" is neither an OU id (ou-ab12-11111111) nor the root's (r-ab12); list ids separated by commas");
        // CreateStackInstances takes up to 50 OUs.
        if (ids.Length > 50)
            problems.Add($"{key}: {ids.Length} ids are too many: a StackSet takes 50; name a parent OU instead");
        return [.. ids];
    }

    private ImmutableArray<ChannelSetting>? Channels(string key)
    {
        var (channels, wrong) = ChannelsReader.Read(context(key));
        problems.AddRange(wrong);
        return channels;
    }

    private string? Folder(string key)
    {
        if (Written(key) is not { } folder)
            return null;
        foreach (var missing in new[] { "BudgetSync.Management", "BudgetSync.Spoke" }.Where(name => !Directory.Exists(Path.Combine(folder, name))))
            problems.Add($"{key}: \"{folder}\" has no folder {missing}; leave the setting away and synth publishes the functions itself");
        return folder;
    }

    /// <summary>The setting as text, however it was written; an empty one counts as not set.</summary>
    private string? Written(string key)
    {
        var text = context(key) switch
        {
            null => "",
            object[] list => string.Join(',', list.Select(item => Convert.ToString(item, CultureInfo.InvariantCulture))),
            var value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }
}
