using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary>What there is to say of a budget of models beside its state.</summary>
internal static class AiNote
{
    public static string Of(AiLine line) => string.Join("; ", Parts(line));

    private static IEnumerable<string> Parts(AiLine line)
    {
        if (line.Pool.Length > 0) yield return $"for the pool {line.Pool}";
        if (line.HeldBack.Length > 0) yield return $"held back: {line.HeldBack}";
        if (line.UncountedCalls > 0) yield return $"{Number.Count(line.UncountedCalls, "call")} without counted tokens";
        // Who is only watched is not suspended anyway.
        if (line.Unattachable.Length > 0 && line.Mode != ResponseMode.WATCH) yield return $"cannot be suspended: {line.Unattachable}";
        switch (line.State)
        {
            case AiState.Exceeded when line.Mode == ResponseMode.CONFIRM && line.Unattachable.Length == 0:
                yield return "waits for a person: budgetsync ai approve";
                break;
            case AiState.Grace(_, { IsEmpty: false } refused):
                yield return $"refused: {string.Join("; ", refused)}";
                break;
            case AiState.Grace(var until, _):
                yield return $"from {UtcText.Minutes(until)}";
                break;
            case AiState.Suspended(_, { } ends, _):
                yield return $"to be restored: {ends}";
                break;
            case AiState.Suspended(var since, _, _):
                yield return $"since {UtcText.Minutes(since)}";
                break;
            case AiState.Restored(_, var why, _):
                yield return why;
                break;
            default:
                break;
        }
    }
}
