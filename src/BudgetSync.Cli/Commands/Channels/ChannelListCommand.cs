using System.CommandLine;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Channels;

/// <summary><c>budgetsync channels list</c>: the names that rows may give in Notify, and how EventBridge stands with each, or who hears its topic.</summary>
internal static class ChannelListCommand
{
    private static readonly TextColumn[] Columns =
    [
        // Two channels may differ in the last letters of where they go: that is never cut.
        new("CHANNEL", Shortest: 8, MostLines: 2), new("KIND"), new("GOES TO", Shortest: 20, MostLines: 12), new("AN HOUR", Goes: 1),
        new("SECRET", Shortest: 8, Goes: 2, MostLines: 4), new("CONNECTION", Shortest: 12, MostLines: 2),
    ];

    public static Command Create(ConsoleContext terminal)
    {
        var json = new Option<bool>("--json") { Description = "Print a list of objects" };
        var command = new Command(
            "list",
            "Show the deployment's channels, where each goes, and whether EventBridge may call it or anybody hears its topic. Exit 0, or 1 where a connection "
                + "is missing or not authorized any more, or nobody hears a topic") { json };
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            using var access = new ChannelAccess(stack);
            var lines = new List<(DeployedChannel Channel, ConnectionStanding Standing)>();
            var silent = new List<string>();
            foreach (var channel in await access.ListAsync(cancellation))
            {
                if (channel.IsTopic)
                {
                    var arn = stack.Topics.ArnOf(channel.Name);
                    var hearing = await TopicAudience.ReadAsync(stack, arn, cancellation);
                    if (hearing.IsNobody) silent.Add($"Nobody hears {channel.Name}: {hearing.Remedy(arn)}.");
                    lines.Add((channel, new ConnectionStanding(hearing.Cell, null)));
                }
                else
                {
                    var standing = await access.ConnectionAsync(channel, cancellation) ?? ConnectionStanding.Missing;
                    lines.Add((channel, standing));
                }
            }

            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(Json(lines));
            else Write(terminal, lines, silent);
            var sendsNothing = lines.Exists(line => line.Standing.IsGivenUp || line.Standing == ConnectionStanding.Missing);
            return silent.Count > 0 || sendsNothing ? ExitCode.Failed : ExitCode.Done;
        });
        return command.WithExamples("budgetsync channels list", "budgetsync channels list --json");
    }

    private static void Write(
        ConsoleContext terminal, IReadOnlyList<(DeployedChannel Channel, ConnectionStanding Standing)> lines, IEnumerable<string> silent)
    {
        var cells = lines.Select(line => new[]
        {
            line.Channel.Name,
            line.Channel.Channel.Kind.ToString(),
            line.Channel.Target,
            Number.Of(line.Channel.Channel.PerHour),
            line.Channel.Secret ?? "",
            line.Standing.State,
        });
        TableScreen.Write(terminal, Columns, [.. cells], whole: "--json has");
        foreach (var given in lines.Where(line => line.Standing.IsGivenUp).GroupBy(line => line.Standing.Remedy, line => line.Channel.Name))
            terminal.Out.WriteLine($"EventBridge sends nothing to {string.Join(", ", given)} any more; {given.Key}.");
        foreach (var sentence in silent) terminal.Out.WriteLine(sentence);
    }

    private static string Json(IEnumerable<(DeployedChannel Channel, ConnectionStanding Standing)> lines) =>
        new JsonArray([.. lines.Select(Json)]).ToJsonString(JsonOutput.Options);

    private static JsonObject Json((DeployedChannel Channel, ConnectionStanding Standing) line) => new()
    {
        ["name"] = line.Channel.Name,
        ["kind"] = line.Channel.Channel.Kind.ToString(),
        ["target"] = line.Channel.Target,
        ["perHour"] = line.Channel.Channel.PerHour,
        ["secret"] = line.Channel.Secret,
        ["connection"] = line.Channel.IsTopic ? null : line.Standing.State,
        ["subscriptions"] = line.Channel.IsTopic ? line.Standing.State : null,
    };
}
