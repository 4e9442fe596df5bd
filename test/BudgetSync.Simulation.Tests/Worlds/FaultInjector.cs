using System.Globalization;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Logs;
using BudgetSync.LocalAws.Sns;

namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>
/// What goes wrong: with calls of functions and services (never with those of people, who would just try again), and with events on their way.
/// </summary>
internal sealed class FaultInjector(Random random, TimeProvider time, Journal journal)
{
    private readonly Dictionary<string, DateTimeOffset> stragglers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> unreachable = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> full = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> misled = new(StringComparer.Ordinal);
    private (string Service, DateTimeOffset Until)? outage;
    private (string Service, DateTimeOffset Until)? throttled;

    /// <summary>The part of the calls that a fault hits; 0 switches everything off, outages too.</summary>
    public double CallRate { get; set; }

    /// <summary>The part of the deliveries of events that a fault hits.</summary>
    public double DeliveryRate { get; set; }

    /// <summary>A whole service refuses every call of ours for a while: long enough, and stream records end in the dead-letter queue.</summary>
    public void BreakDown(string service, TimeSpan length) => outage = (service, time.GetUtcNow() + length);

    /// <summary>A service refuses every second call of ours for a while because there are too many.</summary>
    public void Throttle(string service, TimeSpan length) => throttled = (service, time.GetUtcNow() + length);

    /// <summary>Nobody of ours gets an answer in the account for a while, nor into it: one spoke is out of order for days.</summary>
    public void CutOff(string account, TimeSpan length) => unreachable[account] = time.GetUtcNow() + length;

    /// <summary>The account takes no more budgets for a while: its owner has made as many as AWS allows.</summary>
    public void FillQuota(string account, TimeSpan length) => full[account] = time.GetUtcNow() + length;

    /// <summary>Whether a budget may not be created in the account now.</summary>
    public bool IsFull(string account) => full.ContainsKey(account);

    /// <summary>Whether Apply of the account may act on an old answer of Budgets: one was given within the longest run of a function.</summary>
    public bool IsMisled(string account) => misled.TryGetValue(account, out var at) && time.GetUtcNow() - at <= TimeSpan.FromMinutes(15);

    /// <summary>What reads may see instead of the truth; null switches that off.</summary>
    public StaleReads? Stale { get; set; }

    public Fault? OfCall(AwsCall call)
    {
        if (call.Caller.IsRoot || CallRate == 0) return null;
        if (OfPlace(call) is { } there) return there;
        if (Stale?.Of(call) is { } old)
        {
            journal.Write($"  stale answer for {call.Service}:{call.Operation}");
            if (call.Service == "budgets") misled[call.AccountId] = time.GetUtcNow();
            return old;
        }

        if (outage is { } down && down.Service == call.Service && time.GetUtcNow() < down.Until && call.Caller.ServicePrincipal is null)
            return new Fault.Refusal(new AwsException("InternalServerError", "The service is down.", 500));
        if (random.NextDouble() >= CallRate) return null;
        var fault = Choose(call);
        journal.Write(
            $"  fault for {call.Service}:{call.Operation}: "
                + $"{fault.GetType().Name}{(fault is Fault.Crash { AfterEffect: true } ? " after" : "")}"
                + $"{(fault is Fault.Refusal refuse ? $" {refuse.Error.Code}" : "")}{(fault is Fault.Latency late ? $" {late.By}" : "")}");
        return fault;
    }

    private Fault.Refusal? OfPlace(AwsCall call)
    {
        var now = time.GetUtcNow();
        if (call.Caller.ServicePrincipal is not null) return null;
        var target = call.Operation == "AssumeRole" ? call.Input["RoleArn"]?.ToString().Split(':').ElementAtOrDefault(4) ?? call.AccountId : call.AccountId;
        if (unreachable.TryGetValue(target, out var cutOff) && now < cutOff)
            return new Fault.Refusal(new AwsException("ServiceUnavailable", "The account is out of order.", 503));
        if (call.Operation == "CreateBudget" && full.TryGetValue(call.AccountId, out var until) && now < until)
            return new Fault.Refusal(new AwsException("ServiceQuotaExceededException", "You've reached the limit on the number of budgets."));
        return throttled is { } slow && slow.Service == call.Service && now < slow.Until && random.Next(2) == 0
            ? new Fault.Refusal(Throttled(call.Service))
            : null;
    }

