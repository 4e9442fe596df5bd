using System.Globalization;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;

namespace BudgetSync.Aws.Spokes;

/// <summary>The one parameter of each spoke, seen from the management account.</summary>
public sealed class SpokeParameter(SpokeSessions sessions, string name, AwsCaller caller, TimeProvider time)
{
    /// <summary>
    /// Makes the parameter say <paramref name="document"/>. Each write runs an Apply, so what may say it already is read first, and left where it does.
    /// </summary>
    /// <param name="revision">What the document's budgets are called; it goes into the parameter's description for a person who looks.</param>
    /// <param name="mayBeRight">False where it last was to say something else, as far as is known: then it is written without a look.</param>
    /// <param name="askAgain">
    /// Write even where the text is right already: the event of the last write was lost or its Apply failed, and only a new version runs another.
    /// </param>
    /// <param name="written">
    /// The version that we wrote last; 0 where none is known. A lower one is of a parameter that somebody deleted and made anew: it counts as nobody's word for
    /// models and restrictions, whatever it says, so it is written again.
    /// </param>
    /// <param name="beforeWrite">Done before it is written, and only where it is going to be.</param>
    /// <returns>Whether it was written, and the version that now says it.</returns>
    /// <exception cref="AwsFaultException">The account or SSM failed.</exception>
    public Task<(bool Written, long Version)> SetAsync(
        AccountId account,
        string document,
        string revision,
        bool mayBeRight,
        bool askAgain,
        long written,
        Func<CancellationToken, Task> beforeWrite,
        CancellationToken cancellation) =>
        WithFreshSessionAsync(account, async () =>
        {
            var systems = await sessions.OpenAsync(account, cancellation);
            var present = mayBeRight && !askAgain ? await ParameterReader.ReadAsync(systems, name, caller, cancellation) : null;
            if (present?.Text == document && present.Version >= written) return (false, present.Version);
            await beforeWrite(cancellation);
            return (true, await PutAsync(systems, Write(document, revision, askAgain || present?.Text == document), cancellation));
        });

    /// <summary>Makes the parameter release the spoke (<see cref="ParameterDocument.Released"/>), where there is one.</summary>
    /// <returns>Whether it was written, and the version that now says it; 0 where there is no parameter, which asks for nothing either.</returns>
    /// <exception cref="AwsFaultException">The account or SSM failed.</exception>
    public Task<(bool Written, long Version)> ReleaseAsync(AccountId account, string revision, CancellationToken cancellation) =>
        WithFreshSessionAsync(account, async () =>
        {
            var systems = await sessions.OpenAsync(account, cancellation);
            var present = await ParameterReader.ReadAsync(systems, name, caller, cancellation);
            if (present is null) return (false, 0);
            if (present.Text == ParameterDocument.Released) return (false, present.Version);
            return (true, await PutAsync(systems, Write(ParameterDocument.Released, revision, askAgain: false), cancellation));
        });

    /// <summary>
    /// Takes restrictions out of what we wrote last, whoever wrote over it since, brings into it what is asked of models, and leaves all else in it as it is.
    /// What is there already is left, unless <paramref name="askAgain"/> says so.
    /// </summary>
    /// <param name="kept">Ids of the restrictions that stay, where they are asked for.</param>
    /// <param name="models">What is asked of models beside budgets; null: as it is.</param>
    /// <param name="role">Who wrote a version is AWS's record, and what others wrote is nobody's word for restrictions.</param>
    /// <returns>What it then says, or said already; null where none of the versions that AWS keeps is ours and can be read.</returns>
    /// <exception cref="AwsFaultException">The account or SSM failed, or does not let us see who wrote the versions.</exception>
    public Task<AmendedParameter?> AmendAsync(
        AccountId account,
        IReadOnlyCollection<string> kept,
        AiTravel? models,
        SpokeRole role,
        StackDefaults defaults,
        bool askAgain,
        CancellationToken cancellation) =>
        WithFreshSessionAsync(account, async () =>
        {
            var systems = await sessions.OpenAsync(account, cancellation);
            if (await ParameterReader.ReadAsync(systems, name, caller, cancellation) is not { } present) return null;
            var versions = new HubVersions(new WrittenVersions(systems, name, caller), role.SessionName, account, role.Partition);
            // Versions begin again where somebody deleted the parameter and made it anew.
            var (ours, newest) = await versions.ReadAsync(present.Version, cancellation);
            if (ours.Count == 0 || ParameterDocument.Amended(ours[^1].Text, kept, models, account, defaults) is not { } document) return null;
            var revision = ParameterDocument.Revision(document);
            if (document == ours[^1].Text && !askAgain) return new AmendedParameter(false, ours[^1].Version, revision);
            return new AmendedParameter(true, await PutAsync(systems, Write(document, revision, document == newest.Text), cancellation), revision);
        });

