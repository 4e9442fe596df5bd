using System.Collections.Immutable;
using BudgetSync.Aws.AccountBudgets;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;

namespace BudgetSync.Aws.Apply;

/// <summary>Carries plans out, one after another until the budgets are at rest, and remembers what there is to report.</summary>
/// <param name="alertTopic">The spoke's own topic, where it has one.</param>
internal sealed class PlanExecutor(BudgetsReader reader, BudgetsWriter writer, AccountId account, string? alertTopic, JsonLog log)
{
    private readonly List<string> made = [];
    private readonly List<string> adopted = [];
    private readonly List<string> rejected = [];
    private readonly List<string> waiting = [];
    private readonly List<string> failed = [];
    private readonly Dictionary<string, BudgetSettings> written = new(StringComparer.Ordinal);
    private bool doubted;
    private ActualBudgets? first;
    private ActualBudgets? last;
    private string? firstRevision;
    private DateTimeOffset? spendsReadAt;
    private ImmutableArray<string> drift = [];

    /// <summary>True while no call has changed anything.</summary>
    public bool Quiet => made.Count == 0;

    /// <summary>What was changed so far, a line each.</summary>
    public ImmutableArray<string> Made => [.. made];

    /// <summary>Reads, plans, carries out.</summary>
    /// <returns>False when what was read moved meanwhile, so that another look is due.</returns>
    /// <exception cref="AwsFaultException">A call failed in a way that minutes may heal.</exception>
    public async Task<bool> CarryOutAsync(DesiredBudgets desired, string? revision, DateTimeOffset now, CancellationToken cancellation)
    {
        rejected.Clear();
        waiting.Clear();
        failed.Clear();
        ActualBudgets actual;
        try
        {
            actual = await reader.ReadAsync(desired, cancellation);
        }
        catch (AwsFaultException refused) when (refused.Fault.Kind is not FaultKind.Retry)
        {
            return Stopped(refused.Fault);
        }

        last = first is null ? actual : Spends(first, actual);
        spendsReadAt ??= actual.ReadAt;
        written.Clear();
        if (first is null || firstRevision != revision)
        {
            // What differed before we touched anything, for the revision that will be reported; a later round sees our own work.
            (first, firstRevision) = (last, revision);
            // A topic that no notification has yet is this deployment's news, and no change by hand.
            var asFound = AlertTopic.Added(BudgetsAsOf.BeforeTheDay(desired, actual, now), AlertTopic.SeenIn(actual, account), actual);
            drift = Drift.Between(asFound, actual);
        }

        var asOf = BudgetsAsOf.Of(AlertTopic.Added(desired, alertTopic, actual), now);
        var plan = Planner.Plan(asOf.Budgets, actual);
        rejected.AddRange(asOf.Refusals);
        rejected.AddRange(plan.Refusals);
        waiting.AddRange(plan.Waiting);
        foreach (var takenOver in plan.Adopted.Where(text => !adopted.Contains(text))) adopted.Add(takenOver);
        var changes = plan.Changes.Where(change => !asOf.Refused.Contains(change.BudgetName));
        var reasons = rejected.Count;
        var settled = await MakeAllAsync(new LinkedList<Change>(changes), asOf.Budgets, actual, revision, cancellation);
        if (!settled || doubted || rejected.Count == reasons) return settled;
        // What AWS described may have been out of date, and a plan made of that is refused for no fault of the row: looked at once more before it is
        // believed, because a row that is Rejected is not tried again.
        doubted = true;
        return false;
    }

    public Report Report(DesiredBudgets desired, string? revision, long parameterVersion, DateTimeOffset now) => new()
    {
        Account = account,
        Revision = revision,
        ParameterVersion = parameterVersion,
        // The worst first: what failed may hide what was rejected, and what was rejected does not end by waiting.
        Outcome = failed.Count > 0 ? ReportOutcome.Failed
            : rejected.Count > 0 ? ReportOutcome.Rejected
            : waiting.Count > 0 ? ReportOutcome.Pending
            : ReportOutcome.Applied,
        Reasons = [.. failed, .. rejected, .. waiting],
        Changes = Made,
        Drift = drift,
        Adopted = [.. adopted],
        Budgets = last is null ? [] : ReportedBudget.Of(desired, last, written, spendsReadAt ?? now, now, SpendBounds.Default),
        At = now,
    };

