using System.CommandLine;
using System.Text.RegularExpressions;

namespace BudgetSync.Cli;

/// <summary>The arguments that a command may be called without, in the list of a group's commands: <c>status [ACCOUNT]</c>, as its own usage has it.</summary>
internal static class OptionalArguments
{
    /// <param name="group">The command whose help it is.</param>
    /// <param name="help">The parser's text, which has each of them in angle brackets, optional or not.</param>
    public static string Mark(Command group, string help)
    {
        foreach (var command in group.Subcommands)
        {
            foreach (var argument in command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues == 0 || argument.HasDefaultValue))
            {
                var name = Regex.Escape(argument.HelpName ?? argument.Name);
                help = Regex.Replace(help, $@"^(  {Regex.Escape(command.Name)}(?: [<\[][^>\]]+[>\]])*?) <{name}>", $"$1 [{argument.HelpName ?? argument.Name}]",
                    RegexOptions.Multiline, TimeSpan.FromSeconds(1));
            }
        }

        return help;
    }
}
