using System.CommandLine;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Ai;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary><c>budgetsync ai spend</c>: adds up files of the model invocation log.</summary>
internal static class AiSpendCommand
{
    private const string StandardInput = "-";

    public static Command Create(ConsoleContext terminal)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Records of the model invocation log: a record a line, gzip or not, as Bedrock leaves them in a bucket; or what "
                + "'aws logs filter-log-events' prints; - is standard input",
            Arity = ArgumentArity.OneOrMore,
        };
        var prices = PriceFile.Option();
        var json = new Option<bool>("--json") { Description = "Print an object with the usages and what could not be counted" };
        var csv = new Option<bool>("--csv") { Description = "Print CSV, a line per account, principal, Region, model and kind" };
        var command = new Command(
            "spend",
            "Show what each principal has used of each model, from files of the model invocation log. Each request counts once, however often it is in the "
                + "files. What has no price is counted and never guessed")
            {
                files,
                prices,
                json,
                csv,
            };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(csv)) result.AddError("ai spend: --json and --csv are two ways to print; give one of them");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var meter = new Meter(await PriceFile.ReadAsync(parsed.GetValue(prices), cancellation));
            var (unread, problems) = (0L, new List<string>());
            foreach (var path in parsed.GetRequiredValue(files))
            {
                var file = await ReadAsync(path, meter, terminal, cancellation);
                unread += file.Unread;
                problems.AddRange(file.Problems);
            }

            var usages = meter.Usages;
            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(ModelUsageView.Json(usages, meter.Doubles, unread));
            else if (parsed.GetValue(csv)) await terminal.Out.WriteAsync(ModelUsageView.Csv(usages));
            else ModelUsageView.Write(terminal, usages);
            foreach (var problem in problems) terminal.TellFolded(Printable.Line(problem), indent: 2);
            ModelUsageView.Tell(terminal, usages, meter.Doubles, unread);
            return unread > 0 ? ExitCode.Failed : ExitCode.Done;
        });
        return command.WithExamples("budgetsync ai spend invocations.jsonl", "budgetsync ai spend 20261129T06_0.json.gz 20261129T07_0.json.gz --csv");
    }

    private static async Task<InvocationLogFile> ReadAsync(string path, Meter meter, ConsoleContext terminal, CancellationToken cancellation)
    {
        var name = RowFile.NameOf(path);
        if (path != StandardInput && Directory.Exists(path)) throw new CommandException($"{name}: is a folder; name the files in it.");
        try
        {
            await using var source = path == StandardInput ? terminal.In : File.OpenRead(path);
            var file = new InvocationLogFile(name, record => meter.Add(record));
            await file.ReadAsync(source, cancellation);
            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException($"{name}: cannot be read: {exception.Message}");
        }
    }
}
