using BudgetSync.LocalAws;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>
/// What <c>local --fault</c> makes go wrong from the moment the rows are written: what real AWS does on its bad days, so that a person can watch what becomes
/// of it. Counted and not left to chance: the same run has the same faults.
/// </summary>
internal sealed record LocalFault(string Name, string Description, Action<LocalCloud> Begin)
{
    /// <summary>What it does to each budget once the rows have settled: the cloud, the account, the budget's name.</summary>
    public Action<LocalCloud, string, string> OnBudget { get; init; } = (_, _, _) => { };

    /// <summary>Every this-many-th call or delivery is hit: often enough to be seen, seldom enough that tries in place get through.</summary>
    private const int Every = 3;

    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(2);

    public static IReadOnlyList<LocalFault> All { get; } =
    [
        new("throttle", "every third call of the functions is throttled", cloud => OnCalls(cloud, call => new Fault.Refuse(Throttled(call)))),
        new("internal-error", "every third call of the functions fails inside AWS", cloud => OnCalls(cloud, call => new Fault.Refuse(Failed(call)))),
        new("late", "every third call of the functions is answered 2 s late, and every third event comes 2 s late", cloud =>
        {
            OnCalls(cloud, _ => new Fault.Late(Delay));
            OnEvents(cloud, new DeliveryFault.Delay(Delay));
        }),
        new("doubled", "every third event comes twice", cloud => OnEvents(cloud, new DeliveryFault.Repeat())),
        new("unhealthy", "AWS stops computing the spend of every budget once it is made", _ => { })
        {
            OnBudget = (cloud, account, budget) => cloud.Budgets.SetHealth(account, budget, "BILLING_VIEW_NO_ACCESS")
        },
    ];

    private static void OnCalls(LocalCloud cloud, Func<AwsCall, Fault> fault)
    {
        var count = 0;
        cloud.Faults = call => IsOfFunction(call) && Interlocked.Increment(ref count) % Every == 0 ? fault(call) : null;
    }

    private static void OnEvents(LocalCloud cloud, DeliveryFault fault)
    {
        var count = 0;
        cloud.DeliveryFaults = _ => Interlocked.Increment(ref count) % Every == 0 ? fault : null;
    }

    /// <summary>What a person asks is not hit: it is the functions that are watched.</summary>
    private static bool IsOfFunction(AwsCall call) => call.Caller.SessionArn.Contains(":assumed-role/BudgetSync", StringComparison.Ordinal);

    private static AwsException Throttled(AwsCall call) => call.Service switch
    {
        "organizations" => new AwsException("TooManyRequestsException", "Rate exceeded"),
        _ => new AwsException("ThrottlingException", "Rate exceeded"),
    };

    /// <summary>Budgets says it with HTTP 400 (its API reference), all others with 500.</summary>
    private static AwsException Failed(AwsCall call) => call.Service switch
    {
        "budgets" => new AwsException("InternalErrorException", "An error on the server occurred during the processing of your request."),
        _ => new AwsException("InternalServerError", "An error occurred on the server side.", 500),
    };
}
