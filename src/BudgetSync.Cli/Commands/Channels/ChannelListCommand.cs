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
            var lines = new List<(DeployedChannel Channel, string State)>();
            var silent = new List<string>();
            foreach (var channel in await access.ListAsync(cancellation))
            {
                if (channel.IsTopic)
                {
                    var arn = stack.Topics.ArnOf(channel.Name);
                    var hearing = await TopicAudience.ReadAsync(stack, arn, cancellation);
                    if (hearing.IsNobody) silent.Add($"Nobody hears {channel.Name}: {hearing.Remedy(arn)}.");
                    lines.Add((channel, hearing.Cell));
                }
                else
                {
                    lines.Add((channel, (await access.ConnectionAsync(channel, cancellation))?.State ?? "MISSING"));
                }
            }

            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(Json(lines));
            else Write(terminal, lines, silent);
            return silent.Count > 0 || lines.Exists(line => line.State is "DEAUTHORIZED" or "MISSING") ? ExitCode.Failed : ExitCode.Done;
        });
        return command.WithExamples("budgetsync channels list", "budgetsync channels list --json");
    }

    private static void Write(ConsoleContext terminal, IReadOnlyList<(DeployedChannel Channel, string State)> lines, IEnumerable<string> silent)
    {
        var cells = lines.Select(line => new[]
        {
            line.Channel.Name,
            line.Channel.Channel.Kind.ToString(),
            line.Channel.Target,
            Number.Of(line.Channel.Channel.PerHour),
            line.Channel.Secret ?? "",
            line.State,
        });
        TableScreen.Write(terminal, Columns, [.. cells], whole: "--json has");
        var given = lines.Where(line => line.State == "DEAUTHORIZED").Select(line => line.Channel.Name).ToList();
        if (given.Count > 0)
            terminal.Out.WriteLine($"EventBridge sends nothing to {string.Join(", ", given)} any more: the provider refused the secret, or gave no token for "
                + "it. Put a valid one there, name its version in secretVersion and deploy.");
        foreach (var sentence in silent) terminal.Out.WriteLine(sentence);
    }

    private static string Json(IEnumerable<(DeployedChannel Channel, string State)> lines) => new JsonArray([.. lines.Select(line => new JsonObject
    {
        ["name"] = line.Channel.Name,
        ["kind"] = line.Channel.Channel.Kind.ToString(),
        ["target"] = line.Channel.Target,
        ["perHour"] = line.Channel.Channel.PerHour,
        ["secret"] = line.Channel.Secret,
        ["connection"] = line.Channel.IsTopic ? null : line.State,
        ["subscriptions"] = line.Channel.IsTopic ? line.State : null,
    })]).ToJsonString(JsonOutput.Options);
}
