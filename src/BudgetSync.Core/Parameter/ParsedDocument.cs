using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Parameter;

/// <summary>What a parameter's text turned out to say.</summary>
public abstract record ParsedDocument
{
    private ParsedDocument()
    {
    }

    /// <param name="Revision">Of the budgets, not of the text: a document typed by hand in another form has the revision of its canonical form.</param>
    public sealed record Read(DesiredBudgets Budgets, string Revision) : ParsedDocument;

    /// <summary>The spoke is released: its budgets are not ours any more, and are left exactly as they are.</summary>
    public sealed record Released(string Revision) : ParsedDocument;

    /// <summary>No document of ours and nothing that can be read as one: every reason at once.</summary>
    public sealed record Malformed(EquatableArray<string> Reasons) : ParsedDocument;
}
