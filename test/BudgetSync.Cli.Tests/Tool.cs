using BudgetSync.Cli.Commands;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Tests;

/// <summary>The whole tool inside the test: arguments in; exit code, results and talk out.</summary>
internal static class Tool
{
    public static Task<ToolResult> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string>(), arguments);

    /// <param name="environment">The variables the tool is to find; none of the test's own process.</param>
    public static Task<ToolResult> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        RunAsync(terminal => terminal with { Environment = environment }, arguments);

    /// <param name="change">Puts into the terminal what the test needs.</param>
    public static Task<ToolResult> RunAsync(Func<ConsoleContext, ConsoleContext> change, params string[] arguments) =>
        RunAsync(change, CancellationToken.None, arguments);

    /// <param name="change">Puts into the terminal what the test needs.</param>
    /// <param name="cancellation">Ctrl+C.</param>
    public static async Task<ToolResult> RunAsync(
        Func<ConsoleContext, ConsoleContext> change,
        CancellationToken cancellation,
        params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = change(new ConsoleContext(output, TextWriter.Synchronized(error), Interactive: false));
        // Without the test framework's synchronization context, as a program of a console has none: what goes on there goes on a moment later on another
        // thread, and a time lapse that sees nothing run lets its clock go on meanwhile.
        var code = await Task.Run(() => CommandLine.RunAsync(arguments, terminal, cancellation), CancellationToken.None);
        return new ToolResult(code, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }
}
