using BudgetSync.Core;
using BudgetSync.Core.Parameter;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.Simulation.Tests.Worlds;

namespace BudgetSync.Simulation.Tests.Checks;

/// <summary>What is true at every moment, whatever goes wrong. Called after each piece of work and each move of the clock.</summary>
internal sealed class SafetyChecks(SimulatedWorld world, ForeignBudgets foreign)
{
    /// <summary>What AWS answers to a caller that exceeds a cap or breaks a rule of its shapes: none of our calls may earn one.</summary>
    private static readonly HashSet<string> OurFault =
        [
            "CreationLimitExceededException",
            "ServiceQuotaExceededException",
            "InvalidParameterException",
            "ValidationException",
            "InvalidInputException",
            "ParameterPatternMismatchException",
            "UnknownOperationException"
        ];

    /// <summary>An invocation that began before a budget was made anew is over by then.</summary>
    private static readonly TimeSpan InvocationLasts = TimeSpan.FromMinutes(2);

    /// <summary>When a budget was last deleted, to be made anew with another type or time unit.</summary>
    private readonly Dictionary<(string Account, string Budget), DateTimeOffset> deleted = [];

    /// <exception cref="WorldException">Something is so that may never be.</exception>
    public void Look()
    {
        var calls = world.Cloud.Calls.Calls;
        world.Cloud.Calls.Clear();
        foreach (var logged in calls.Where(logged => !logged.Call.Caller.IsRoot))
        {
            world.Journal.Write(logged);
            if (logged.ErrorCode is null) world.Told.Listen(logged.Call);
            Check(logged);
        }

        foreign.Check(calls);
        if (world.Violations.Count > 0) throw new WorldException(world.Violations[0]);
        if (world.Cloud.Work.Failures is { Count: > 0 } failures) throw new WorldException($"LocalAws itself failed: {failures[0]}");
    }

    /// <summary>That an account is full of its owner's budgets is no fault of ours.</summary>
    private bool IsQuota(AwsCall call, string code) => code == "ServiceQuotaExceededException" && world.Faults.IsFull(call.AccountId);

    /// <summary>Who was given an old answer may plan what AWS refuses; that it is not believed at once is for the liveness checks.</summary>
    private bool IsMisled(AwsCall call) => call.Service == "budgets" && world.Faults.IsMisled(call.AccountId);

    /// <summary>
    /// Two applies of one account may run at once, and what the later one made anew is not what the earlier one has read. Which of them is right is for the
    /// liveness checks.
    /// </summary>
    private bool IsOvertaken(AwsCall call) =>
        call is { Service: "budgets", Operation: not "CreateBudget" }
        && call.Input["BudgetName"]?.ToString() is { } name
        && deleted.TryGetValue((call.AccountId, name), out var at)
        && world.Clock.GetUtcNow() - at < InvocationLasts;

    private void Check(LoggedCall logged)
    {
        var call = logged.Call;
        if (call is { Service: "budgets", Operation: "DeleteBudget" } && logged.ErrorCode is null)
            deleted[(call.AccountId, call.Input["BudgetName"]?.ToString() ?? "")] = world.Clock.GetUtcNow();
        // AWS may refuse to change a budget's type or time unit in place, which cannot be known before; it is deleted and created then.
        if (logged.ErrorCode is { } code && OurFault.Contains(code) && call.Operation != "UpdateBudget" && !IsQuota(call, code) && !IsMisled(call)
            && !IsOvertaken(call))
            throw new WorldException($"AWS refuses {call.Service}:{call.Operation} of {call.Caller.SessionArn} with {code}: {call.Input.ToJsonString()}");
        if (call is { Service: "ssm", Operation: "PutParameter" }
            && call.Input["Value"]?.ToString() is { } value
            && !world.RowHistory.MaySay(AccountId.Parse(call.AccountId), value)
            // An account whose status was lost is let go where nobody asks anything of it any more.
            && !(value == ParameterDocument.Released && world.StatusEdited.Contains(call.AccountId)))
            throw new WorldException($"The parameter of {call.AccountId} is given what no row ever said: {value}");
        // Budgets and SSM are called within one account only; a caller of one account about another would be a mix-up of sessions.
        if (call.Service == "budgets" && call.Input["AccountId"]?.ToString() is { } about && about != call.AccountId)
            throw new WorldException($"{call.Caller.SessionArn} asks budgets about account {about}.");
    }
}
