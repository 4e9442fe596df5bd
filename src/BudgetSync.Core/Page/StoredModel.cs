namespace BudgetSync.Core.Page;

/// <summary>A <see cref="PageModel"/> as <see cref="PageJson"/> writes it.</summary>
internal sealed record StoredModel
{
    public string? Account { get; init; }

    public string? Name { get; init; }

    public string? Budget { get; init; }

    public decimal Spent { get; init; }

    public decimal Limit { get; init; }

    public string? State { get; init; }

    public DateTimeOffset? Until { get; init; }

    public string? Mode { get; init; }

    public string? Unattachable { get; init; }

    public string? Mostly { get; init; }

    public long UnpricedCalls { get; init; }

    public long UncountedCalls { get; init; }

    public static StoredModel Of(PageModel model) => new()
    {
        Account = model.Account,
        Name = model.Name,
        Budget = model.Budget,
        Spent = model.Spent,
        Limit = model.Limit,
        State = model.State,
        Until = model.Until,
        Mode = model.Mode,
        Unattachable = model.Unattachable.Length > 0 ? model.Unattachable : null,
        Mostly = model.Mostly,
        UnpricedCalls = model.UnpricedCalls,
        UncountedCalls = model.UncountedCalls,
    };

    public PageModel ToModel() => new(Account ?? "", Name ?? "", Budget ?? "", Spent, Limit, State ?? "")
    {
        Until = Until,
        Mode = Mode ?? "",
        Unattachable = Unattachable ?? "",
        Mostly = Mostly ?? "",
        UnpricedCalls = UnpricedCalls,
        UncountedCalls = UncountedCalls,
    };
}
