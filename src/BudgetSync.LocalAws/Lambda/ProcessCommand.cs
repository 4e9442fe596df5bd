using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>How to start a function's executable.</summary>
/// <param name="FileName">A path, or a program on PATH (<c>dotnet</c>).</param>
/// <param name="Arguments">Each passed on as it is, without a shell.</param>
public sealed record ProcessCommand(string FileName, ImmutableArray<string> Arguments);
