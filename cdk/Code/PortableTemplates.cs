using System.Collections.Immutable;
using Amazon.CDK;
using BudgetSync.Cdk.Channels;
using BudgetSync.Cdk.Stacks;

namespace BudgetSync.Cdk.Code;

/// <summary>
/// The templates that need nothing of CDK: for the StackSet, for the CloudFormation console and for LocalAws. They are
/// synthesized in an app of their own, because the StackSet's is needed as a file while the real app is still being built.
/// </summary>
internal static class PortableTemplates
{
    public const string TablesFile = "tables.template.json";
    public const string RolloutFile = "rollout.template.json";
    public const string ManagementFile = "management.template.json";
    public const string SpokeFile = "spoke.template.json";

    /// <summary>Of models in a Region that is not the home region.</summary>
    public const string RegionModelsFile = "models.template.json";

    /// <summary>Of a part that is off by default.</summary>
    public const string TrackFile = "track.template.json";

    /// <inheritdoc cref="TrackFile"/>
    public const string ReportFile = "report.template.json";

    /// <summary>Of the templates, in the order of their deployment, those that differ where alerts are on.</summary>
    public static readonly string[] FilesWithAlerts = [TablesFile, ManagementFile];

    /// <summary>Those that differ where responses are decided.</summary>
    public static readonly string[] FilesWithResponses = [TablesFile, ManagementFile];

    /// <summary>Those that differ where spokes may restrict their account.</summary>
    public static readonly string[] FilesWithRestrictions = [SpokeFile];

    /// <summary>Those that differ where models are metered.</summary>
    public static readonly string[] FilesWithAi = [ManagementFile, SpokeFile];

    /// <summary>Those that differ where models are metered in several Regions.</summary>
    public static readonly string[] FilesWithAiRegions = [ManagementFile, SpokeFile, RegionModelsFile, RolloutFile];

    /// <summary>All of them, in the order of their deployment; those of other Regions' models come with the setting.</summary>
    public static readonly string[] Files = [TablesFile, ManagementFile, SpokeFile, RolloutFile, TrackFile, ReportFile];

    /// <summary>Writes the templates into a folder, over what is there.</summary>
    public static void Write(Settings settings, string folder) =>
        Write(settings, folder, settings.OtherAiRegions.IsEmpty ? Files : [.. Files, RegionModelsFile]);

    /// <summary>
    /// Writes those of alerts that go to the operations topic: a channel's secret and address belong to one deployment, not into a template for all.
    /// </summary>
    public static void WriteWithAlerts(Settings settings, string folder) => Write(settings with { Channels = [] }, folder, FilesWithAlerts);

    /// <summary>
    /// Writes the one of a deployment with the channels of a sample, whose alerts say what made costs rise: for tests and for local runs, which have no
    /// provider and no secret.
    /// </summary>
    /// <exception cref="InvalidOperationException">The sample is not valid.</exception>
    public static void WriteWithChannels(Settings settings, string sample, string folder) =>
        Write(WithChannels(settings, sample), folder, [ManagementFile]);

    /// <summary>Writes the one of the same deployment in which AWS Cost Anomaly Detection tells of unusual costs, too.</summary>
    /// <inheritdoc cref="WriteWithChannels" path="/exception"/>
    public static void WriteWithAnomalies(Settings settings, string sample, string folder) =>
        Write(WithChannels(settings, sample) with { Anomalies = true }, folder, [ManagementFile]);

    /// <summary>Writes the one of the same deployment in which responses are decided, too.</summary>
    /// <inheritdoc cref="WriteWithChannels" path="/exception"/>
    public static void WriteWithChannelsAndResponses(Settings settings, string sample, string folder) =>
        Write(WithChannels(settings, sample) with { Respond = true, StopRegions = Stopping, DenyLists = Critical(settings) }, folder, [ManagementFile]);

    private static Settings WithChannels(Settings settings, string sample)
    {
        var (channels, problems) = ChannelsReader.Read(sample);
        return channels is null
            ? throw new InvalidOperationException(string.Join(' ', problems))
            : settings with { Channels = channels, CostExplorer = true };
    }

