namespace BudgetSync.LocalAws.Lambda;

/// <summary>
/// A function's code in this process: called once per invocation of its environment, never twice at once. What it throws is a function error.
/// </summary>
public delegate Task<byte[]> InProcessFunction(ReadOnlyMemory<byte> payload, InvocationContext context);
