using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Propagate;

/// <summary>How one attempt to propagate an account ended.</summary>
/// <param name="Status">The account's status after it; null where there is none, or none was to be had.</param>
/// <param name="Revision">What the parameter is to hold; null where the account needs no parameter.</param>
/// <param name="MustCheck">The parameter was written, perhaps over what another wrote of newer rows: the rows have to be read once more.</param>
public sealed record PropagationStep(PropagationOutcome Outcome, StatusRow? Status, string? Revision, bool MustCheck);
