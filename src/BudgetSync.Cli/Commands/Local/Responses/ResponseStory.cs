using System.Text.RegularExpressions;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Commands.Local.TimeLapse;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Cli.Commands.Local.Responses;

/// <summary>What has happened to restrictions, as the ledger says it: each event with its own time, whenever it is looked at.</summary>
internal sealed partial class ResponseStory(LedgerTable ledger)
{
    private readonly HashSet<(string Account, DateTimeOffset At, string Restriction, string What)> known = [];
    private readonly List<string> lines = [];

    /// <summary>In order: <c>2026-05-14 06:00 UTC  111122223333  STOP_ALL at Over is in force: team-a is Over …</c>.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>What the ledger has had since the last time.</summary>
    public async Task<IReadOnlyList<string>> NewsAsync(CancellationToken cancellation)
    {
        var before = lines.Count;
        await LookAsync(cancellation);
        return [.. lines.Skip(before)];
    }

    /// <summary>Takes up what the ledger has since the last look.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        foreach (var (account, entry) in await ledger.TrailAsync(null, cancellation))
        {
            if (known.Add((account, entry.At, entry.Restriction, entry.What)))
                lines.Add(Printable.Line($"{LapseTable.Moment(entry.At)}  {account}  {entry.Text}{More(entry)}"));
        }
    }

    /// <summary>Adds what the ledger does not know.</summary>
    public void Add(DateTimeOffset at, string text) => lines.Add(Printable.Line($"{LapseTable.Moment(at)}  {text}"));

    /// <summary>What it follows from, and what was done; an end says itself why.</summary>
    private static string More(LedgerEntry entry)
    {
        var by = entry.By.Length > 0 ? $" (by {entry.By})" : "";
        return entry.What is nameof(RestrictionState.Revoked) or nameof(RestrictionState.Lifted) or nameof(RestrictionState.Cancelled) || entry.Facts.IsEmpty
            ? by
            : $"{by}: {Arn().Replace(string.Join("; ", entry.Facts), "$1")}";
    }

    /// <summary>What it is called in its account, the part of an ARN that tells one from another here.</summary>
    [GeneratedRegex(@"arn:[^\s;]*:([^\s:;]+)")]
    private static partial Regex Arn();
}
