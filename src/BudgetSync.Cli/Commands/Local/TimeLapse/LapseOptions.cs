using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace BudgetSync.Cli.Commands.Local.TimeLapse;

/// <summary>The options of <c>budgetsync local</c> that play days in seconds.</summary>
internal sealed class LapseOptions
{
    /// <summary>A year, which takes minutes.</summary>
    private const int MostDays = 366;

    private const int MostSeconds = 3600;

    private readonly Option<bool> timeLapse = new("--time-lapse")
    {
        Description = "Play a month in a minute: the accounts spend, AWS computes and alerts, states change; ends by itself",
    };

    private readonly Option<string?> month = new("--month")
    {
        Description = "With --time-lapse: the month to begin with, as 2026-05 (default: this one)",
        HelpName = "MONTH",
    };

    private readonly Option<int?> days =
        WholeNumberOption.Create("--days", 1, MostDays, "With --time-lapse: how many days to play, from the first of the month (default: the whole month)");

    private readonly Option<int?> seconds = WholeNumberOption.Create(
        "--seconds", 0, MostSeconds, $"With --time-lapse and --ai: how long to play, where a terminal looks on (default: {LapseSettings.DefaultSeconds})");

    /// <param name="others">Options that a time lapse has no use for.</param>
    /// <param name="models">The option that plays models, which takes its seconds too.</param>
    public void AddTo(Command command, IReadOnlyList<Option> others, Option<bool> models)
    {
        month.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => Parse(token.Value) is null))
                result.AddError($"--month: \"{token.Value}\" is no month; give one as 2026-05");
        });
        foreach (var option in new Option[] { timeLapse, month, days, seconds }) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(timeLapse) is null)
            {
                var played = result.GetValue(models);
                foreach (var option in new Option[] { month, days, seconds }
                    .Where(option => result.GetResult(option) is not null && !(played && option == seconds)))
                    result.AddError($"{option.Name}: belongs to --time-lapse; give both or neither");
                return;
            }

            foreach (var option in others.Where(option => result.GetResult(option) is { Implicit: false }))
                result.AddError($"{option.Name}: a time lapse plays in this process and ends by itself; leave it out");
        });
    }

    /// <summary>Whether time is to be played, for what else depends on it.</summary>
    public bool IsOn(CommandResult result) => result.GetResult(timeLapse) is not null;

    /// <summary>As they were given; null where they were not.</summary>
    public int? Seconds(ParseResult parsed) => parsed.GetValue(seconds);

    /// <summary>Null where time passes as it does.</summary>
    public LapseSettings? Read(ParseResult parsed) =>
        parsed.GetValue(timeLapse)
            ? new LapseSettings(parsed.GetValue(days), parsed.GetValue(seconds) ?? LapseSettings.DefaultSeconds)
            {
                Month = parsed.GetValue(month) is { } named ? Parse(named) : null,
            }
            : null;

    private static DateOnly? Parse(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) ? first : null;
}
