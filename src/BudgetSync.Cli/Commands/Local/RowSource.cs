using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>Where the rows come from: a file, the example that comes with the tool, or thin air.</summary>
internal static class RowSource
{
    /// <exception cref="CommandException">The file cannot be read.</exception>
    public static async Task<IReadOnlyList<RowEntry>> ReadAsync(LocalSettings settings, ConsoleContext terminal, CancellationToken cancellation)
    {
        if (settings.Generate > 0) return [.. Enumerable.Range(0, settings.Generate).Select(Generated)];
        return await RowFile.ReadAsync(settings.RowsFile ?? Path.Combine(AppContext.BaseDirectory, "examples", "organization.csv"), terminal, cancellation);
    }

    private static RowEntry Generated(int index)
    {
        var attributes = ImmutableSortedDictionary.CreateBuilder<string, RowValue>(StringComparer.Ordinal);
        attributes["AccountId"] = new RowValue.Text((200_000_000_000 + index).ToString(CultureInfo.InvariantCulture));
        attributes["BudgetValue"] = new RowValue.Number((100 + (index % 9_000)).ToString(CultureInfo.InvariantCulture));
        attributes["Thresholds"] = new RowValue.Text(index % 3 == 0 ? "80, 100" : "90");
        attributes["EmailRecipients"] = new RowValue.Text(string.Create(CultureInfo.InvariantCulture, $"team-{index % 50}@example.com"));
        return new RowEntry(new RowImage(attributes.ToImmutable()), string.Create(CultureInfo.InvariantCulture, $"generated row {index + 1}"), []);
    }
}
