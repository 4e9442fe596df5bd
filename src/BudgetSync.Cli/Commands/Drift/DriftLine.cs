using System.Collections.Immutable;

namespace BudgetSync.Cli.Commands.Drift;

/// <summary>The three answers that looking for drift has, and those accounts that are not looked into.</summary>
internal enum DriftState
{
    /// <summary>The account has what its rows ask for.</summary>
    InSync,

    /// <summary>It does not.</summary>
    Drifted,

    /// <summary>It could not be looked into, or its rows are wrong: what is true there is not known.</summary>
    Unchecked,

    /// <summary>No row applies, or its row says to leave it alone.</summary>
    Uncovered,
}

/// <summary>What was found in one account.</summary>
/// <param name="Details">How it drifted, or why it is unchecked; a line each.</param>
internal sealed record DriftLine(string AccountId, string Name, DriftState State, ImmutableArray<string> Details);
