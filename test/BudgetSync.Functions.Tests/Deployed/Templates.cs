using System.Text.Json.Nodes;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>The templates as the CDK app synthesizes them and the repository keeps them; a test varies one of them.</summary>
internal sealed record Templates(string Tables, string Management, string Spoke, string Rollout, string Track, string Report)
{
    /// <summary>Of models in a Region that is not the home region; "" where there are none.</summary>
    public string Models { get; init; } = "";

    public static Templates AsCommitted { get; } = new(Read("tables"), Read("management"), Read("spoke"), Read("rollout"), Read("track"), Read("report"));

    /// <summary>With alerts to the operations topic.</summary>
    public static Templates WithAlerts { get; } = AsCommitted with { Tables = Read("alerts/tables"), Management = Compact(Read("alerts/management")) };

    /// <summary>With the channels of cdk/samples/channels.json.</summary>
    public static Templates WithChannels { get; } = WithAlerts with { Management = Compact(Read("channels/management")) };

    /// <summary>With a channel of every kind, those of cdk/samples/kinds.json.</summary>
    public static Templates WithKinds { get; } = WithAlerts with { Management = Compact(Read("kinds/management")) };

    /// <summary>With the channels of channels.json, and AWS Cost Anomaly Detection.</summary>
    public static Templates WithAnomalies { get; } = WithAlerts with { Management = Compact(Read("anomalies/management")) };

    /// <summary>With alerts to the operations topic, responses, and spokes that restrict.</summary>
    public static Templates WithResponses { get; } =
        AsCommitted with
        {
            Tables = Read("responses/tables"),
            Management = Compact(Read("responses/management")),
            Spoke = Compact(Read("restrictions/spoke")),
        };

    /// <summary>With those, and the organization's policies.</summary>
    public static Templates WithControls { get; } = WithResponses with { Management = Compact(Read("controls/management")) };

    /// <summary>The same for a hub in a delegated administrator's account.</summary>
    public static Templates WithDelegatedControls { get; } = WithResponses with { Management = Compact(Read("delegated/management")) };

    /// <summary>With spokes that may restrict their account.</summary>
    public static Templates WithRestrictions { get; } = AsCommitted with { Spoke = Compact(Read("restrictions/spoke")) };

    /// <summary>With spokes that may also stop what runs, in us-east-1 and eu-west-1.</summary>
    public static Templates WithStops { get; } = AsCommitted with { Spoke = Compact(Read("stops/spoke")) };

    /// <summary>With spokes that count what models cost.</summary>
    public static Templates WithAi { get; } = AsCommitted with { Spoke = Compact(Read("ai/spoke")) };

    /// <summary>With a hub that knows of them too, and has no responses.</summary>
    public static Templates WithAiAlone { get; } = WithAi with { Management = Compact(Read("regions/management")) };

    /// <summary>With those, in eu-west-1 and us-west-2 too.</summary>
    public static Templates WithAiRegions { get; } = AsCommitted with
    {
        Management = Compact(Read("regions/management")),
        Spoke = Compact(Read("regions/spoke")),
        Rollout = Read("regions/rollout"),
        Models = Read("regions/models"),
    };

    /// <summary>With spokes that count what models cost, and a hub that tells of them at once and has the organization deny an account's models.</summary>
    public static Templates WithCappedAi { get; } = WithControls with { Management = Compact(Read("ai/management")), Spoke = Compact(Read("ai/spoke")) };

    /// <summary>Larger than CreateStack takes inline, as it is written for people; CloudFormation reads the same without its blanks.</summary>
    private static string Compact(string template) => JsonNode.Parse(template)!.ToJsonString();

    private static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "templates", $"{name}.template.json"));
}
