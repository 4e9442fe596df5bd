using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace BudgetSync.Cdk.Channels;

/// <summary>One entry of the setting <c>channels</c>.</summary>
internal sealed record ChannelSetting(string Name, ChannelKind Kind)
{
    /// <summary>HTTPS; null for kinds that a topic delivers, and where the secret holds it.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The name or the ARN of a secret in Secrets Manager; never a secret itself.</summary>
    public string? Secret { get; init; }

    /// <summary>
    /// The id of the secret's version; null is the current one when the connection is made or changed. Naming another changes the template, and only a changed
    /// resource has its references resolved anew (CloudFormation user guide, "Get a secret or secret value from Secrets Manager").
    /// </summary>
    public string? SecretVersion { get; init; }

    /// <summary>Of ServiceNow with OAuth: where its client gets a token.</summary>
    public string? TokenEndpoint { get; init; }

    /// <summary>Of Slack: the conversation's id.</summary>
    public string? Conversation { get; init; }

    /// <summary>Of Jira.</summary>
    public string? Project { get; init; }

    /// <inheritdoc cref="Project"/>
    public string? IssueType { get; init; }

    /// <summary>Mail addresses or phone numbers that subscribe to the topic.</summary>
    public ImmutableArray<string> Subscribers { get; init; } = [];

    /// <summary>How many messages an hour, before the rest becomes one line.</summary>
    public int PerHour { get; init; } = 20;

    /// <summary>How many messages EventBridge sends it in a second at most; null is what its kind says. A topic has no such rate.</summary>
    public int? PerSecond { get; init; }

    /// <summary><c>Daily</c> or <c>Weekly</c>; null: it gets no digest.</summary>
    public string? Digest { get; init; }

    /// <summary>What the functions must know of it: nothing secret.</summary>
    public JsonObject ForFunctions()
    {
        var json = new JsonObject { ["name"] = Name, ["kind"] = Kind.ToString(), ["perHour"] = PerHour };
        foreach (var (key, value) in new[] { ("conversation", Conversation), ("project", Project), ("issueType", IssueType), ("digest", Digest) })
        {
            if (value is not null) json[key] = value;
        }

        return json;
    }

    /// <summary>What people's tools must know of it beside that: where it goes, and the name of its secret.</summary>
    public JsonObject ForTools()
    {
        var json = ForFunctions();
        foreach (var (key, value) in new[] { ("endpoint", Endpoint), ("secret", Secret), ("secretVersion", SecretVersion), ("tokenEndpoint", TokenEndpoint) })
        {
            if (value is not null) json[key] = value;
        }

        return json;
    }

    /// <summary>
    /// What is wrong with a secret of another Region: CloudFormation reads one of the stack's own Region, and no document was found that says more. Of another
    /// account it reads one by its ARN, where the secret's policy and its key let it (Secrets Manager user guide, "Get a secret in a CloudFormation resource").
    /// </summary>
    public string? SecretElsewhere(string homeRegion) => Secret?.Split(':') is ["arn", _, "secretsmanager", var region, ..] && region != homeRegion
        ? $"channels: the secret of {Name} is in {region}, and CloudFormation reads it in homeRegion {homeRegion}, where the connection is; replicate it "
            + $"there (aws secretsmanager replicate-secret-to-regions --add-replica-regions Region={homeRegion}), or make one there, and write its name"
        : null;

    /// <summary>The dynamic reference of one of the secret's keys, which CloudFormation resolves when it deploys.</summary>
    public string Reference(string key) => SecretVersion is { } version
        ? $"{{{{resolve:secretsmanager:{Secret}:SecretString:{key}::{version}}}}}"
        : $"{{{{resolve:secretsmanager:{Secret}:SecretString:{key}}}}}";
}
