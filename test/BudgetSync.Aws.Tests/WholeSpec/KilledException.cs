namespace BudgetSync.Aws.Tests.WholeSpec;

/// <summary>The function died: nothing in the product may take it for an answer of AWS.</summary>
internal sealed class KilledException : Exception;
