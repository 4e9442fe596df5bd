using System.CommandLine;
using BudgetSync.Core;

namespace BudgetSync.Cli;

/// <summary>An option or an argument that takes an account: 12 digits, or a sentence that says so.</summary>
internal static class AccountOption
{
    /// <summary>The option <c>--account</c>.</summary>
    public static Option<string?> Create(string description)
    {
        var option = new Option<string?>("--account") { Description = description, HelpName = "ID" };
        Check(option);
        return option;
    }

    /// <summary>Has the option refuse what is no account, each value that was given.</summary>
    public static void Check(Option option) => option.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(token => !AccountId.TryParse(token.Value, out _)))
            result.AddError($"{option.Name}: \"{token.Value}\" is not an AWS account id; {Advice(token.Value)}");
    });

    /// <summary>Has the argument of a command refuse what is no account.</summary>
    /// <param name="more">A word that it takes besides.</param>
    public static void Check(Argument argument, string command, string? more = null) => argument.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(token => token.Value != more && !AccountId.TryParse(token.Value, out _)))
            result.AddError($"{command}: \"{token.Value}\" is not an AWS account id; {Advice(token.Value)}");
    });

    /// <summary>What to give in place of a word that is no account.</summary>
    public static string Advice(string word) => WithZeros(word) is { } whole ? $"give 12 digits, as {whole} where zeros in front were lost" : "give 12 digits";

    /// <summary>Where a word is an account id without its zeros in front: that it is, in a sentence; else null.</summary>
    public static string? LostZeros(string word) =>
        WithZeros(word) is { } whole ? $"{word}: has {word.Length} digits, an account id has 12: the zeros in front were lost; give {whole}." : null;

    /// <summary>The account whose zeros in front a spreadsheet or a program dropped; null where it is none. Three of them and more are rare.</summary>
    private static string? WithZeros(string word) => word.Length is >= 9 and < 12 && word.All(char.IsAsciiDigit) ? word.PadLeft(12, '0') : null;

    /// <summary>Null where it was not given.</summary>
    public static AccountId? Read(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is { } id ? AccountId.Parse(id) : null;
}
