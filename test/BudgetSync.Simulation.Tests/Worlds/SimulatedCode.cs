using BudgetSync.Cli.Stack;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Lambda;
using BudgetSync.Management;
using BudgetSync.Spoke;

namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>
/// The code of both functions, with two differences to what <c>budgetsync local</c> runs: chance comes from the world's seed, and a killed environment's code
/// is not told of its death. It is cut off from the cloud, as a killed process is; telling it would wake it on the thread pool, where no order is kept.
/// </summary>
internal static class SimulatedCode
{
    /// <param name="violations">Where calls are told that a look may not make.</param>
    public static void Register(LocalCloud cloud, int seed, List<string> violations)
    {
        cloud.Lambda.RegisterInProcess("BudgetSync.Management", environment =>
        {
            var function = ManagementFunction.Create(
                environment.Variables,
                environment.CreateHandler(),
                environment.Time,
                Chance(environment, seed),
                new FunctionLogStream(environment));
            return (payload, context) => function.InvokeAsync(payload, context.Deadline - environment.Time.GetUtcNow(), CancellationToken.None);
        });
        cloud.Lambda.RegisterInProcess("BudgetSync.Spoke", environment =>
        {
            var guard = new LookGuard(environment.CreateHandler(), environment.Function.AccountId, violations);
            var function = SpokeFunction.Create(
                environment.Variables,
                guard,
                environment.Time,
                Chance(environment, seed),
                new FunctionLogStream(environment));
            return (payload, context) =>
            {
                guard.Begin(payload.Span);
                return function.InvokeAsync(payload, context.Deadline - environment.Time.GetUtcNow(), CancellationToken.None);
            };
        });
    }

    // The id is the same in every run with the same calls; string.GetHashCode is not.
    private static Random Chance(FunctionEnvironment environment, int seed) =>
        new(environment.Id.Aggregate(seed, (hash, letter) => unchecked((hash * 31) + letter)));
}
