namespace BudgetSync.Compat.Tests.Clients;

/// <summary>One call of one operation.</summary>
/// <param name="Target">The header <c>X-Amz-Target</c>.</param>
/// <param name="Body">The JSON sent.</param>
/// <param name="Answer">The JSON answered.</param>
/// <param name="Call">Makes the call, and says in a word what it read of the answer.</param>
/// <param name="Read">What it must have read.</param>
internal sealed record Exchange(string Target, string Body, string Answer, Func<StubService, Task<string?>> Call, string? Read);
