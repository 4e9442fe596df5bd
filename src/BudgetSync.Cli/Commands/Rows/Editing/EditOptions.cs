using System.CommandLine;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>How an edit is to be made, as every command that makes one takes it.</summary>
/// <param name="Waves">How many accounts each wave reaches; the last of them takes the rest. One wave takes all.</param>
/// <param name="StopAt">What part of a wave's accounts may fail before the rest is left.</param>
internal sealed record EditWish(
    bool Yes,
    bool Wait,
    Waves? Waves,
    FailureLimit StopAt,
    bool AllowLarge,
    decimal? LargestTotal,
    string? Because,
    string? UndoFile)
{
    /// <summary>
    /// What to do about rows that another edit took, by their keys, in words; null: the command can be run again. One that is relative to what stands there
    /// would change all the others once more.
    /// </summary>
    public Func<IReadOnlyList<string>, string>? Again { get; init; }

    /// <summary>Waves wait for each other too.</summary>
    public bool Waits => Wait || Waves is not null;
}

/// <summary>The options that make an <see cref="EditWish"/>.</summary>
internal sealed class EditOptions
{
    /// <summary>Where the largest total stands for everybody who shares a machine or a pipeline.</summary>
    public const string LargestTotalVariable = "BUDGETSYNC_LARGEST_TOTAL";

    private readonly Option<bool> yes = new("--yes", "-y") { Description = "Do not ask" };

    private readonly Option<bool> wait = new("--wait") { Description = "Stay until every account that is edited is Applied, and show how far they are" };

    private readonly Option<Waves?> waves = new("--waves")
    {
        Description = "So many accounts first, each wave Applied before the next: 10,100,rest",
        HelpName = "SIZES",
        CustomParser = result =>
        {
            if (Editing.Waves.TryParse(result.Tokens.Count == 1 ? result.Tokens[0].Value : "", out var read, out var problem)) return read;
            result.AddError($"--waves: {problem}");
            return null;
        },
    };

    private readonly Option<FailureLimit?> stopAt = new("--stop-at")
    {
        Description = "Leave the rest where more accounts of a wave than this fail: 2% (the default) or a number",
        HelpName = "LIMIT",
        CustomParser = result =>
        {
            if (FailureLimit.TryParse(result.Tokens.Count == 1 ? result.Tokens[0].Value : "", out var read, out var problem)) return read;
            result.AddError($"--stop-at: {problem}");
            return null;
        },
    };

    private readonly Option<bool> allowLarge = new("--allow-large")
    {
        Description = "Also where an amount changes more than tenfold, most rows go, many budgets get new names, or the total is above --largest-total",
    };

    private readonly Option<decimal?> largestTotal = Editing.LargestTotal.Create();

    private readonly Option<string?> because = BecauseOption.Create("Why, for those who read the rows later (attribute Reason)");

    private readonly Option<string?> undoFile = new("--undo-file")
    {
        Description = "Where to write what undoes the edit (by default a file of its own; 'rows undo --list' shows them)",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { yes, wait, waves, stopAt, allowLarge, largestTotal, because, undoFile }) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(stopAt) is not null && result.GetResult(waves) is null) result.AddError("--stop-at: says when waves end; give --waves too");
        });
    }

    /// <exception cref="CommandException">The variable of the largest total is no amount.</exception>
    public EditWish Read(ParseResult parsed, IReadOnlyDictionary<string, string> environment)
    {
        return new EditWish(
            parsed.GetValue(yes),
            parsed.GetValue(wait),
            parsed.GetValue(waves),
            parsed.GetValue(stopAt) ?? FailureLimit.Default,
            parsed.GetValue(allowLarge),
            Editing.LargestTotal.Read(parsed, largestTotal, environment),
            parsed.GetValue(because),
            parsed.GetValue(undoFile));
    }

    /// <summary>Those of a command's words that say how its edit is to be written, for the command that goes on with it; each with a blank before it.</summary>
    public static string WordsOf(ParseResult parsed)
    {
        var options = new EditOptions();
        return OptionWords.Of(parsed, [options.yes, options.wait, options.waves, options.stopAt]);
    }
}
