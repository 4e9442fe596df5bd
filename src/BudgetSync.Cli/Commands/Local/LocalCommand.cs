using System.CommandLine;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Local;

/// <summary><c>budgetsync local</c>: the whole system on this machine.</summary>
internal static class LocalCommand
{
    /// <summary>The port that local AWS tools have in common.</summary>
    public const int DefaultPort = 4566;

    /// <summary>AWS Organizations' own largest size (facts: 10,000 on request).</summary>
    private const int MaximumGenerated = 10_000;

    public static Command Create(ConsoleContext terminal)
    {
        var rows = new Option<string?>("--rows")
        {
            Description = "Rows to start with: CSV with attribute names as headers, or a JSON array (default: an example organization of 12 accounts)",
            HelpName = "FILE"
        };
        var generate = WholeNumberOption.Create("--generate", 0, MaximumGenerated, $"Start with this many made-up rows instead, up to {MaximumGenerated}");
        var port = WholeNumberOption.Create("--port", 0, 65535, $"The loopback port to listen on, {DefaultPort} by default; 0 takes any free one");
        var once = new Option<bool>("--once") { Description = "End when all has settled: exit 0, or 1 if a row was rejected" };
        var json = new Option<bool>("--json") { Description = "Print an array with one object per account instead of the table" };
        var functions = new Option<string>("--functions")
        {
            Description = "Where the functions run: in-process, or process for the published executables over the Lambda Runtime API",
            DefaultValueFactory = _ => "in-process",
            HelpName = "MODE"
        };
        functions.AcceptOnlyFromAmong("in-process", "process");
        var withoutStack = new Option<string[]>("--without-stack")
        {
            Description = "An account that gets no spoke stack, to see its row Blocked; may be given more than once",
            HelpName = "ID"
        };
        var defaults = new DefaultsOptions();
        var command = new Command(
            "local",
            "Run the whole system on this machine: an organization of its own, no AWS account") { rows, generate, port, once, json, functions, withoutStack };
        defaults.AddTo(command);
        command.SetAction((parsed, cancellation) => LocalRun.RunAsync(
            new LocalSettings(
                parsed.GetValue(rows),
                parsed.GetValue(generate) ?? 0,
                parsed.GetValue(port),
                parsed.GetValue(once),
                parsed.GetValue(json),
                parsed.GetValue(functions) == "process",
                parsed.GetValue(withoutStack) ?? [],
                defaults.Read(parsed)),
            terminal,
            cancellation));
        return command;
    }
}
