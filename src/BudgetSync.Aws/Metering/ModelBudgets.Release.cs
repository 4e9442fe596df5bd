using System.Collections.Immutable;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Core;
using BudgetSync.Core.Ai;

namespace BudgetSync.Aws.Metering;

/// <content>A stack that goes.</content>
public sealed partial class ModelBudgets
{
    /// <summary>So many rounds in a row find nothing before a stack that goes counts as having given back all.</summary>
    private const int Quiet = 2;

    /// <summary>
    /// Gives everybody back what was taken, because the stack goes. A batch may be counted at this moment: from now on no run suspends anybody, and what one
    /// was about to is given back after it.
    /// </summary>
    /// <exception cref="AwsFaultException">AWS failed.</exception>
    public async Task ReleaseAsync(CancellationToken cancellation)
    {
        await table.GoAsync(cancellation);
        var held = await GiveBackAsync(cancellation);
        // A last round that is the first to find nothing is followed by one more.
        for (var (round, quiet) = (0, 0); quiet < Quiet && round < Limits.ReleaseWaits.Length + quiet; round++)
        {
            await caller.WaitAsync(Limits.ReleaseWaits[Math.Min(round, Limits.ReleaseWaits.Length - 1)], cancellation);
            held = await GiveBackAsync(cancellation);
            quiet = held.IsEmpty ? quiet + 1 : 0;
        }

        if (held.IsEmpty) return;
        var names = string.Join(", ", held.Distinct(StringComparer.Ordinal).Take(PermissionSets.MostNamed));
        var why = $"what models were denied for is not given back: {names}; delete the stack again";
        throw new AwsFaultException(
            new AwsFault(FaultKind.Retry, "NotGivenBack", "iam", "ListEntitiesForPolicy", why, Known: true), new InvalidOperationException(why));
    }

    /// <returns>Who was still denied when it began, and whom IAM refused.</returns>
    private async Task<ImmutableArray<string>> GiveBackAsync(CancellationToken cancellation)
    {
        var held = ImmutableArray.CreateBuilder<string>();
        foreach (var (record, _) in (await table.RecordsAsync(cancellation)).Records)
        {
            var keys = record.Taken.Items.Remove(AiRecord.Policy);
            if (record.Subject is AiSubject.Principal({ Kind: AiPrincipalKind.ApiKey } user) && !keys.IsEmpty)
                await TryAsync(user.Name, () => GiveKeysAsync(user, keys));
        }

        var seen = await suspension.SeeAsync(isOfRoles: false, cancellation);
        var principals = seen.Bound.Select(AiPrincipal.Parse).OfType<AiPrincipal>().ToList();
        held.AddRange(principals.Select(principal => principal.Name));
        if (principals.Exists(principal => principal.Kind == AiPrincipalKind.Person))
            await TryAsync(PeoplePolicy.Name, () => suspension.TakeAsync(new AiStep.SetPeople([]), cancellation));
        foreach (var principal in principals.Where(principal => principal.Kind != AiPrincipalKind.Person))
            await TryAsync(principal.Name, () => suspension.TakeAsync(new AiStep.SetPolicy(principal, Attached: false), cancellation));
        return held.ToImmutable();

        async Task GiveKeysAsync(AiPrincipal user, EquatableSet<string> keys)
        {
            // Of a key that has expired IAM takes no status. Also what is Active to it: another answer of it may be older.
            var listed = await suspension.ListedAsync(user, keys, cancellation);
            held.AddRange(listed.Where(key => !key.Active).Select(key => $"key {key.Id} of {user.Name}"));
            if (!listed.IsEmpty) await suspension.TakeAsync(new AiStep.SetKeys(user, [.. listed.Select(key => key.Id)], Active: true), cancellation);
        }

        // One that IAM refuses keeps no other from being given back.
        async Task TryAsync(string name, Func<Task> give)
        {
            try
            {
                await give();
            }
            catch (AwsFaultException refused)
            {
                log.Error(LogEvent.MeterRefused, account.Value, null, Redaction.Clean($"{name}: {refused.Message}"));
                held.Add($"{name} ({refused.Fault.Code})");
            }
        }
    }
}