    /// <summary>Writes those with responses, and with alerts to the operations topic: whoever is restricted is told.</summary>
    public static void WriteWithResponses(Settings settings, string folder) =>
        Write(settings with { Channels = [], Respond = true, StopRegions = Stopping, DenyLists = Critical(settings) }, folder, FilesWithResponses);

    /// <summary>Writes the one with responses and the organization's policies for them.</summary>
    public static void WriteWithControls(Settings settings, string folder) =>
        Write(settings with { Channels = [], Respond = true, ControlPolicies = true, DenyLists = Critical(settings) }, folder, [ManagementFile]);

    /// <summary>Writes the same for a hub that lives in a delegated administrator's account, which the organization's policies bind.</summary>
    public static void WriteWithDelegatedControls(Settings settings, string folder) => Write(
        settings with { Channels = [], Respond = true, ControlPolicies = true, DelegatedAdministrator = true, DenyLists = Critical(settings) },
        folder,
        [ManagementFile]);

    /// <summary>Writes those of spokes that may restrict their account, with a list of calls of the deployment's own and a break-glass role.</summary>
    public static void WriteWithRestrictions(Settings settings, string folder) => Write(Restricting(settings), folder, FilesWithRestrictions);

    /// <summary>Writes those of spokes that may also stop what runs, in two regions.</summary>
    public static void WriteWithStops(Settings settings, string folder) =>
        Write(Restricting(settings) with { StopRegions = Stopping }, folder, FilesWithRestrictions);

    /// <summary>Of the spokes that stop, and of the hubs that are deployed with them.</summary>
    private static readonly ImmutableArray<string> Stopping = ["us-east-1", "eu-west-1"];

    private static Settings Restricting(Settings settings) => settings with
    {
        Respond = true,
        DenyLists = Critical(settings),
        ExemptRoles = ["breakglass/*"],
    };

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> Critical(Settings settings) =>
        settings.DenyLists.SetItem("critical", ["ec2:RunInstances", "rds:StartDB*"]);

    /// <summary>
    /// Writes the one of spokes that count what calls of Bedrock's models cost, and the one of a hub that tells of them at once and has the organization deny
    /// the models of an account.
    /// </summary>
    public static void WriteWithAi(Settings settings, string folder)
    {
        Write(settings with { Ai = true }, folder, [SpokeFile]);
        Write(settings with { Ai = true, Channels = [], Respond = true, ControlPolicies = true }, folder, [ManagementFile]);
    }

    /// <summary>Writes those of spokes that count what models cost in two other Regions, too.</summary>
    public static void WriteWithAiRegions(Settings settings, string folder) =>
        Write(settings with { Ai = true, AiRegions = ["us-east-1", "eu-west-1", "us-west-2"] }, folder, FilesWithAiRegions);

    private static void Write(Settings settings, string folder, string[] files)
    {
        var scratch = Directory.CreateTempSubdirectory("budgetsync-templates-");
        try
        {
            var app = new App(new AppProps { Outdir = scratch.FullName, AnalyticsReporting = false, TreeMetadata = false });
            _ = new TablesStack(app, "tables", settings, portable: true);
            _ = new ManagementStack(app, "management", settings, codeFolder: null);
            _ = new SpokeStack(app, "spoke", settings, codeFolder: null);
            _ = new RolloutStack(app, "rollout", settings, rollout: null);
            _ = new TrackStack(app, "track", settings, codeFolder: null);
            _ = new ReportStack(app, "report", settings, codeFolder: null);
            if (!settings.OtherAiRegions.IsEmpty) _ = new RegionModelsStack(app, "models", settings, deployed: null);
            app.Synth();
            Directory.CreateDirectory(folder);
            foreach (var file in files)
                File.WriteAllText(Path.Combine(folder, file), File.ReadAllText(Path.Combine(scratch.FullName, file)).TrimEnd() + "\n");
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}
