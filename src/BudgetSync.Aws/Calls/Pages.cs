using BudgetSync.Aws.Faults;

namespace BudgetSync.Aws.Calls;

/// <summary>Reads what AWS answers in pages.</summary>
public static class Pages
{
    /// <summary>
    /// All items of all pages, in AWS's order. A page may be empty and still have a successor, so only the missing token ends it
    /// (https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsForParent.html).
    /// </summary>
    /// <param name="read">Asks for the page of a token (null: the first) and answers its items and the token of the next one.</param>
    /// <param name="attempts">As of <see cref="AwsCaller"/>, for each page.</param>
    /// <remarks>A token that AWS does not take any more (it expired, or what is listed changed) begins the reading again, a bounded number of times.</remarks>
    /// <exception cref="AwsFaultException">A page could not be read.</exception>
    /// <exception cref="InvalidOperationException">There is no end within <see cref="Limits.Pages"/> pages.</exception>
    public static async Task<IReadOnlyList<TItem>> ReadAsync<TItem, TToken>(
        AwsCaller caller,
        string service,
        string operation,
        Func<TToken?, CancellationToken, Task<(List<TItem>? Items, TToken? Next)>> read,
        CancellationToken cancellation,
        int attempts = Limits.Attempts)
        where TToken : class
    {
        for (var restarts = 0; ; restarts++)
        {
            try
            {
                return await ReadOnceAsync(caller, service, operation, read, attempts, cancellation);
            }
            catch (AwsFaultException lost) when (lost.Fault.Code is "ExpiredNextToken" or "InvalidNextToken" && restarts < Limits.PageRestarts)
            {
            }
        }
    }

    private static async Task<IReadOnlyList<TItem>> ReadOnceAsync<TItem, TToken>(
        AwsCaller caller,
        string service,
        string operation,
        Func<TToken?, CancellationToken, Task<(List<TItem>? Items, TToken? Next)>> read,
        int attempts,
        CancellationToken cancellation)
        where TToken : class
    {
        var all = new List<TItem>();
        TToken? next = null;
        for (var page = 0; page < Limits.Pages; page++)
        {
            var (items, following) = await caller.CallAsync(service, operation, token => read(next, token), cancellation, attempts: attempts);
            if (items is not null) all.AddRange(items);
            // The token of a scan is a key: an empty one ends it as an empty text does.
            if (following is null or "" or System.Collections.ICollection { Count: 0 }) return all;
            next = following;
        }

        throw new InvalidOperationException($"{service}:{operation} did not end within {Limits.Pages} pages.");
    }
}
