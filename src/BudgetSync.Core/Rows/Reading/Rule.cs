namespace BudgetSync.Core.Rows.Reading;

/// <summary>One rule a row must keep, with the AWS page or model it comes from, or why it is ours.</summary>
internal sealed record Rule(string Name, string Source);

/// <summary>One rule broken in one place.</summary>
/// <param name="Path">Where: <c>BudgetValue</c>, <c>Budgets[1].Thresholds[0]</c>, <c>row "default": BudgetValue</c>.</param>
/// <param name="Text">
/// The value, the rule and the way out. It may quote an e-mail address: it is shown to the people who keep the rows and never logged.
/// </param>
internal sealed record Problem(Rule Rule, string Path, string Text)
{
    public override string ToString() => $"{Path}: {Text}";
}

/// <summary>Collects what is wrong, so that one reading tells everything and not only the first.</summary>
internal sealed class ProblemList
{
    private readonly List<Problem> problems = [];

    public int Count => problems.Count;

    public IReadOnlyList<Problem> All => problems;

    /// <summary>True where something is wrong in this very place.</summary>
    public bool IsAt(string path) => problems.Exists(problem => problem.Path == path);

    public void Add(Rule rule, string path, string text) => problems.Add(new Problem(rule, path, text));
}
