using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend.Envelopes;

namespace BudgetSync.Core.Page;

/// <summary>An OU, the root or <c>default</c>, and what is allowed, allocated and spent below it.</summary>
/// <param name="Scope">Its key.</param>
/// <param name="Name">The OU's name; "" where it has none.</param>
/// <param name="Depth">0 for the root and <c>default</c>, 1 for an OU below the root.</param>
/// <param name="Amount">Null for an OU without an envelope, which stands there for the tree's sake.</param>
public sealed record PageEnvelope(string Scope, string Name, int Depth, Envelope? Amount, EnvelopeStanding? Standing);
