using System.Collections.Immutable;
using System.Text;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Parameter;

/// <summary>Turns the rows that bear on an account into the budgets it should have.</summary>
public static class Resolver
{
    /// <summary>
    /// Never throws for bad data. An inherited row that is wrong rejects the accounts it covers, and the reasons name it, even where a nearer row
    /// covers the wrong attribute: a row that cannot be trusted is not half obeyed. A nearer <c>Enabled: false</c> comes before any of that.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="nearestFirst">The account's own row, its OU's, the parent OU's …, the root's, default's: those that exist.</param>
    /// <param name="defaults">What the stack says where no row does.</param>
    public static Resolution Resolve(AccountId account, ImmutableArray<RowImage> nearestFirst, StackDefaults defaults) =>
        Resolve(account, nearestFirst, defaults, new ProblemList());

    /// <param name="account">As above.</param>
    /// <param name="nearestFirst">As above.</param>
    /// <param name="defaults">As above.</param>
    /// <param name="problems">Takes the problems with the rules they break.</param>
    internal static Resolution Resolve(AccountId account, ImmutableArray<RowImage> nearestFirst, StackDefaults defaults, ProblemList problems)
    {
        if (nearestFirst.IsEmpty)
            return new Resolution.Uncovered();
        var drafts = new List<RowDraft>(nearestFirst.Length);
        var from = ImmutableArray.CreateBuilder<Scope>(nearestFirst.Length);
        foreach (var row in nearestFirst)
        {
            var prefix = row.Key == account.Value ? "" : $"row {ValueAt.Quote(row.Key)}: ";
            drafts.Add(RowReader.Read(row, prefix, problems));
            RowNotify.Check(drafts[^1], defaults, problems);
            RowResponses.Check(drafts[^1], defaults, problems);
            if (Scope.TryParse(row.Key) is { } scope)
                from.Add(scope);
            if (from.LastOrDefault() is Scope.Account { Id: var other } && other != account && row.Key == other.Value)
                problems.Add(RowRules.OwnAccount, prefix + RowAttributes.Key, $"the row of {other} does not bear on {account}");
        }

        if (IsDisabled(nearestFirst, drafts))
            return new Resolution.Disabled();
        var budgets = BudgetBuilder.Build(Inheritance.Merge(drafts), new BuildContext(defaults, account, Alone: false), problems);
        var ai = AiBuilder.Build(drafts, defaults, problems);
        return problems.Count > 0
            ? new Resolution.Rejected(Reasons.Of(problems))
            : Carry(
                budgets,
                ai,
                problems,
                from.ToImmutable(),
                drafts.Select(draft => draft.OnDelete?.Value).FirstOrDefault(onDelete => onDelete is not null) ?? OnDelete.REVERT);
    }

    private static Resolution Carry(DesiredBudgets budgets, AiPolicy? ai, ProblemList problems, ImmutableArray<Scope> from, OnDelete onDelete)
    {
        var document = ParameterDocument.Format(budgets);
        var bytes = Encoding.UTF8.GetByteCount(ParameterDocument.Format(budgets, [], ai));
        if (bytes <= AwsLimits.ParameterBytes)
            return new Resolution.Desired(budgets, new DesiredParameter(document, ParameterDocument.Revision(document), from, onDelete)
            {
                Turns = [.. budgets.Budgets.SelectMany(budget => budget.LimitTurns()).Distinct().Order()]
            })
            {
                Ai = ai
            };
        problems.Add(
            RowRules.DocumentSize,
            "parameter document",
            $"{bytes} bytes; a parameter holds {AwsLimits.ParameterBytes}, so use fewer budgets, thresholds, recipients, filter values or entries of Ai");
        return new Resolution.Rejected(Reasons.Of(problems));
    }

    // The nearest row that says anything about Enabled decides; one that says it illegibly decides nothing and is rejected.
    private static bool IsDisabled(ImmutableArray<RowImage> rows, List<RowDraft> drafts)
    {
        var decides = Enumerable.Range(0, rows.Length).FirstOrDefault(number => rows[number].Attributes.ContainsKey("Enabled"), -1);
        return decides >= 0 && drafts[decides].Enabled is { Value: false };
    }
}
