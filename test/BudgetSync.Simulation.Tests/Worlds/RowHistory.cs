using System.Collections.Immutable;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;

namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>
/// Everything that rows ever said, for the question whether a parameter may hold what it holds. Propagate reads rows one by one while people edit them, so
/// a document of a moment that never was, this row's old state with that row's new one, may be written for a second; it is put right by the second look after
/// the write.
/// </summary>
internal sealed class RowHistory(StackDefaults defaults)
{
    private static readonly string None = ParameterDocument.Format(DesiredBudgets.None);
    private readonly Dictionary<string, List<RowImage?>> rows = new(StringComparer.Ordinal);
    private readonly Dictionary<AccountId, List<ImmutableArray<Scope>>> paths = [];
    private readonly HashSet<(AccountId Account, string Document)> said = [];

    /// <summary>The rows that exist now, by key.</summary>
    public Dictionary<string, RowImage> Present { get; } = new(StringComparer.Ordinal);

    /// <summary>The scopes that bear on each account of the organization now.</summary>
    public Dictionary<AccountId, ImmutableArray<Scope>> Paths { get; } = [];

    /// <summary>A row was written, or is gone.</summary>
    public void Row(string key, RowImage? image)
    {
        if (!rows.TryGetValue(key, out var history)) rows.Add(key, history = [null]);
        if (!history.Any(earlier => Equals(earlier, image))) history.Add(image);
        if (image is null) Present.Remove(key);
        else Present[key] = image;
        Remember();
    }

    /// <summary>An account is new, or stands elsewhere.</summary>
    public void Path(AccountId account, ImmutableArray<Scope> path)
    {
        if (!paths.TryGetValue(account, out var history)) paths.Add(account, history = []);
        if (!history.Any(earlier => earlier.SequenceEqual(path))) history.Add(path);
        Paths[account] = path;
        Remember();
    }

    public ImmutableArray<RowImage> PresentFor(ImmutableArray<Scope> path) =>
        [.. path.Select(scope => Present.GetValueOrDefault(scope.Key)).OfType<RowImage>()];

    public bool MaySay(AccountId account, string document) =>
        document == None
        || (document == ParameterDocument.Released && EverSaid(account, row => Is(row, "Enabled", "False") || Is(row, "OnDelete", nameof(OnDelete.RETAIN))))
        || said.Contains((account, document))
        || (paths.TryGetValue(account, out var history) && history.Any(path => Mixes(path, path.Length - 1).Any(mix => Document(account, mix) == document)));

    /// <summary>True when some state of a row that ever bore on the account had the attribute.</summary>
    public bool EverSaid(AccountId account, Func<RowImage, bool> what) =>
        paths.TryGetValue(account, out var history)
            && history.SelectMany(path => path).Any(scope => rows.TryGetValue(scope.Key, out var images) && images.OfType<RowImage>().Any(what));

    private static bool Is(RowImage row, string name, string text) => row.Attributes.TryGetValue(name, out var value) && value switch
    {
        RowValue.Bool(var flag) => flag.ToString() == text,
        RowValue.Text(var written) => written == text,
        _ => false,
    };

    private void Remember()
    {
        foreach (var (account, path) in Paths)
        {
            if (Document(account, PresentFor(path)) is { } document) said.Add((account, document));
        }
    }

    private string? Document(AccountId account, ImmutableArray<RowImage> nearestFirst) =>
        Resolver.Resolve(account, nearestFirst, defaults) is Resolution.Desired desired ? desired.Parameter.Document : null;

    /// <summary>Every choice of one state for each row of the path.</summary>
    private IEnumerable<ImmutableArray<RowImage>> Mixes(ImmutableArray<Scope> path, int last)
    {
        if (last < 0) return [[]];
        var states = rows.GetValueOrDefault(path[last].Key) ?? [null];
        return from nearer in Mixes(path, last - 1)
               from state in states
               select state is null ? nearer : nearer.Add(state);
    }
}