    private async Task<bool> MakeAllAsync(
        LinkedList<Change> changes,
        DesiredBudgets desired,
        ActualBudgets actual,
        string? revision,
        CancellationToken cancellation)
    {
        var settled = true;
        var given = new HashSet<string>(StringComparer.Ordinal);
        while (changes.First is { Value: var change })
        {
            changes.RemoveFirst();
            if (given.Contains(change.BudgetName)) continue;
            try
            {
                await writer.MakeAsync(change, cancellation);
                Note(change);
                made.Add(ChangeDescription.Of(change));
                log.Info(LogEvent.ChangeMade, account.Value, revision, ChangeDescription.Of(change));
            }
            catch (AwsFaultException refused)
            {
                switch (refused.Fault.Kind)
                {
                    case FaultKind.AlreadyDone when change is Change.DeleteBudget
                        or Change.DeleteNotification
                        or Change.DeleteSubscriber
                        or Change.DeleteAction:
                        break;
                    case FaultKind.AlreadyDone:
                        // It is there, but is it as we meant it? An earlier try of ours may have made it, or another writer.
                        settled = false;
                        break;
                    case FaultKind.Conflict:
                        return false;
                    case FaultKind.Rejected when Replacement(change, desired, actual) is { } replacement:
                        log.Warn(
                            LogEvent.ChangeMade,
                            account.Value,
                            revision,
                            $"{ChangeDescription.Of(change)}: AWS refuses to change it in place, so it is deleted and created. {refused.Fault.Reason}");
                        made.Add(
                            $"\"{change.BudgetName}\": AWS refuses to change its type or time unit in place, so it is deleted and created; its history "
                                + $"of spend is lost");
                        while (changes.First is { } next && next.Value.BudgetName == change.BudgetName) changes.RemoveFirst();
                        foreach (var step in replacement.Reverse()) changes.AddFirst(step);
                        break;
                    case FaultKind.Rejected:
                        // The other budgets of the account have done nothing wrong.
                        rejected.Add($"{ChangeDescription.Of(change)}: {refused.Fault.Reason}");
                        given.Add(change.BudgetName);
                        break;
                    case FaultKind.Blocked when refused.Fault.Message.Contains("iam:PassRole", StringComparison.OrdinalIgnoreCase):
                        // It is about this action's role alone. Waiting heals nothing: the row must name another, or the stack be deployed otherwise.
                        rejected.Add(
                            $"{ChangeDescription.Of(change)}: the Apply function may hand AWS Budgets no role but the stack's own, "
                                + $"{Core.Rows.StackDefaults.ActionRole}, which "
                                + $"exists where spokes are deployed with the setting budgetActions; leave ExecutionRoleArn out of the row, or set "
                                + $"budgetActions. "
                                + refused.Fault.Reason);
                        break;
                    case FaultKind.Pending or FaultKind.Blocked:
                        return Stopped(refused.Fault);
                    case FaultKind.Retry when refused.Fault.Code == "ResourceLocked":
                        // Its execution began after we had read it, and outlasts our tries: what holds for an action found locked holds for this one.
                        waiting.Add(
                            $"{ChangeDescription.Of(change)}: AWS is executing the action, which cannot be changed or deleted until that ends; a later "
                                + $"apply does it");
                        break;
                    default:
                        throw;
                }
            }
        }

        return settled;
    }

    /// <summary>What AWS has from now on, until it is read again: what the report tells of the budget's limit.</summary>
    private void Note(Change change)
    {
        switch (change)
        {
            case Change.CreateBudget create:
                written[change.BudgetName] = create.Budget.Settings;
                break;
            case Change.UpdateBudget update:
                written[change.BudgetName] = update.To;
                break;
            case Change.DeleteBudget when last is not null:
                written.Remove(change.BudgetName);
                last = last with
                {
                    Budgets = [.. last.Budgets.Select(budget => budget.Settings.Name == change.BudgetName ? budget with { CurrentLimit = null } : budget)]
                };
                break;
        }
    }

    /// <summary>What holds for the whole account ends the work: every further call would be answered alike.</summary>
    private bool Stopped(AwsFault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Conflict:
                return false;
            case FaultKind.Pending:
                waiting.Add($"{fault.Reason} (AWS takes no budgets in this account yet, so the next apply tries again; accounts are so in their first day)");
                return true;
            case FaultKind.Blocked:
                failed.Add(
                    $"{fault.Reason} (the Apply function lacks this permission; if a service control policy denies regions, it must exempt budgets, which is "
                        + $"served from us-east-1)");
                return true;
            default:
                rejected.Add(fault.Reason);
                return true;
        }
    }

    private static ImmutableArray<Change>? Replacement(Change change, DesiredBudgets desired, ActualBudgets actual) =>
        change is Change.UpdateBudget update
        && actual.Budgets.FirstOrDefault(budget => budget.Settings.Name == change.BudgetName) is { } present
        && desired.Budgets.FirstOrDefault(budget => budget.Settings.Name == change.BudgetName) is { } wanted
        && Planner.MayReplace(update)
            ? Planner.Replacement(wanted, present)
            : null;

    /// <summary>UpdateBudget zeroes what AWS computed, so the spends of the first reading stay the last true ones, and so do the alarms by them.</summary>
    private static ActualBudgets Spends(ActualBudgets earlier, ActualBudgets later)
    {
        var known = earlier.Budgets.ToDictionary(budget => budget.Settings.Name, StringComparer.Ordinal);
        return later with
        {
            Budgets =
            [
                .. later.Budgets.Select(budget => known.TryGetValue(budget.Settings.Name, out var before)
                    ? budget with
                    {
                        ActualSpend = before.ActualSpend,
                        ForecastedSpend = before.ForecastedSpend,
                        UpdatedAt = before.UpdatedAt,
                        Thresholds = before.Thresholds,
                    }
                    : budget)
            ],
        };
    }
}
