using BudgetSync.LocalAws;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>
/// What <c>local --fault</c> makes go wrong from the moment the rows are written: what real AWS does on its bad days, so that a person can watch what becomes
/// of it. Counted and not left to chance: the same run has the same faults.
/// </summary>
internal sealed record LocalFault(string Name, string Description)
{
    /// <summary>What happens to a call that is hit; null hits none.</summary>
    public Func<AwsCall, Fault>? OnCall { get; init; }

    /// <summary>Which calls of the functions are counted; all of them, unless it says otherwise.</summary>
    public Func<AwsCall, bool> IsHit { get; init; } = _ => true;

    /// <summary>What happens to the delivery of an event that is hit; null hits none.</summary>
    public DeliveryFault? OnDelivery { get; init; }

    /// <summary>What it does to each budget once the rows have settled: the cloud, the account, the budget's name.</summary>
    public Action<LocalCloud, string, string> OnBudget { get; init; } = (_, _, _) => { };

    /// <summary>Every this-many-th call or delivery is hit: often enough to be seen, seldom enough that tries in place get through.</summary>
    private const int Every = 3;

    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(2);

    public static IReadOnlyList<LocalFault> All { get; } =
    [
        new("throttle", "every third call of the functions is throttled") { OnCall = call => new Fault.Refusal(Throttled(call)) },
        new("internal-error", "every third call of the functions fails inside AWS") { OnCall = call => new Fault.Refusal(Failed(call)) },
        new("late", "every third call of the functions is answered 2 s late, and every third event comes 2 s late")
        {
            OnCall = _ => new Fault.Latency(Delay),
            OnDelivery = new DeliveryFault.Delay(Delay),
        },
        new("expired-token", "every third further page that the functions ask for is refused, its token expired")
        {
            OnCall = call => new Fault.Refusal(Expired(call)),
            IsHit = call => call.Input.ContainsKey("NextToken"),
        },
        new("doubled", "every third event comes twice") { OnDelivery = new DeliveryFault.Duplicate() },
        new("unhealthy", "AWS stops computing the spend of every budget once it is made")
        {
            OnBudget = (cloud, account, budget) => cloud.Budgets.SetHealth(account, budget, "BILLING_VIEW_NO_ACCESS")
        },
    ];

    /// <summary>Adds its rules to the cloud's, under its name.</summary>
    public void Begin(LocalCloud cloud)
    {
        var (calls, deliveries) = (0, 0);
        if (OnCall is { } ofCall)
            cloud.Faults.OnCalls(call => IsOfFunction(call) && IsHit(call) && Interlocked.Increment(ref calls) % Every == 0 ? ofCall(call) : null, Name);
        if (OnDelivery is { } ofDelivery)
            cloud.Faults.OnDeliveries(_ => Interlocked.Increment(ref deliveries) % Every == 0 ? ofDelivery : null, Name);
    }

    /// <summary>What a person asks is not hit: it is the functions that are watched.</summary>
    private static bool IsOfFunction(AwsCall call) => call.Caller.SessionArn.Contains(":assumed-role/BudgetSync", StringComparison.Ordinal);

    private static AwsException Throttled(AwsCall call) => call.Service switch
    {
        "organizations" => new AwsException("TooManyRequestsException", "Rate exceeded"),
        _ => new AwsException("ThrottlingException", "Rate exceeded"),
    };

    /// <summary>Organizations has one error for all that is wrong with a request (its API reference, InvalidInputException).</summary>
    private static AwsException Expired(AwsCall call) => call.Service switch
    {
        "organizations" => new AwsException("InvalidInputException", "You provided an invalid pagination token.")
        {
            Members = new() { ["Reason"] = "INVALID_PAGINATION_TOKEN" }
        },
        "budgets" => new AwsException("ExpiredNextTokenException", "The pagination token expired."),
        _ => new AwsException("InvalidNextToken", "The specified token isn't valid."),
    };

    /// <summary>Budgets says it with HTTP 400 (its API reference), all others with 500.</summary>
    private static AwsException Failed(AwsCall call) => call.Service switch
    {
        "budgets" => new AwsException("InternalErrorException", "An error on the server occurred during the processing of your request."),
        _ => new AwsException("InternalServerError", "An error occurred on the server side.", 500),
    };
}
