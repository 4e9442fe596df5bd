using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Alerts.Formats;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Cli.Commands.Channels;

/// <summary>
/// Sends one message that says that it is a test. A provider is called directly, with the secret that its connection has, because EventBridge keeps the answer
/// to itself; a topic gets it as Notify publishes.
/// </summary>
internal sealed class ChannelTrial(DeployedStack stack, ChannelAccess access)
{
    /// <summary>As long as EventBridge waits (EventBridge user guide, "API destinations as targets").</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The message, whose period is this moment: a provider that knows an earlier test takes it for another.</summary>
    public static Alert Message(DeployedChannel channel, AlertPhase phase, DateTimeOffset now) => new(
        AlertKind.Test,
        AlertSeverity.Info,
        phase,
        "",
        "",
        Alert.PeriodOf(channel.Channel, UtcText.Seconds(now)),
        "Test",
        $"This is a test of the channel {channel.Name}, sent by 'budgetsync channels test'. Nothing is wrong.",
        now);

    public async Task<ProviderVerdict> RunAsync(DeployedChannel channel, CancellationToken cancellation)
    {
        if (channel.IsTopic) return await PublishAsync(channel, cancellation);
        try
        {
            var secret = await access.SecretAsync(channel, cancellation);
            if (channel.TokenEndpoint is not null)
            {
                var (known, why) = await WithTokenAsync(channel, secret, cancellation);
                if (known is null) return await ComparedAsync(channel, secret, new ProviderVerdict(false, why), cancellation);
                secret = known;
            }

            var opened = await CallAsync(channel, secret, AlertPhase.Opened, cancellation);
            // PagerDuty would keep an incident open, and call somebody at night for it.
            var verdict = opened.IsTaken && channel.Channel.Kind == ChannelKind.PagerDuty
                ? await CallAsync(channel, secret, AlertPhase.Resolved, cancellation)
                : opened;
            return await ComparedAsync(channel, secret, verdict, cancellation);
        }
        catch (AwsFaultException refused) when (refused.Fault.Service == "secretsmanager")
        {
            return new ProviderVerdict(false, $"the secret {channel.Secret} cannot be read: {refused.Fault.Reason}");
        }
    }

    /// <summary>As Notify does. SNS takes what nobody hears, so who hears is told with it.</summary>
    private async Task<ProviderVerdict> PublishAsync(DeployedChannel channel, CancellationToken cancellation)
    {
        var message = Message(channel, AlertPhase.Opened, stack.Time.GetUtcNow());
        try
        {
            var id = await stack.Topics.PublishAsync(
                channel.Name, AlertFormat.Subject(message, channel.Channel), AlertFormat.Body(message, channel.Channel), cancellation);
            var arn = stack.Topics.ArnOf(channel.Name);
            var hearing = await TopicAudience.ReadAsync(stack, arn, cancellation);
            var taken = $"for the topic {channel.ResourceName} (message {id})";
            if (hearing.IsNobody)
                return new ProviderVerdict(false, $"SNS took it {taken}, but nobody gets it ({hearing.Cell}): {hearing.Remedy(arn)}");
            var who = hearing.Unknown.Length > 0 ? $"who gets it is not known: {hearing.Unknown}" : $"its subscriptions: {hearing.Cell}";
            return new ProviderVerdict(true, $"{taken}; {who}");
        }
        catch (AwsFaultException refused)
        {
            return new ProviderVerdict(false, $"the topic {channel.ResourceName} did not take it: {refused.Fault.Reason}");
        }
    }

    private async Task<ProviderVerdict> CallAsync(DeployedChannel channel, SecretText secret, AlertPhase phase, CancellationToken cancellation)
    {
        var body = AlertFormat.Body(Message(channel, phase, stack.Time.GetUtcNow()), channel.Channel);
        using var request = ProviderCall.Of(channel, secret.Text, body, out var problem);
        if (request is null) return new ProviderVerdict(false, problem);
        var (status, said, silence) = await AnswerAsync(request, secret, cancellation);
        return silence is { } why
            ? new ProviderVerdict(false, why)
            : ProviderVerdict.Of(channel.Channel.Kind, status, said, text => ProviderCall.Shown(text, secret.Text), channel.TokenEndpoint is not null);
    }

    /// <summary>The secret with the token that the authorization endpoint gives for it; null, and why, where it gives none.</summary>
    private async Task<(SecretText? Secret, string Why)> WithTokenAsync(DeployedChannel channel, SecretText secret, CancellationToken cancellation)
    {
        using var request = TokenCall.Of(channel, secret.Text, out var problem);
        if (request is null) return (null, problem);
        var (status, said, silence) = await AnswerAsync(request, secret, cancellation);
        if (silence is { } why) return (null, $"of the authorization endpoint: {why}");
        return TokenCall.Read(secret.Text, status, said) is { } text
            ? (secret with { Text = text }, "")
            : (null, TokenCall.Problem(secret.Text, status, said));
    }

    /// <summary>What a provider says, as it says it; or, in a sentence, why it says nothing.</summary>
    private async Task<(int Status, string Said, string? Silence)> AnswerAsync(
        HttpRequestMessage request, SecretText secret, CancellationToken cancellation)
    {
        request.RequestUri = Here(request.RequestUri!); // It was made with an address.
        using var patience = new CancellationTokenSource(Patience, stack.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            using var answer = await stack.Clients.Http.SendAsync(request, stop.Token);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(stop.Token), null);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return (0, "", "no answer within 5 seconds, and EventBridge waits no longer");
        }
        catch (HttpRequestException unreachable)
        {
            return (0, "", $"it cannot be reached: {ProviderCall.Shown(unreachable.Message, secret.Text)}");
        }
    }

    /// <summary>
    /// A message that the provider took says nothing of EventBridge, by which alerts go: a part of its path may be gone, or hold an older secret.
    /// </summary>
    private async Task<ProviderVerdict> ComparedAsync(DeployedChannel channel, SecretText secret, ProviderVerdict verdict, CancellationToken cancellation)
    {
        var path = await ChannelPath.ReadAsync(stack, channel, cancellation);
        if (path.Break is { } gone) return verdict.But($"EventBridge sends nothing there: {gone.Why}.");
        if (!verdict.IsTaken) return verdict;
        if (secret.Since > path.Connection.ChangedAt)
            return verdict.But(
                "the secret is newer than EventBridge's connection, which still has the old one; name the new version in secretVersion and deploy.");
        return path.Unseen is { } why ? verdict.With($"Whether EventBridge sends alerts there is not known: {why}") : verdict;
    }

    /// <summary>A local AWS stands for everything outside this machine, the provider too: its port leads there.</summary>
    private Uri Here(Uri provider) =>
        stack.Endpoint.Length > 0 && new Uri(stack.Endpoint) is { IsLoopback: true } local
            ? new Uri(local, $"/_local/outside/{provider.Authority}{provider.PathAndQuery}")
            : provider;
}
