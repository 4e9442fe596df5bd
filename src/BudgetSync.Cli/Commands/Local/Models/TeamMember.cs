using BudgetSync.LocalAws.Bedrock;

namespace BudgetSync.Cli.Commands.Local.Models;

/// <summary>Somebody who calls a model once a minute.</summary>
/// <param name="Name">As rows call the principal: <c>role/DataScience</c>.</param>
/// <param name="Call">Always the same.</param>
/// <param name="From">When the first one is, counted from the beginning.</param>
internal sealed record TeamMember(string Name, ModelCall Call, TimeSpan From)
{
    public bool CallsAt(TimeSpan passed) => passed >= From && (passed - From).Ticks % TimeSpan.TicksPerMinute == 0;

    /// <summary>Calls, answered and refused.</summary>
    public int Calls { get; set; }

    public int Refused { get; set; }

    /// <summary>Whether the last call was.</summary>
    public bool WasRefused { get; set; }

    /// <summary>When it was first seen suspended, and when given back; null: not yet.</summary>
    public DateTimeOffset? SuspendedAt { get; set; }

    public DateTimeOffset? RestoredAt { get; set; }

    /// <summary>A person gave it back, and no new window.</summary>
    public bool ByHand { get; set; }
}
