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

    private const string Yes = "--yes";

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
        return [.. words.Select(word => Swallowed(word, parsed) ?? Sentence(word, parsed.CommandResult.Command))];
    }

    /// <summary>A sentence where a word stands for a command and none is called so, with what was likely meant; null of any other command line.</summary>
    public static string? OfCommand(ParseResult parsed)
    {
        if (parsed.CommandResult.Command is not { Action: null, Subcommands.Count: > 0 } group
            || parsed.UnmatchedTokens is not [var word, ..] || word.StartsWith('-')
            // A shell asks what completes a line, which stands there as one word.
            || parsed.Tokens.Any(token => token.Type == TokenType.Directive))
            return null;
        // A command of a group is often typed without it.
        var inner = group.Subcommands
            .SelectMany(command => command.Subcommands.Select(nested => (nested.Name, Path: $"{command.Name} {nested.Name}")))
            .ToList();
        var meant = NearestName.Of(word, group.Subcommands.Select(command => command.Name))
            ?? (NearestName.Of(word, inner.Select(nested => nested.Name)) is { } name ? inner.First(nested => nested.Name == name).Path : null);
        return $"no command '{Printable.Key(word)}'{(meant is null ? "." : $"; did you mean '{meant}'?")}";
    }

    /// <summary>An option of the command that stands where the text of the one before it should; null of any other word.</summary>
    private static string? Swallowed(string word, ParseResult parsed)
    {
        var at = parsed.Tokens.ToList().FindIndex(token => token.Value == word && token.Type == TokenType.Argument);
        return at > 0 && parsed.Tokens[at - 1] is { Type: TokenType.Option, Value: var before } && OptionsOf(parsed).Any(option => option.Name == word)
            ? $"{before} has no text: {word} stands where it should. Give it one, or write {before}={word} if that is the text."
            : null;
    }

    private static IEnumerable<Option> OptionsOf(ParseResult parsed)
    {
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
        {
            foreach (var option in result.Command.Options) yield return option;
        }
    }

    /// <summary>What of a command's arguments is not there, by name; "" where nothing is missing.</summary>
    public static string MissingArguments(ParseResult parsed)
    {
        var missing = parsed.CommandResult.Command.Arguments
            .Where(argument => argument.Arity.MinimumNumberOfValues > (parsed.GetResult(argument)?.Tokens.Count ?? 0))
            .Select(argument => argument.Name)
            .ToList();
        return missing.Count == 0 ? ""
            : $"'{parsed.CommandResult.Command.Name}' needs {string.Join(" and ", missing)}, which {(missing.Count == 1 ? "is" : "are")} missing.";
    }

    private static string Sentence(string word, Command command)
    {
        // What stands behind an equals sign is the value of an option, whatever that one is called.
        var name = word.Split('=')[0];
        if (name == Yes) return $"no option {Yes}: '{command.Name}' does not ask.";
        var meant = OfValue(name[Prefix.Length..], command) ?? NearestName.Of(name, command.Options.Select(option => option.Name)) ?? OfPart(name, command);
        var file = command.Arguments.Count > 0 ? $" What is itself called so is written ./{Printable.Key(name)}, or after {Prefix}." : "";
        return $"no option {Printable.Key(name)}{(meant is null ? "." : $"; did you mean {meant}?")}{file}";
    }

    /// <summary>The one option of which the word is a part: <c>--this-batch</c> for <c>--batch</c>.</summary>
    private static string? OfPart(string name, Command command)
    {
        var words = name[Prefix.Length..].ToLowerInvariant().Split('-');
        return command.Options.Select(option => option.Name).Where(option => words.All(option.TrimStart('-').Split('-').Contains)).ToList() is [var one]
            ? one
            : null;
    }

    /// <summary>The option that takes the word as its value: <c>--format xlsx</c> for <c>--xlsx</c>.</summary>
    private static string? OfValue(string word, Command command) => command.Options
        .SelectMany(option => option.GetCompletions(CompletionContext.Empty).Select(value => (option.Name, Value: value.Label)))
        .Where(known => known.Value.Equals(word, StringComparison.OrdinalIgnoreCase))
        .Select(known => $"{known.Name} {known.Value}")
        .FirstOrDefault();
}
