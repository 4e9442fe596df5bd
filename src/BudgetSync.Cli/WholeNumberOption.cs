using System.CommandLine;
using System.Globalization;

namespace BudgetSync.Cli;

/// <summary>An option that takes a whole number within bounds, and says so where it gets something else.</summary>
internal static class WholeNumberOption
{
    /// <param name="alone">What the option means where no number follows it; null: a number must follow.</param>
    public static Option<int?> Create(string name, int lowest, int highest, string description, int? alone = null) => new(name)
    {
        Description = description,
        HelpName = "N",
        Arity = alone is null ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
        CustomParser = result =>
        {
            if (result.Tokens.Count == 0 && alone is not null) return alone;
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= lowest && number <= highest)
                return number;
            result.AddError(
                number == 0 && text != "0"
                    ? $"{name}: \"{text}\" is not a whole number; give {lowest} to {highest}"
                    : $"{name}: {text} is out of range; give {lowest} to {highest}");
            return null;
        },
    };
}
