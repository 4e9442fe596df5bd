using System.Globalization;

namespace BudgetSync.Core.Alerts.Formats;

/// <summary>Names of facts where they are members of an object, which has each once: long names of two budgets may be cut to the same.</summary>
internal static class FactNames
{
    /// <summary>The facts in order, the second of a name as <c>name (2)</c>.</summary>
    public static IEnumerable<AlertFact> Distinct(IEnumerable<AlertFact> facts)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fact in facts)
        {
            var name = fact.Name;
            for (var number = 2; !known.Add(name); number++) name = string.Create(CultureInfo.InvariantCulture, $"{fact.Name} ({number})");
            yield return new AlertFact(name, fact.Value);
        }
    }
}
