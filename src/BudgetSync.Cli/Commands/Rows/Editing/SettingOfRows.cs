using System.Collections.Immutable;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>What <c>rows set</c> makes of each row it is for, and what it says of those that it leaves.</summary>
/// <param name="keys">The rows chosen, in order.</param>
/// <param name="named">True where each was named, and not found by its OU or as one of all.</param>
internal sealed class SettingOfRows(IReadOnlyList<string> keys, bool named, RowSetting setting, StackRows rows)
{
    private const int MostNamed = 10;

    private readonly HashSet<string> chosen = keys.ToHashSet(StringComparer.Ordinal);

    public async Task<List<WantedRow>> WantedAsync(ConsoleContext terminal)
    {
        var wanted = new List<WantedRow>();
        var (without, inheriting) = (0, 0);
        var own = new List<string>();
        foreach (var key in keys)
        {
            var before = rows.ByKey.GetValueOrDefault(key);
            // Of many rows, those that follow another row go with it, and those that say nothing about money have none to raise.
            if (!named && before is not null && setting.Value is { IsRelative: true } && RowAmount.Of(before, rows.Defaults).IsEmpty)
            {
                without++;
                wanted.Add(new WantedRow(key, before, "", []));
                continue;
            }

            var inherits = before is not null && RowRecipients.Of(before) is null;
            var follows = !named && inherits && FollowsOneOf(key);
            if (follows) inheriting++;
            var row = (setting with { KeepsInheriting = follows }).ApplyTo(key, before, Inherited(key));
            if (setting.ChangesRecipients && inherits && row.Image is { } image && RowRecipients.Of(image) is not null) own.Add(key);
            wanted.Add(row);
        }

        if (without > 0)
            await terminal.Error.WriteLineAsync(
                $"{Number.Count(without, "row")} without an amount of {(without == 1 ? "its" : "their")} own left as "
                    + $"{(without == 1 ? "it is: it follows" : "they are: they follow")} "
                    + "the row above, or AWS computes the amount.");
        if (setting.ChangesRecipients) await TellRecipientsAsync(terminal, inheriting, own);
        return wanted;
    }

    private async Task TellRecipientsAsync(ConsoleContext terminal, int inheriting, List<string> own)
    {
        if (inheriting > 0)
            await terminal.Error.WriteLineAsync($"{Number.Count(inheriting, "row")} without recipients of {(inheriting == 1 ? "its" : "their")} own follow "
                + "rows that are changed here.");
        if (own.Count > 0)
            await terminal.Error.WriteLineAsync(
                $"{Number.Count(own.Count, "row")} that inherited recipients until now: {Named(own)}. Each gets a list of its own, with those it inherited, "
                    + "and follows no row above in that any more; AddEmailRecipients in a file adds to what is inherited instead.");
        foreach (var address in setting.FewerEmails.Where(address => !keys.Any(key => IsTold(key, address))))
            await terminal.Error.WriteLineAsync(Printable.Line($"--remove-email: {address} is told by none of these rows, so there is nothing to take away."));
        var apart = keys.Where(key => ThresholdsOf(key) is { } row && row.Key != key && !chosen.Contains(row.Key)
            && (!setting.MoreEmails.IsEmpty || setting.FewerEmails.Any(address => RowRecipients.Names(row, address)))).ToList();
        if (apart.Count > 0)
            await terminal.Error.WriteLineAsync(
                "Thresholds with recipients of their own tell those alone, and "
                    + $"{Number.Count(apart.Count, "row")} inherit{(apart.Count == 1 ? "s" : "")} such: {Named(apart)}. They stay as they are; change the row "
                    + $"they stand in ({Named([.. apart.Select(key => ThresholdsOf(key)!.Key).Distinct()])}), " // Not null: the filter before.
                    + "or give these rows thresholds of their own.");
    }

    private bool IsTold(string key, string address) =>
        Inherited(key).Contains(address, StringComparer.OrdinalIgnoreCase)
        || (rows.ByKey.TryGetValue(key, out var row) && RowRecipients.Names(row, address));

    /// <summary>The row whose thresholds a row has, its own or the nearest above, where those name recipients of their own; else null.</summary>
    private RowImage? ThresholdsOf(string key) =>
        Above(key).Prepend(rows.ByKey.GetValueOrDefault(key)).FirstOrDefault(row => row?.Attributes.ContainsKey("Thresholds") == true) is { } found
            && RowRecipients.ThresholdsNameTheirOwn(found) ? found : null;

    private ImmutableArray<string> Inherited(string key) =>
        RowRecipients.Inherited(rows.ByKey.GetValueOrDefault(key), Above(key), rows.Defaults.EmailRecipients.Items);

    /// <summary>True where a row that is changed too stands between a row and whom it inherits to be told: what that one is given, this one inherits.</summary>
    private bool FollowsOneOf(string key)
    {
        foreach (var row in Above(key))
        {
            if (chosen.Contains(row.Key)) return true;
            if (RowRecipients.Of(row) is not null) return false;
        }

        return false;
    }

    private IEnumerable<RowImage> Above(string key) => rows.Above(key).Select(scope => rows.ByKey.GetValueOrDefault(scope.Key)).OfType<RowImage>();

    private static string Named(List<string> keys) =>
        $"{string.Join(", ", keys.Take(MostNamed).Select(Printable.Key))}{(keys.Count > MostNamed ? ", …" : "")}";
}
