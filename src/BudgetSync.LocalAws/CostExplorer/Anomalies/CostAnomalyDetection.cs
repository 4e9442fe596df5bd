using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Sns;

namespace BudgetSync.LocalAws.CostExplorer.Anomalies;

/// <summary>
/// AWS Cost Anomaly Detection without its model: monitors and subscriptions as CloudFormation makes them, and anomalies as somebody invents them.
/// </summary>
public sealed class CostAnomalyDetection
{
    private const string Principal = "costalerts.amazonaws.com";

    private readonly LocalCloud cloud;
    private readonly ConcurrentDictionary<string, AnomalyMonitor> monitors = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AnomalySubscription> subscriptions = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> lost = [];

    internal CostAnomalyDetection(LocalCloud cloud) => this.cloud = cloud;

    public IReadOnlyList<AnomalyMonitor> Monitors => [.. monitors.Values.OrderBy(monitor => monitor.Arn, StringComparer.Ordinal)];

    /// <summary>Topics that could not be published to, oldest first: AWS sends an e-mail of that, and nothing else.</summary>
    public IReadOnlyList<string> LostMessages => [.. lost];

    /// <summary>
    /// Finds an anomaly: each monitor that looks there has its immediate subscriptions told, as far as their threshold is reached. The event and the message
    /// go once each (user guide: best effort); what a rule cannot take then is lost.
    /// </summary>
    /// <returns>How many subscriptions were told.</returns>
    public int Find(UnusualCost cost)
    {
        var told = 0;
        foreach (var subscription in subscriptions.Values.OrderBy(known => known.Arn, StringComparer.Ordinal))
        {
            if (subscription.Frequency != "IMMEDIATE" || !subscription.Threshold.IsReached(cost)) continue;
            foreach (var monitor in subscription.Monitors.Select(monitors.GetValueOrDefault).OfType<AnomalyMonitor>().Where(each => Sees(each, cost)))
            {
                told++;
                var occurrence = AnomalyEvent.Of(monitor, cost, NameOf, cloud.Gateway.NewRequestId(), cloud.Time.GetUtcNow());
                foreach (var topic in subscription.Topics)
                    cloud.Work.Post($"anomaly {cost.Id} to {topic}", () => PublishAsync(subscription, topic, occurrence["detail"]!.ToJsonString()));
                cloud.EventSink?.Invoke(occurrence);
            }
        }

        return told;
    }

    /// <exception cref="AwsException">ValidationException.</exception>
    internal AnomalyMonitor CreateMonitor(string accountId, JsonObject input)
    {
        AnomalyShapes.Monitor.Validate(input, "ValidationException", "CreateAnomalyMonitor");
        var dimension = input.Text("MonitorDimension");
        if (input.RequiredText("MonitorType") != "DIMENSIONAL" || dimension is not ("SERVICE" or "LINKED_ACCOUNT"))
            throw CostExplorerErrors.Invalid("LocalAws knows monitors of MonitorType DIMENSIONAL and MonitorDimension SERVICE or LINKED_ACCOUNT.");
        if (input["MonitorSpecification"] is not null)
            throw CostExplorerErrors.Invalid($"MonitorSpecification must not be specified for the dimension {dimension}.");
        if (dimension == "LINKED_ACCOUNT" && accountId != cloud.Options.ManagementAccountId)
            throw CostExplorerErrors.Invalid("Only a management account may have a monitor of linked accounts.");
        if (monitors.Values.Any(other => other.AccountId == accountId && other.Dimension == dimension)) throw CostExplorerErrors.MonitorLimit();
        var arn = $"arn:aws:ce::{accountId}:anomalymonitor/{cloud.Gateway.NewRequestId()}";
        return monitors[arn] = new AnomalyMonitor(accountId, arn, input.RequiredText("MonitorName"), dimension);
    }

