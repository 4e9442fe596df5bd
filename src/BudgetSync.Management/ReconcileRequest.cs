using System.Collections.Immutable;
using System.Text.Json;
using BudgetSync.Aws.Hosting;
using BudgetSync.Core;

namespace BudgetSync.Management;

/// <summary>
/// What a reconcile is asked for: <c>{"accounts":["111122223333"],"force":true}</c>. Both may be missing, as in the schedule's event: then all accounts,
/// and only the tries that are due. An event of Organizations asks for its own account, now.
/// </summary>
/// <param name="Since">When a person asked who needs several invocations: <c>"since":"2026-01-02T03:04:05Z"</c>; null where none did.</param>
internal sealed record ReconcileRequest(ImmutableHashSet<AccountId> Accounts, bool Force, DateTimeOffset? Since)
{
    /// <exception cref="ArgumentException">It is no JSON, or an account is none.</exception>
    public static ReconcileRequest Parse(ReadOnlyMemory<byte> payload)
    {
        using var document = EventPayload.Read(payload);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) return new ReconcileRequest([], false, null);
        if (OrganizationEvent.Accounts(root).ToImmutableHashSet() is { IsEmpty: false } joined)
            return new ReconcileRequest(joined, true, null);
        var accounts = ImmutableHashSet.CreateBuilder<AccountId>();
        if (root.TryGetProperty("accounts", out var listed) && listed.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in listed.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.String || !AccountId.TryParse(item.GetString(), out var account))
                    throw new ArgumentException($"accounts: {item.GetRawText()} is no account id; write its 12 digits in quotation marks", nameof(payload));
                accounts.Add(account);
            }
        }

        DateTimeOffset? since = root.TryGetProperty("since", out var asked) && asked.ValueKind == JsonValueKind.String && asked.TryGetDateTimeOffset(out var at)
            ? at
            : null;
        return new ReconcileRequest(accounts.ToImmutable(), root.TryGetProperty("force", out var force) && force.ValueKind == JsonValueKind.True, since);
    }
}
