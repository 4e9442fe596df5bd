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
    /// With the channels of cdk/samples/channels.json. Without its blanks: as it is written for people it is more than CloudFormation takes inline.
    /// </summary>
    public static string ManagementWithChannels =>
        JsonNode.Parse(Read("channels.management.template.json"))?.ToJsonString() ?? throw new InvalidOperationException("The template is empty.");

    private static string Read(string name)
    {
        using var stream = typeof(LocalTemplates).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not part of this build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
