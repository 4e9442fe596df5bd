using BudgetSync.Aws;
using BudgetSync.Aws.Apply;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Hosting;
using BudgetSync.Aws.Restrictions;
using BudgetSync.Core;
using BudgetSync.Core.Reports;

namespace BudgetSync.Spoke;

/// <summary>
/// The stack's own custom resources: one runs the first apply when the stack comes or changes, the other removes our budgets when it goes. CloudFormation
/// waits up to an hour for an answer, so there always is one, also when the work failed.
/// </summary>
internal sealed class CustomResource(
    Applier applier,
    Func<RestrictionSettings, HubRestrictions> hub,
    Func<RestrictionSettings, RestrictionExecutor> executor,
    Func<RestrictionSettings, RestrictionLease?> lease,
    ReportSender reports,
    CustomResourceAnswer answer,
    AwsCaller caller,
    AccountId account)
{
    /// <exception cref="AwsFaultException">The work failed, which CloudFormation has been told, or the answer could not be sent.</exception>
    /// <returns>Null where the request asks for nothing: a removal that comes, a first apply that goes.</returns>
    public async Task<Report?> AnswerAsync(CustomResourceRequest request, CancellationToken cancellation)
    {
        if (request.IsOfRestrictions)
        {
            await LiftAsync(request, cancellation);
            return null;
        }

        if (request.IsRemoval != (request.Type == "Delete"))
        {
            await SendAsync(request, true, "There is nothing to do.", cancellation);
            return null;
        }

        Report report;
        try
        {
            report = request.Type == "Delete"
                ? await applier.RemoveAsync(cancellation)
                : await applier.ApplyAsync(Trigger.CustomResource, cancellation);
        }
        catch (Exception failure)
        {
            // What minutes may heal is no fault of the deployment either: Lambda runs us again, and FAILED would roll back a stack that is about to work.
            var heals = request.Type != "Delete" && failure is AwsFaultException;
            await SendAsync(request, heals, Redaction.Clean(failure.Message, Limits.CustomResourceReason), cancellation);
            throw;
        }

        // Before the answer: what CloudFormation deletes next is the report's way out.
        await reports.SendAsync(request.Type, report, cancellation);
        // A rejected or waiting row is no fault of the deployment: the report says it where people look for it. Budgets that a deletion left behind are.
        var succeeded = request.Type != "Delete" || report.Outcome is ReportOutcome.Applied or ReportOutcome.Pending;
        await SendAsync(
            request,
            succeeded,
            Redaction.Clean($"{report.Outcome}. {string.Join("; ", report.Reasons)}", Limits.CustomResourceReason),
            cancellation);
        return report;
    }

    /// <summary>
    /// Frees whom the policies bind that the stack is about to lose, and gives back what it stopped in regions that it leaves. What they are is said by the
    /// request: when the feature is switched off, this function's own settings name none any more. What a person attached is that person's to detach, and IAM
    /// deletes no policy that is attached: better the deployment says so than that it leaves a policy behind.
    /// </summary>
    private async Task LiftAsync(CustomResourceRequest request, CancellationToken cancellation)
    {
        EquatableArray<string> foreign = [];
        try
        {
            if (!request.LostPolicies.IsEmpty || !request.LostRegions.IsEmpty)
            {
                var lost = new RestrictionSettings(request.LostPolicies, [])
                {
                    StopRegions = request.LostRegions,
                    OwnRole = request.Role,
                    HubRole = request.HubRole,
                };
                var history = lost.HubRole.Length > 0 ? await hub(lost).ReadHistoryAsync(cancellation) : [];
                // It has one chance: whatever it answers is the deployment's result. A run that died is likelier than one that still works after a minute.
                foreign = lease(lost) is { } one
                    ? await one.HoldAsync(mustHold: false, begun => executor(lost).LiftAsync(history, begun, cancellation), cancellation)
                    : await executor(lost).LiftAsync(history, caller.Now, cancellation);
            }
        }
        catch (AwsFaultException stuck)
        {
            await SendAsync(request, false, Redaction.Clean(stuck.Message, Limits.CustomResourceReason), cancellation);
            throw;
        }

        var reason = foreign.IsEmpty
            ? "No role or user is bound any more by a policy that goes, and what was stopped is started."
            : $"What BudgetSync had attached is detached. A policy that goes is attached, and not by BudgetSync as it has written down; IAM deletes none that "
                + "is attached: detach "
                + $"{string.Join(", ", foreign)} by hand (policies of the path /BudgetSync/), and do this again.";
        await SendAsync(request, foreign.IsEmpty, Redaction.Clean(reason, Limits.CustomResourceReason), cancellation);
    }

    private Task SendAsync(CustomResourceRequest request, bool succeeded, string reason, CancellationToken cancellation)
    {
        // The template's schedule of looks reads it.
        var values = new Dictionary<string, string> { ["LookSchedule"] = LookSchedule.Of(account, request.LookEvery) };
        return answer.SendAsync(request, succeeded, reason, values, cancellation);
    }
}
