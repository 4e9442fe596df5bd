using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Organizations;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Rows;

namespace BudgetSync.Aws.Propagate;

/// <summary>
/// What was read of the accounts of one batch, by some calls for all of them where each would have made its own. Rows that bear on many of them (an OU's, the
/// default) are read once.
/// </summary>
public sealed class AccountReads
{
    private readonly Dictionary<string, AccountRows> accounts;

    private AccountReads(Dictionary<string, AccountRows> accounts) => this.accounts = accounts;

    /// <summary>Nothing was read: each account reads its own.</summary>
    public static AccountReads None { get; } = new([]);

    /// <summary>
    /// What was read of a record's account; null where that has to be read for itself: no reconcile has seen where the account stands, or the record is of
    /// no account.
    /// </summary>
    public AccountRows? this[StreamRecord record] => accounts.GetValueOrDefault(record.Key);

    /// <summary>Reads the statuses of the records' accounts, and the rows of those whose place is known from them.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public static async Task<AccountReads> ReadAsync(
        IEnumerable<StreamRecord> records, BudgetsTable budgets, StatusTable status, CancellationToken cancellation)
    {
        var ids = records.Select(record => Scope.TryParse(record.Key)).OfType<Scope.Account>().Select(scope => scope.Id).Distinct().ToList();
        var known = await status.ReadAsync([.. ids.Select(id => id.Value)], cancellation);
        var read = new Dictionary<string, AccountRows>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            var row = known.GetValueOrDefault(id.Value);
            if (OrganizationSnapshot.RememberedPath(id, row) is { } path) read[id.Value] = new AccountRows(row, path, []);
        }

        return await WithRowsAsync(read, budgets, cancellation);
    }

    /// <summary>The rows of some of the accounts as they are now.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public Task<AccountReads> AgainAsync(IReadOnlyCollection<StreamRecord> records, BudgetsTable budgets, CancellationToken cancellation) =>
        WithRowsAsync(accounts.Where(pair => records.Any(record => record.Key == pair.Key)).ToDictionary(StringComparer.Ordinal), budgets, cancellation);

    private static async Task<AccountReads> WithRowsAsync(Dictionary<string, AccountRows> accounts, BudgetsTable budgets, CancellationToken cancellation)
    {
        var keys = accounts.Values.SelectMany(account => AccountRows.Keys(account.Path)).Distinct(StringComparer.Ordinal).ToList();
        var rows = (await budgets.ReadAsync(keys, cancellation)).ToDictionary(row => row.Key, StringComparer.Ordinal);
        return new AccountReads(accounts.ToDictionary(
            pair => pair.Key,
            pair => pair.Value with { Rows = [.. AccountRows.Keys(pair.Value.Path).Select(rows.GetValueOrDefault).OfType<RowImage>()] },
            StringComparer.Ordinal));
    }
}
