namespace BudgetSync.Cli;

/// <summary>Ctrl+C came, and what it left behind has been told already.</summary>
internal sealed class InterruptedException(Exception inner) : OperationCanceledException(inner.Message, inner);
