using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Tests.Rows;

/// <summary>One rule with what just keeps it and what just breaks it.</summary>
/// <param name="Kept">A row (nearest first where there are several), or a parameter document, that is right.</param>
/// <param name="Broken">One step further: it breaks this rule and no other.</param>
public sealed record RuleCase(string Rule, string[] Kept, string[] Broken)
{
    public bool IsDocument { get; init; }

    /// <summary>The account the broken rows are resolved for.</summary>
    public string Account { get; init; } = "111122223333";

    /// <summary>The account the right rows are resolved for, where it is another.</summary>
    public string? KeptIn { get; init; }

    public override string ToString() => $"{Rule}: {string.Join(' ', Broken)}"[..Math.Min(100, $"{Rule}: {string.Join(' ', Broken)}".Length)];

    internal static IReadOnlyList<Problem> Problems(bool document, string inAccount, string[] texts)
    {
        var problems = new ProblemList();
        var account = AccountId.Parse(inAccount);
        if (document)
            DocumentReader.Read(Assert.Single(texts), account, Given.Defaults, problems);
        else
            Resolver.Resolve(account, [.. texts.Select(text => Given.Row(text, account))], Given.Defaults, problems);
        return problems.All;
    }
}