    private async Task<T> WithFreshSessionAsync<T>(AccountId account, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (AwsFaultException refused) when (refused.Fault is
        {
            Kind: FaultKind.Retry, Code: "ExpiredToken"
            or "UnrecognizedClient"
            or "InvalidClientTokenId"
        })
        {
            // The session ended before its time (it was revoked): take another, once.
            sessions.Drop(account);
            return await work();
        }
    }

    private PutParameterRequest Write(string document, string revision, bool askAgain) => new()
    {
        Name = name,
        Value = document,
        Overwrite = true,
        // Wanted on the first write and taken on every other; left out of those, it would be missing where the parameter is deleted after we have read it.
        Type = ParameterType.String,
        // Whether AWS makes a new version, and an event, of a write that changes nothing is not documented: the description then differs.
        Description = askAgain
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Written by BudgetSync, revision {revision}, asked again at {time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ}")
            : $"Written by BudgetSync, revision {revision}",
        // A request without a tier asks for the account's default tier, which is standard where it was not changed, and a parameter that was once advanced
        // refuses that for ever (Systems Manager user guide, "Managing parameter tiers"). This asks for advanced only where the size needs it.
        Tier = ParameterTier.IntelligentTiering,
    };

    private async Task<long> PutAsync(
        IAmazonSimpleSystemsManagement systems, PutParameterRequest request, CancellationToken cancellation, bool mayMakeAnew = true)
    {
        try
        {
            return (await caller.CallAsync("ssm", "PutParameter", token => systems.PutParameterAsync(request, token), cancellation)).Version ?? 0;
        }
        catch (AwsFaultException refused) when (request.Tier != ParameterTier.Advanced && ParameterObstacle.WantsAdvanced(refused.Fault))
        {
            // Whether intelligent tiering keeps an advanced parameter advanced for a short value is documented nowhere: where it does not, we ask for it.
            request.Tier = ParameterTier.Advanced;
            return await PutAsync(systems, request, cancellation, mayMakeAnew);
        }
        catch (AwsFaultException refused) when (mayMakeAnew && ParameterObstacle.WantsAnother(refused.Fault))
        {
            await DeleteAsync(systems, refused, cancellation);
            return await PutAsync(systems, request, cancellation, mayMakeAnew: false);
        }
    }

    /// <summary>
    /// Somebody made the parameter so that it cannot be written over: it is ours alone, and its account would stay as it is for good. A crash before it is
    /// written leaves none, which asks for nothing: what is in force stays, and whoever is called next writes it. AWS wants 30 seconds between the two (API
    /// reference, DeleteParameter) and does not say what comes of less: what it refuses is such a crash.
    /// </summary>
    /// <exception cref="AwsFaultException">SSM failed; <paramref name="refused"/> where the spoke's stack is older than this permission.</exception>
    private async Task DeleteAsync(IAmazonSimpleSystemsManagement systems, AwsFaultException refused, CancellationToken cancellation)
    {
        try
        {
            var request = new DeleteParameterRequest { Name = name };
            await caller.CallAsync("ssm", "DeleteParameter", token => systems.DeleteParameterAsync(request, token), cancellation);
        }
        catch (AwsFaultException gone) when (gone.Fault.Kind == FaultKind.AlreadyDone)
        {
            // Somebody else was faster.
        }
        catch (AwsFaultException denied) when (denied.Fault.Kind == FaultKind.Blocked)
        {
            throw new AwsFaultException(refused.Fault, denied);
        }
    }
}
