using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary>What there is to say of a budget of models beside its state.</summary>
internal static class AiNote
{
    public static string Of(AiLine line, SuspensionBounds bounds) => string.Join("; ", Parts(line, bounds));

    private static IEnumerable<string> Parts(AiLine line, SuspensionBounds bounds)
    {
        if (line.Doubt.Length > 0)
        {
            yield return $"{line.State.Name} then; {line.Doubt}";
            yield break;
        }

        if (line.Pool.Length > 0) yield return $"for the pool {line.Pool}";
        if (line.HeldBack.Length > 0) yield return $"held back: {line.HeldBack}";
        if (line.UncountedCalls > 0) yield return $"{Number.Count(line.UncountedCalls, "call")} without counted tokens";
        // Who is only watched is not suspended anyway.
        if (line.Unattachable.Length > 0 && line.Mode != ResponseMode.WATCH) yield return $"cannot be suspended: {line.Unattachable}";
        var isDue = line.Mode != ResponseMode.WATCH && line.State is AiState.Exceeded or AiState.Grace { Refused.IsEmpty: true };
        if (isDue && WhyNot(line.Subject, bounds) is { Length: > 0 } why)
        {
            yield return why;
            yield break;
        }

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
            case AiState.Restored(_, var restored, _):
                yield return restored;
                break;
            default:
                break;
        }
    }

    /// <summary>Why nothing comes of a limit that is reached, whatever the row's mode; "" where something does.</summary>
    public static string WhyNot(AiSubject subject, SuspensionBounds bounds) =>
        bounds.SnoozedThrough is not null ? bounds.Snoozed
        : subject is AiSubject.Account && bounds.WhyCapOnlyTells.Length > 0 ? $"the cap only tells: {bounds.WhyCapOnlyTells.TrimEnd('.')}"
        : "";
}
