using System.Collections.Immutable;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Stack;

namespace BudgetSync.Cli.Commands.Channels;

/// <summary>A secret's text, and since when it is that.</summary>
internal sealed record SecretText(string Text, DateTime? Since);

/// <summary>How EventBridge stands with a channel.</summary>
/// <param name="State"><c>AUTHORIZED</c> where messages are sent; a state such as <c>AUTHORIZING</c> passes.</param>
internal sealed record ConnectionStanding(string State, DateTime? ChangedAt)
{
    /// <summary>Of a channel whose connection is not there.</summary>
    public static ConnectionStanding Missing { get; } = new("MISSING", null);

    /// <summary>
    /// Whether EventBridge calls the channel no more: until the connection is updated, and where it cannot reach an authorization endpoint or an API within a
    /// private network (EventBridge user guide, "Connection states in EventBridge").
    /// </summary>
    public bool IsGivenUp => State is "DEAUTHORIZED" or "DEAUTHORIZING" || IsUnreached;

    private bool IsUnreached => State == "FAILED_CONNECTIVITY";

    /// <summary>What to do about a connection that is given up.</summary>
    public string Remedy => IsUnreached
        ? "it cannot reach its endpoint: put the endpoint or its tokenEndpoint right and deploy"
        : "the provider refused the secret, or gave no token for it: put a valid one there, name its version in secretVersion and deploy";
}

/// <summary>Reads what is deployed of channels: their list and, to try one, its secret.</summary>
internal sealed class ChannelAccess(DeployedStack stack) : IDisposable
{
    private readonly Lazy<IAmazonSecretsManager> secrets =
        new(() => new AmazonSecretsManagerClient(stack.Clients.Signing, stack.Clients.Configure(new AmazonSecretsManagerConfig())));

    /// <exception cref="CommandException">Alerts are off, or the list cannot be read.</exception>
    public async Task<ImmutableArray<DeployedChannel>> ListAsync(CancellationToken cancellation)
    {
        if (await ChannelList.TextAsync(stack, cancellation) is not { } text) return [DeployedChannel.Operations];
        return DeployedChannel.Parse(text) ?? throw new CommandException(ChannelList.Illegible);
    }

    /// <exception cref="AwsFaultException">It cannot be read.</exception>
    public async Task<SecretText> SecretAsync(DeployedChannel channel, CancellationToken cancellation)
    {
        var request = new GetSecretValueRequest { SecretId = channel.Secret, VersionId = channel.SecretVersion };
        var answer = await stack.Caller.CallAsync("secretsmanager", "GetSecretValue", token => secrets.Value.GetSecretValueAsync(request, token), cancellation);
        return new SecretText(answer.SecretString ?? "", answer.CreatedDate);
    }

    public void Dispose()
    {
        if (secrets.IsValueCreated) secrets.Value.Dispose();
    }
}
