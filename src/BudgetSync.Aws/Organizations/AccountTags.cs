using System.Collections.Concurrent;
using Amazon.Organizations;
using Amazon.Organizations.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Organizations;

/// <summary>
/// Whether accounts have the protect tag. Organizations tells the tags of one account a call, at a rate that it does not publish: so only those that have
/// something to be restricted are asked about, one at a time, and what it said is believed for <see cref="Limits.TagsBelieved"/>.
/// </summary>
public sealed class AccountTags(IAmazonOrganizations organizations, AwsCaller caller, TimeProvider time)
{
    private const string Service = "organizations";
    private const string Operation = "ListTagsForResource";
    private readonly ConcurrentDictionary<AccountId, (AccountProtection Protection, DateTimeOffset At)> known = new();
    private readonly AdaptiveRateLimiter pace = new(Limits.TagReadsPerSecond, Limits.TagReadsPerSecond, time);

    /// <summary>What was read a while ago.</summary>
    public AccountProtection Known(AccountId account) =>
        known.TryGetValue(account, out var read) && time.GetUtcNow() - read.At < Limits.TagsBelieved ? read.Protection : new AccountProtection.NotAsked();

    /// <summary>What is true now. Where AWS does not say, that.</summary>
    /// <param name="insists">
    /// False: AWS is asked once, and is not pressed where it has no time. Thousands of accounts that are found over their limit within the hour are as many
    /// events, each in a function of its own, and Organizations serves others too.
    /// </param>
    public async Task<AccountProtection> ReadAsync(AccountId account, bool insists, CancellationToken cancellation)
    {
        // Before AWS answers: what is tagged while it does may be in the answer or not.
        var at = time.GetUtcNow();
        try
        {
            var tags = await Pages.ReadAsync(
                caller,
                Service,
                Operation,
                (string? next, CancellationToken token) => PageAsync(account, next, token),
                cancellation,
                insists ? Limits.Attempts : 1);
            AccountProtection read = tags.Any(tag => tag.Key == ProtectTag.Key && ProtectTag.Protects(tag.Value ?? ""))
                ? new AccountProtection.Tagged()
                : new AccountProtection.None(at);
            known[account] = (read, at);
            return read;
        }
        catch (AwsFaultException refused)
        {
            return new AccountProtection.Unknown($"whether the account has the tag {ProtectTag.Key} is not known: {refused.Fault.Reason}");
        }
    }

    private async Task<(List<Tag>? Tags, string? Next)> PageAsync(AccountId account, string? next, CancellationToken cancellation)
    {
        await pace.TurnAsync(cancellation);
        try
        {
            var request = new ListTagsForResourceRequest { ResourceId = account.Value, NextToken = next };
            var answer = await organizations.ListTagsForResourceAsync(request, cancellation);
            return (answer.Tags, answer.NextToken);
        }
        catch (TargetNotFoundException)
        {
            // It has left the organization, which the next reconcile says.
            return (null, null);
        }
        catch (Amazon.Runtime.AmazonServiceException refused) when (FaultTable.IsThrottling(refused))
        {
            pace.Throttled();
            throw;
        }
    }
}