    public DeliveryFault? OfDelivery(EventDelivery delivery) => OnTheWay(delivery.TargetArn);

    /// <summary>Alerts of budgets on their way from a topic.</summary>
    public DeliveryFault? OfMessage(MessageDelivery delivery) => OnTheWay(delivery.Subscription.Endpoint);

    /// <summary>Events of a log on their way to who is subscribed.</summary>
    public DeliveryFault? OfLog(LogDelivery delivery) => OnTheWay(delivery.FunctionArn);

    private DeliveryFault? OnTheWay(string target)
    {
        if (DeliveryRate == 0 || random.NextDouble() >= DeliveryRate) return null;
        DeliveryFault fault = random.Next(4) switch
        {
            0 => new DeliveryFault.Loss(),
            1 => new DeliveryFault.Duplicate(),
            2 => new DeliveryFault.Delay(TimeSpan.FromMilliseconds(random.Next(1, 60_000))),
            _ => new DeliveryFault.Delay(TimeSpan.FromMinutes(random.Next(1, 180))),
        };
        journal.Write(string.Create(CultureInfo.InvariantCulture, $"  delivery to {target}: {fault}"));
        return fault;
    }

    /// <summary>True while a call of the account's, given up by its caller, may still take effect.</summary>
    public bool HasStraggler(string account) => stragglers.TryGetValue(account, out var until) && time.GetUtcNow() <= until;

    private Fault.Straggler Straggle(AwsCall call)
    {
        // No caller of ours waits longer than this for an answer, and no service works on a call for long after that.
        var after = TimeSpan.FromMilliseconds(random.Next(1, 30_000));
        var end = time.GetUtcNow() + after;
        if (!stragglers.TryGetValue(call.AccountId, out var until) || until < end) stragglers[call.AccountId] = end;
        return new Fault.Straggler(after);
    }

    private Fault Choose(AwsCall call) => random.Next(11) switch
    {
        0 => new Fault.Refusal(Throttled(call.Service)),
        // Budgets answers its own trouble with 400, which no SDK retries.
        1 =>
            new Fault.Refusal(
                call.Service == "budgets"
                    ? new AwsException("InternalErrorException", "An error on the server occurred.")
                    : new AwsException("InternalServerError", "An error on the server occurred.", 500)),
        2 => new Fault.Refusal(new AwsException("ServiceUnavailable", "Try again.", 503)),
        3 => new Fault.Refusal(new AwsException("ExpiredTokenException", "The security token included in the request is expired")),
        4 => new Fault.RequestLoss(),
        5 => new Fault.ResponseLoss(),
        6 => new Fault.Latency(TimeSpan.FromMilliseconds(random.Next(1, 20_000))),
        7 => new Fault.Latency(
            random.Next(4) == 0 ? TimeSpan.FromMinutes(random.Next(1, 20)) : TimeSpan.FromMilliseconds(random.Next(1, 500))),
        8 => new Fault.Crash(AfterEffect: false),
        9 => Straggle(call),
        _ => new Fault.Crash(AfterEffect: true),
    };

    private static AwsException Throttled(string service) => service switch
    {
        "dynamodb" => new AwsException("ProvisionedThroughputExceededException", "The level of configured provisioned throughput for the table was exceeded."),
        "organizations" => new AwsException("TooManyRequestsException", "You have sent too many requests in too short a period of time."),
        "lambda" => new AwsException("TooManyRequestsException", "Rate Exceeded.", 429),
        _ => new AwsException("ThrottlingException", "Rate exceeded"),
    };
}
