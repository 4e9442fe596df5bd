using System.CommandLine;
using System.CommandLine.Parsing;

namespace BudgetSync.Cli.Terminal;

/// <summary>Options as they were given, for a command that is printed to be pasted.</summary>
internal static class OptionWords
{
    /// <summary>Those of the command's options that are among these, by name, with what they were given; each word with a blank before it.</summary>
    public static string Of(ParseResult parsed, IEnumerable<Option> options)
    {
        var names = options.Select(option => option.Name).ToHashSet(StringComparer.Ordinal);
        return ShellWord.Append(parsed.CommandResult.Children.OfType<OptionResult>()
            .Where(result => !result.Implicit && names.Contains(result.Option.Name))
            .SelectMany(result => result.Tokens.Select(token => token.Value).Prepend(result.Option.Name)));
    }
}
