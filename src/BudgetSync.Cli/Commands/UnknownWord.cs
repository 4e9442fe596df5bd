using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Cli.Commands;

/// <summary>
/// Words of a command line that look like options and are none. The parser takes each of them for the next argument or for an option's value, so that a slip
/// would name a file or an account.
/// </summary>
internal static class UnknownWord
{
    private const string Prefix = "--";

    /// <summary>A sentence for each such word; none where the command line has none.</summary>
    /// <param name="typed">The command line as it was typed: a value that stands behind an equals sign in its word is meant as it is.</param>
    public static IReadOnlyList<string> Of(ParseResult parsed, IReadOnlyList<string> typed)
    {
        // What stands after the two dashes is no option by the convention of POSIX (Utility Syntax Guidelines, guideline 10), so a file may be called so.
        var words = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)
            .Where(token => token.Type == TokenType.Argument && token.Value.Length > Prefix.Length && token.Value.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(token => token.Value)
            .Where(word => !typed.Any(whole => whole.EndsWith($"={word}", StringComparison.Ordinal)))
            .Distinct(StringComparer.Ordinal);
        return [.. words.Select(word => Sentence(word, parsed.CommandResult.Command))];
    }

    /// <summary>What was likely meant where no command is called so, with a blank before it; "" where it is not known.</summary>
    public static string OfCommand(ParseResult parsed) => parsed.UnmatchedTokens is [var word, ..]
        && NearestName.Of(word, parsed.CommandResult.Command.Subcommands.Select(command => command.Name)) is { } meant
            ? $" Did you mean '{meant}'?"
            : "";

    private static string Sentence(string word, Command command)
    {
        // What stands behind an equals sign is the value of an option, whatever that one is called.
        var name = word.Split('=')[0];
        var meant = OfValue(name[Prefix.Length..], command) ?? NearestName.Of(name, command.Options.Select(option => option.Name));
        var file = command.Arguments.Count > 0 ? $" What is itself called so is written ./{Printable.Key(name)}, or after {Prefix}." : "";
        return $"no option {Printable.Key(name)}{(meant is null ? "." : $"; did you mean {meant}?")}{file}";
    }

    /// <summary>The option that takes the word as its value: <c>--format xlsx</c> for <c>--xlsx</c>.</summary>
    private static string? OfValue(string word, Command command) => command.Options
        .SelectMany(option => option.GetCompletions(CompletionContext.Empty).Select(value => (option.Name, Value: value.Label)))
        .Where(known => known.Value.Equals(word, StringComparison.OrdinalIgnoreCase))
        .Select(known => $"{known.Name} {known.Value}")
        .FirstOrDefault();
}
