using System.Collections.Immutable;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Page;

/// <summary>A budget of models of an account, as its spoke last told.</summary>
/// <param name="Account">Its id.</param>
/// <param name="Name">Its name in the organization; "" where it has none.</param>
/// <param name="Budget">As <see cref="AiSubject.Key"/>: <c>role/DataScience</c>.</param>
/// <param name="Spent">USD of the window, of calls whose price is known.</param>
/// <param name="State">As <see cref="AiLine.StateName"/>.</param>
public sealed record PageModel(string Account, string Name, string Budget, decimal Spent, decimal Limit, string State)
{
    /// <summary>The loudest first, as <see cref="AiState.Loudness"/>.</summary>
    public int Loudness { get; init; }

    /// <summary>When the state ends by itself: a grace with a suspension, all else with the window.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What follows at the limit: <c>WATCH</c>, <c>CONFIRM</c> or <c>ARMED</c>.</summary>
    public string Mode { get; init; } = "";

    /// <summary>Why it is not suspended, whatever its mode; "" where it can be.</summary>
    public string Unattachable { get; init; } = "";

    /// <summary>The model and Region of most of it; "" where nothing is known.</summary>
    public string Mostly { get; init; } = "";

    /// <summary>Calls that are in no amount, because nothing says what they cost.</summary>
    public long UnpricedCalls { get; init; }

    /// <summary>Calls that are not, or not whole, in an amount, because the log does not tell their tokens.</summary>
    public long UncountedCalls { get; init; }

    /// <summary>100 · spent / limit; null where there is no limit.</summary>
    public decimal? Percent => Limit > 0 ? 100 * Spent / Limit : null;

    /// <summary>A page holds so many of all accounts, so that its size has a bound.</summary>
    public const int Most = 1000;

    /// <summary>Of all accounts, the loudest state first, in it what is used most; total, so that equal input gives an equal page.</summary>
    public static ImmutableArray<PageModel> Of(IEnumerable<CoverageLine> accounts, IReadOnlyDictionary<string, StatusRow> statuses, DateTimeOffset now) =>
    [
        .. accounts.Where(account => account.IsAccount)
            .SelectMany(account => (Report(account, statuses, now)?.Lines ?? []).Select(line => Of(account, line)))
            .OrderBy(model => model.Loudness)
            .ThenByDescending(model => model.Percent ?? -1)
            .ThenBy(model => model.Account, StringComparer.Ordinal)
            .ThenBy(model => model.Budget, StringComparer.Ordinal),
    ];

    /// <summary>What is not known of calls of models, a sentence for each kind of it; empty where all is seen.</summary>
    public static IEnumerable<string> Unknown(IEnumerable<CoverageLine> accounts, IReadOnlyDictionary<string, StatusRow> statuses, DateTimeOffset now)
    {
        var regions = accounts.Where(account => account.IsAccount)
            .SelectMany(account => (Report(account, statuses, now)?.Regions ?? []).Select(region => (account.Key, Region: region)))
            .OrderBy(one => one.Key, StringComparer.Ordinal)
            .ToList();
        return new[]
        {
            First(region => region.Log == AiLog.Blind, (place, region) => $"Calls of models are not seen in {place}: {region.Why}"),
            First(region => region.MantleTokens > 0, (place, region) => $"Calls of models past every log in {place}: {AiText.Mantle(region)} today."),
            First(region => region.DeadLetters > 0, (place, region) => $"Calls of models may be uncounted in {place}: {AiText.DeadLetters(region)}."),
            First(region => region.UnjoinedCalls > 0, (place, region) => $"Who called models is not known in {place}: {AiText.Unjoined(region)} today."),
        }.OfType<string>();

        string? First(Func<AiRegion, bool> isSo, Func<string, AiRegion, string> say)
        {
            var found = regions.Where(one => isSo(one.Region)).ToList();
            return found is not [var first, ..] ? null
                : say($"{first.Region.Name} of {first.Key}", first.Region)
                    + (found.Count > 1 ? $" So in {found.Count - 1} more; budgetsync ai check names them." : "");
        }
    }

    private static AiReport? Report(CoverageLine account, IReadOnlyDictionary<string, StatusRow> statuses, DateTimeOffset now) =>
        statuses.GetValueOrDefault(account.Key) is { } row ? AiView.Of(row, now) : null;

    private static PageModel Of(CoverageLine account, AiLine line) =>
        new(account.Key, account.Name, line.Subject.Key, line.Spent, line.Limit, line.StateName)
        {
            Loudness = line.State.Loudness,
            Until = line is { Doubt: "", State: AiState.Grace(var until, _) } ? until : line.Period.End,
            Mode = line.Mode.ToString(),
            Unattachable = line.Unattachable,
            Mostly = line.Mostly,
            UnpricedCalls = line.UnpricedCalls,
            UncountedCalls = line.UncountedCalls,
        };
}
