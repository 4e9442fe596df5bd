using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>A budget of models as far as rows describe it: what is null is left out.</summary>
/// <param name="Path">Where it stands in the nearest row that has it.</param>
internal sealed record AiBudgetDraft(string Path)
{
    public decimal? Limit { get; init; }

    public AiWindow? Window { get; init; }

    public decimal? Warn { get; init; }

    public decimal? Critical { get; init; }

    public TimeSpan? Grace { get; init; }

    public ResponseMode? Mode { get; init; }

    public bool? Shared { get; init; }

    /// <summary>The rate; of value null where the row says that there is none.</summary>
    public Located<AiRate?>? Rate { get; init; }

    /// <summary>Of a pool: who shares it.</summary>
    public EquatableSet<string>? Members { get; init; }

    public AiBudgetDraft Over(AiBudgetDraft? far) => far is null ? this : this with
    {
        Limit = Limit ?? far.Limit,
        Window = Window ?? far.Window,
        Warn = Warn ?? far.Warn,
        Critical = Critical ?? far.Critical,
        Grace = Grace ?? far.Grace,
        Mode = Mode ?? far.Mode,
        Shared = Shared ?? far.Shared,
        Rate = Rate ?? far.Rate,
        Members = Members ?? far.Members,
    };

    public AiBudget On(AiBudget otherwise) => new(
        Limit ?? otherwise.Limit,
        Window ?? otherwise.Window,
        Warn ?? otherwise.Warn,
        Critical ?? otherwise.Critical,
        Grace ?? otherwise.Grace,
        Mode ?? otherwise.Mode)
    {
        Shared = Shared ?? otherwise.Shared,
        Rate = Rate is { } rate ? rate.Value : otherwise.Rate,
    };
}
