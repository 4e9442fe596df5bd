using System.CommandLine;
using System.Globalization;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>The option <c>--largest-total</c>, and the variable that stands for it.</summary>
internal static class LargestTotal
{
    /// <summary>Where the largest total stands for everybody who shares a machine or a pipeline.</summary>
    private const string Variable = EditOptions.LargestTotalVariable;

    public static Option<decimal?> Create() => new("--largest-total")
    {
        Description = $"What all rows of accounts may ask for together, in each currency and period (or {Variable})",
        HelpName = "AMOUNT",
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (Amount(text) is { } amount) return amount;
            result.AddError($"--largest-total: \"{text}\" is no amount; give a number above 0, for example 250000");
            return null;
        },
    };

    /// <exception cref="CommandException">The variable is no amount.</exception>
    public static decimal? Read(ParseResult parsed, Option<decimal?> option, IReadOnlyDictionary<string, string> environment)
    {
        var text = environment.GetValueOrDefault(Variable) is { Length: > 0 } variable ? variable : null;
        if (text is not null && Amount(text) is null)
            throw new CommandException($"{Variable}: \"{text}\" is no amount; set it to a number above 0, or unset it", ExitCode.Usage);
        return parsed.GetValue(option) ?? (text is null ? null : Amount(text));
    }

    private static decimal? Amount(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount > 0 ? amount : null;
}
