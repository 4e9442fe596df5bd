using System.Collections.Immutable;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Building;

/// <summary>Looks at one row alone, without the rows it may inherit from.</summary>
public static class RowCheck
{
    /// <summary>
    /// Every problem that no other row can mend, in words for people; empty when there is none. What is missing is no problem here, because a farther
    /// row may give it. The messages may quote e-mail addresses: they are shown to those who keep the rows, and never logged.
    /// </summary>
    public static ImmutableArray<string> Problems(RowImage row, StackDefaults defaults)
    {
        var problems = new ProblemList();
        var draft = RowReader.Read(row, "", problems);
        RowNotify.Check(draft, defaults, problems);
        RowResponses.Check(draft, defaults, problems);
        AccountId? account = AccountId.TryParse(row.Key, out var id) ? id : null;
        BudgetBuilder.Build(Inheritance.Merge([draft]), new BuildContext(defaults, account, Alone: true), problems);
        return [.. Reasons.Of(problems), .. ItemCheck.Problems(row)];
    }
}
