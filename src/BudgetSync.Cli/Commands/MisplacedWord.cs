using System.CommandLine;
using System.CommandLine.Parsing;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands;

/// <summary>Words of a command line that stand before the command that would read them.</summary>
internal static class MisplacedWord
{
    /// <summary>
    /// A sentence where something was given to a command that has commands of its own, and one of those runs: it would be read as if it were not there. Null of
    /// any other command line.
    /// </summary>
    public static string? Of(ParseResult parsed)
    {
        if (parsed.CommandResult.Parent is not CommandResult { Command: not RootCommand } group) return null;
        var given = group.Children.Select(child => child switch
        {
            ArgumentResult { Tokens: [var token, ..] } => token.Value,
            OptionResult { Implicit: false, Option: { Recursive: false } option } => option.Name,
            _ => null,
        }).OfType<string>().FirstOrDefault();
        var command = parsed.CommandResult.Command;
        if (given is null) return null;
        return command.Options.Any(option => option.Name == given)
            ? $"{given} stands before '{command.Name}', where it is not read; write it behind: '{group.Command.Name} {command.Name} {given}'."
            : $"{Printable.Key(given)} is for '{group.Command.Name}', and '{group.Command.Name} {command.Name}' takes none; leave it out.";
    }
}
