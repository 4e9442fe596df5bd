using System.CommandLine;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Channels;

/// <summary>
/// <c>budgetsync channels list</c>: the names that rows may give in Notify, and whether what brings alerts to each is there, or who hears its topic.
/// </summary>
internal static class ChannelListCommand
{
    private static readonly TextColumn[] Columns =
    [
        // Two channels may differ in the last letters of where they go: that is never cut. What is no address is broken nowhere.
        new("CHANNEL"), new("KIND"), new("GOES TO", Shortest: 20, MostLines: 12), new("AN HOUR", Goes: 1),
        new("SECRET", Goes: 2), new("CONNECTION", Shortest: 14, MostLines: 3),
    ];

    public static Command Create(ConsoleContext terminal)
    {
        var json = new Option<bool>("--json") { Description = "Print a list of objects" };
        var command = new Command(
            "list",
            "Show the deployment's channels, where each goes, and whether EventBridge has all that brings alerts there or anybody hears its topic. Exit 0, or "
                + "1 where a rule, API destination, connection or topic is missing, a connection is not authorized any more, or nobody hears a topic") { json };
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            using var access = new ChannelAccess(stack);
            var lines = await Task.WhenAll((await access.ListAsync(cancellation)).Select(channel => ChannelStanding.ReadAsync(stack, channel, cancellation)));
            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(new JsonArray([.. lines.Select(Json)]).ToJsonString(JsonOutput.Options));
            else Write(terminal, lines);
            return lines.All(line => line.IsRight) ? ExitCode.Done : ExitCode.Failed;
        });
        return command.WithExamples("budgetsync channels list", "budgetsync channels list --json");
    }

    private static void Write(ConsoleContext terminal, IReadOnlyList<ChannelStanding> lines)
    {
        var cells = lines.Select(line => new[]
        {
            line.Channel.Name,
            line.Channel.Channel.Kind.ToString(),
            line.Channel.Target,
            Number.Of(line.Channel.Channel.PerHour),
            line.Channel.Secret ?? "",
            line.Cell,
        });
        TableScreen.Write(terminal, Columns, [.. cells], whole: "--json has", inLine: true);
        foreach (var sentence in ChannelStanding.Sentences(lines)) terminal.Out.WriteLine(sentence);
    }

    private static JsonObject Json(ChannelStanding line) => new()
    {
        ["name"] = line.Channel.Name,
        ["kind"] = line.Channel.Channel.Kind.ToString(),
        ["target"] = line.Channel.Target,
        ["perHour"] = line.Channel.Channel.PerHour,
        ["secret"] = line.Channel.Secret,
        ["connection"] = line.Path?.Connection.State,
        ["subscriptions"] = line.Audience?.Cell,
        ["problem"] = line.Problem,
        ["unseen"] = line.Unseen,
    };
}
