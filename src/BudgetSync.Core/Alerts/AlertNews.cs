namespace BudgetSync.Core.Alerts;

/// <summary>Whether what is found of an open alert is worth another message, and what it has told then.</summary>
internal static class AlertNews
{
    /// <summary>
    /// Levels that an alert remembers having told, the last ones: a budget has ten notifications at most, which are told by themselves or two at a time, and a
    /// report may say anything.
    /// </summary>
    private const int MostLevels = 30;

    /// <summary>
    /// What is no better than was told, and was not told. Of a restriction each state that was not told: that it is in force now also after it had failed.
    /// </summary>
    public static bool Is(OpenAlert told, Alert alert) => (alert.Urgency >= told.Severity || alert.Kind == AlertKind.Restriction)
        && !told.Levels.Contains(alert.Level, StringComparer.Ordinal)
        && (alert.Reached.IsEmpty || alert.Reached.Except(told.Levels).Any());

    /// <summary>The level that is told last, as <see cref="OpenAlert.Levels"/> has it.</summary>
    public static EquatableArray<string> Levels(EquatableArray<string> told, Alert alert) =>
        [.. told.Concat(alert.Reached).Where(level => level != alert.Level).Distinct(StringComparer.Ordinal).TakeLast(MostLevels - 1), alert.Level];
}
