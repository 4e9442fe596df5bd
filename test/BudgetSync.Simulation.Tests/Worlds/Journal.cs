using System.Globalization;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>Everything that happened in a world, line by line: what a failure shows, and what must be the same when the seed is the same.</summary>
internal sealed class Journal(TimeProvider time)
{
    private readonly List<string> lines = [];

    public IReadOnlyList<string> Lines => lines;

    public void Write(string line) => lines.Add(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():MM-dd HH:mm:ss.fff} {line}"));

    public void Write(LoggedCall logged) =>
        lines.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{logged.At:MM-dd HH:mm:ss.fff}   {Who(logged.Call.Caller)} "
                + $"{logged.Call.Service}:{logged.Call.Operation}{(logged.ErrorCode is null ? "" : $" ! {logged.ErrorCode}")}"));

    private static string Who(Caller caller) => caller.IsRoot
        ? $"person of {caller.AccountId}"
        : caller.ServicePrincipal ?? $"{caller.AccountId}/{caller.SessionArn[(caller.SessionArn.LastIndexOf('/') + 1)..]}";
}
