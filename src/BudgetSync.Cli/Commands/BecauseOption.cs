using System.CommandLine;
using System.CommandLine.Parsing;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands;

/// <summary><c>--because</c>: why somebody does what he does. Rows, restrictions, messages and the ledger hold it, each in an item of DynamoDB.</summary>
internal static class BecauseOption
{
    /// <summary>It is shown in lists, and each row that an edit writes has it: a page of text would be most of a table.</summary>
    public const int MostLetters = 1_000;

    /// <summary>Where it may be left out; one without text is left out too, as of a variable of a script that is empty.</summary>
    public static Option<string?> Create(string description)
    {
        var option = new Option<string?>("--because") { Description = Bounded(description, MostLetters), HelpName = "TEXT" };
        option.Validators.Add(result => Check(result, MostLetters, mustSay: false));
        return option;
    }

    /// <summary>Where it is demanded.</summary>
    /// <param name="most">How many letters there is room for.</param>
    public static Option<string> Demand(string description, int most = MostLetters)
    {
        var option = new Option<string>("--because") { Description = Bounded(description, most), HelpName = "TEXT", Required = true };
        option.Validators.Add(result => Check(result, most, mustSay: true));
        return option;
    }

    private static string Bounded(string description, int most) => $"{description}, in at most {Number.Of(most)} letters";

    private static void Check(OptionResult result, int most, bool mustSay)
    {
        foreach (var text in result.Tokens.Select(token => token.Value))
        {
            if (text.Length > most)
                result.AddError(
                    $"--because: has {Number.Of(text.Length)} letters; write at most {Number.Of(most)}, for example where the whole story is to be read");
            else if (mustSay && string.IsNullOrWhiteSpace(text))
                result.AddError($"--because: has no text; say why, in 1 to {Number.Of(most)} letters");
        }
    }
}
