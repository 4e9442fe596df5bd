using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.Core.Alerts;

namespace BudgetSync.Cli.Commands.Channels;

/// <summary>A channel as its stack describes it: where it goes, and the name of its secret.</summary>
/// <param name="Endpoint">Null for kinds that a topic delivers, and where the secret holds it.</param>
/// <param name="Secret">The name or ARN of a secret; null where the kind has none.</param>
/// <param name="TokenEndpoint">Where a token is got with the secret, which is then a client's id and its secret; null without OAuth.</param>
internal sealed record DeployedChannel(Channel Channel, Uri? Endpoint, string? Secret, string? SecretVersion, Uri? TokenEndpoint)
{
    /// <summary>The topic for operations, which every deployment with alerts has.</summary>
    public static DeployedChannel Operations { get; } = new(ChannelSettings.Operations, null, null, null, null);

    public string Name => Channel.Name;

    public bool IsTopic => Channel.IsTopic;

    /// <summary>The name of its connection, of its destination, or of its topic (cdk, ApiChannel and TopicChannel).</summary>
    public string ResourceName => Channel.TopicOf(Name);

    /// <summary>For people; of a secret address only what it is.</summary>
    public string Target => IsTopic ? $"topic {ResourceName}" : Endpoint is { } url ? url.Host + url.AbsolutePath : "the address in the secret";

    /// <summary>The channels in order, the operations topic last; null where the text is no list of channels.</summary>
    public static ImmutableArray<DeployedChannel>? Parse(string text)
    {
        var (known, problems) = ChannelSettings.Parse(text);
        if (!problems.IsEmpty) return null;
        try
        {
            return [.. JsonNode.Parse(text)!.AsArray().Select(json => Read(json!.AsObject(), known)), Operations];
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or UriFormatException)
        {
            return null;
        }
    }

    private static DeployedChannel Read(JsonObject json, ImmutableDictionary<string, Channel> known) => new(
        known[(string)json["name"]!],
        (string?)json["endpoint"] is { } url ? new Uri(url) : null,
        (string?)json["secret"],
        (string?)json["secretVersion"],
        (string?)json["tokenEndpoint"] is { } token ? new Uri(token) : null);
}
