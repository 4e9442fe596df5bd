namespace BudgetSync.Core.Alerts.Formats;

/// <summary>
/// The one way of texts into formats: names, notes, causes and reasons come from rows, from AWS and from spokes, and each stays in the line that it is put in.
/// A line end in it would let what follows look like a line of ours, such as another amount. AWS takes line ends in names of budgets (Budgets API reference,
/// BudgetName: all characters but <c>:</c> and the backslash).
/// </summary>
internal static class ShownText
{
    /// <summary>As it is shown everywhere. Its key stays the same: in the name of the budget, a part of it, line ends are written out.</summary>
    public static Alert Of(Alert alert) => alert with
    {
        Budget = VisibleText.Line(alert.Budget),
        Level = VisibleText.Line(alert.Level),
        Text = Shortened.Line(alert.Text),
        AccountName = alert.AccountName is { } name ? Shortened.Line(name) : null,
        Note = alert.Note is { } note ? Shortened.Line(note) : null,
        Facts = [.. alert.Facts.Select(fact => new AlertFact(Shortened.Line(fact.Name), Shortened.Line(fact.Value)))],
    };
}
