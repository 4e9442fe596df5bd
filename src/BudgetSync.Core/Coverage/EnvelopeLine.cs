using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend.Envelopes;

namespace BudgetSync.Core.Coverage;

/// <summary>One envelope and where it stands.</summary>
/// <param name="Key">The key of the row that has it.</param>
/// <param name="Name">The OU's name; "" where it has none.</param>
/// <param name="Shares">What each account gets of it; empty where it does not come down.</param>
public sealed record EnvelopeLine(string Key, string Name, Envelope Envelope, EnvelopeStanding Standing, EquatableArray<EnvelopeShare> Shares);