    /// <summary>Nothing but a monitor's name can be changed.</summary>
    internal AnomalyMonitor RenameMonitor(string arn, string name) => monitors[arn] = monitors[arn] with { Name = name };

    /// <exception cref="AwsException">ValidationException: a subscription names it. What AWS does then is not documented.</exception>
    internal void DeleteMonitor(string arn)
    {
        if (subscriptions.Values.Any(subscription => subscription.Monitors.Contains(arn, StringComparer.Ordinal)))
            throw CostExplorerErrors.Invalid($"{arn} is in use by a subscription.");
        monitors.TryRemove(arn, out _);
    }

    /// <summary>Makes a subscription, or gives the one of <paramref name="arn"/> other values.</summary>
    /// <exception cref="AwsException">ValidationException, UnknownMonitorException or LimitExceededException.</exception>
    internal string PutSubscription(string accountId, JsonObject input, string? arn)
    {
        AnomalyShapes.Subscription.Validate(input, "ValidationException", "CreateAnomalySubscription");
        if (arn is null && subscriptions.Values.Count(other => other.AccountId == accountId) >= AwsLimits.CostExplorer.AnomalySubscriptions)
            throw CostExplorerErrors.LimitExceeded();
        if (input["ThresholdExpression"] is not JsonObject threshold)
            throw CostExplorerErrors.Invalid("Threshold and ThresholdExpression cannot both be null");
        var (frequency, named) = (input.RequiredText("Frequency"), input.Texts("MonitorArnList").ToList());
        if (named.Find(monitor => monitors.GetValueOrDefault(monitor)?.AccountId != accountId) is { } unknown)
            throw new AwsException("UnknownMonitorException", $"{unknown} does not exist.");
        var made = arn ?? $"arn:aws:ce::{accountId}:anomalysubscription/{cloud.Gateway.NewRequestId()}";
        subscriptions[made] = new AnomalySubscription(
            accountId, made, input.RequiredText("SubscriptionName"), frequency, named, Topics(frequency, [.. input.Structures("Subscribers")]),
            AnomalyThreshold.Read(threshold));
        return made;
    }

    internal void DeleteSubscription(string arn) => subscriptions.TryRemove(arn, out _);

    /// <summary>Topics are told at once, people daily or weekly (API reference, AnomalySubscription, Frequency).</summary>
    private static List<string> Topics(string frequency, List<JsonObject> subscribers)
    {
        if (subscribers.Count == 0) throw CostExplorerErrors.Invalid("Subscribers must not be empty.");
        var (kind, other) = frequency == "IMMEDIATE" ? ("SNS", "EMAIL") : ("EMAIL", "SNS");
        if (subscribers.Exists(subscriber => subscriber.RequiredText("Type") != kind))
            throw CostExplorerErrors.Invalid($"{other} subscribers are not supported with the frequency {frequency}.");
        return kind == "SNS" ? [.. subscribers.Select(subscriber => subscriber.RequiredText("Address"))] : [];
    }

    private string NameOf(string accountId) => cloud.Organizations.NameOf(accountId) ?? accountId;

    /// <summary>The payer's monitors look at all of its accounts, a member's at its own costs.</summary>
    private bool Sees(AnomalyMonitor monitor, UnusualCost cost) =>
        monitor.AccountId == cloud.Options.ManagementAccountId || monitor.AccountId == cost.LinkedAccount;

    private async Task PublishAsync(AnomalySubscription subscription, string topic, string message)
    {
        try
        {
            if (cloud.Sns.AccessOf(Principal, subscription.AccountId, subscription.Arn, topic) == TopicAccess.Granted)
            {
                await cloud.Sns.PublishAsync(Caller.Service(Principal, subscription.AccountId, subscription.Arn), topic, message, CancellationToken.None);
                return;
            }
        }
        catch (Exception trouble) when (trouble is AwsException or BrokenConnectionException)
        {
            // Whether AWS tries again is not documented.
        }

        lost.Enqueue(topic);
    }
}
