using System.Text.Json.Nodes;

namespace BudgetSync.Cli.Stack;

/// <summary>The synthesized CloudFormation templates that came with this tool: what is run here is what gets deployed.</summary>
internal static class LocalTemplates
{
    public static string Tables { get; } = Read("tables.template.json");

    public static string Rollout { get; } = Read("rollout.template.json");

    public static string Management { get; } = Read("management.template.json");

    public static string Spoke { get; } = Read("spoke.template.json");

    /// <summary>With the ledger of alerts.</summary>
    public static string TablesWithLedger => Read("alerts.tables.template.json");

    /// <summary>
    /// With the channels of cdk/samples/kinds.json. Without its blanks: as it is written for people it is more than CloudFormation takes inline.
    /// </summary>
    public static string ManagementWithChannels => WithoutBlanks("kinds.management.template.json");

    /// <summary>With the function that decides responses.</summary>
    public static string ManagementWithResponses => WithoutBlanks("responses.management.template.json");

    /// <summary>With both.</summary>
    public static string ManagementWithChannelsAndResponses => WithoutBlanks("responses-kinds.management.template.json");

    /// <summary>With the permission to stop what runs, in us-east-1 and eu-west-1.</summary>
    public static string SpokeThatStops => WithoutBlanks("stops.spoke.template.json");

    /// <summary>With the rules that tell of models, responses and the organization's policies.</summary>
    public static string ManagementWithAi => WithoutBlanks("ai.management.template.json");

    /// <summary>With the function that meters models.</summary>
    public static string SpokeThatMeters => WithoutBlanks("ai.spoke.template.json");

    private static string WithoutBlanks(string name) =>
        JsonNode.Parse(Read(name))?.ToJsonString() ?? throw new InvalidOperationException($"The template {name} is empty.");

    private static string Read(string name)
    {
        using var stream = typeof(LocalTemplates).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not part of this build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
