using BudgetSync.Core.Ai;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Parameter;

/// <summary>What a parameter's text turned out to say.</summary>
public abstract record ParsedDocument
{
    private ParsedDocument()
    {
    }

    /// <param name="Revision">Of the budgets, not of the text: a document typed by hand in another form has the revision of its canonical form.</param>
    public sealed record Read(DesiredBudgets Budgets, string Revision) : ParsedDocument
    {
        /// <summary>What the spoke is to keep in force, in order of id; what is not here is to be lifted.</summary>
        public EquatableArray<DesiredRestriction> Restrictions { get; init; } = [];

        /// <summary>What models may cost; null where the document says nothing: then <see cref="AiPolicy.Empty"/> holds, which only watches.</summary>
        public AiPolicy? Ai { get; init; }
    }

    /// <summary>
    /// The spoke is released: its budgets are not ours any more, and are left exactly as they are. Restrictions are ours to the end: none is asked for, so
    /// all are lifted.
    /// </summary>
    public sealed record Released(string Revision) : ParsedDocument;

    /// <summary>No document of ours and nothing that can be read as one: every reason at once.</summary>
    public sealed record Malformed(EquatableArray<string> Reasons) : ParsedDocument;
}
