using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace BudgetSync.Cli;

/// <summary>The examples at the end of a command's own help; in the list of commands they would only be in the way.</summary>
internal static class CommandExamples
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

    private sealed class Help(SynchronousCommandLineAction help) : SynchronousCommandLineAction
    {
        /// <summary>Who asks for help has not said everything yet.</summary>
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            var examples = Of(parseResult.CommandResult.Command);
            if (examples.Count == 0) return code;
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
            foreach (var example in examples) output.WriteLine($"  {example}");
            output.WriteLine();
            return code;
        }
    }
}
