using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace BudgetSync.Cli;

/// <summary>The examples at the end of a command's own help; in the list of commands they would only be in the way.</summary>
internal static partial class CommandExamples
{
    private static readonly ConditionalWeakTable<Command, string[]> All = [];

    /// <param name="examples">Each a line to be typed, beginning with <c>budgetsync</c>.</param>
    public static Command WithExamples(this Command command, params string[] examples)
    {
        All.AddOrUpdate(command, examples);
        return command;
    }

    /// <summary>Has the help of this command and of those below it end with their examples.</summary>
    public static void ShowIn(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is SynchronousCommandLineAction help) option.Action = new Help(help);
        }
    }

    /// <summary>The examples of a command; none where it has none.</summary>
    public static IReadOnlyList<string> Of(Command command) => All.TryGetValue(command, out var examples) ? examples : [];

    /// <summary>The usage of a command that takes arguments of its own and has commands too, which it takes one or the other of.</summary>
    [GeneratedRegex(@"^(  \S+(?: [a-z-]+)+)((?: \[?<[^>]+>\]?(?:\.\.\.)?)+) \[command\] \[options\]", RegexOptions.Multiline)]
    private static partial Regex EitherUsage();

    private sealed class Help(SynchronousCommandLineAction help) : SynchronousCommandLineAction
    {
        /// <summary>Who asks for help has not said everything yet.</summary>
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var output = parseResult.InvocationConfiguration.Output;
            var (code, text) = Text(parseResult);
            output.Write(OptionalArguments.Mark(parseResult.CommandResult.Command, EitherUsage().Replace(text, "$1$2 [options]\n$1 [command] [options]")));
            var examples = Of(parseResult.CommandResult.Command);
            if (examples.Count == 0) return code;
            output.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
            foreach (var example in examples) output.WriteLine($"  {example}");
            output.WriteLine();
            return code;
        }

        /// <summary>What the parser says of the command, without the arguments of the groups above it: those are refused before it (MisplacedWord).</summary>
        private (int Code, string Text) Text(ParseResult parseResult)
        {
            var output = parseResult.InvocationConfiguration.Output;
            var above = Above(parseResult.CommandResult).SelectMany(command => command.Arguments).Where(argument => !argument.Hidden).ToList();
            using var written = new StringWriter();
            try
            {
                foreach (var argument in above) argument.Hidden = true;
                parseResult.InvocationConfiguration.Output = written;
                return (help.Invoke(parseResult), written.ToString());
            }
            finally
            {
                foreach (var argument in above) argument.Hidden = false;
                parseResult.InvocationConfiguration.Output = output;
            }
        }

        private static IEnumerable<Command> Above(CommandResult result)
        {
            for (var group = result.Parent as CommandResult; group is not null; group = group.Parent as CommandResult) yield return group.Command;
        }
    }
}
