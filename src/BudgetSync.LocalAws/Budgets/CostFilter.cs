using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>What a budget is narrowed to: a name of CostFilters, a dimension, or the kind of another leaf of an expression, and its values.</summary>
internal readonly record struct CostFilter(string Name, ImmutableArray<string> Values);
