using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Local;

/// <summary><c>budgetsync local reset</c>: a running local organization begins anew, with the rows it was started with.</summary>
internal static class ResetCommand
{
    /// <summary>Ten thousand accounts are deployed in less.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>For how long nothing may answer in between: functions that are processes are published first.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static Command Create(ConsoleContext terminal)
    {
        var port = WholeNumberOption.Create(
            "--port", 1, 65535, $"Where it listens ({LocalOrganization.DefaultPort} where none is given)");
        var command = new Command(
            "reset",
            "Let a running 'budgetsync local' begin anew, with the rows, the accounts and the options it was started with; all else in it is forgotten")
        {
            port,
        };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(port) ?? LocalOrganization.DefaultPort, terminal, cancellation));
        return command.WithExamples("budgetsync local reset", "budgetsync local reset --port 4567");
    }

    private static async Task<int> RunAsync(int port, ConsoleContext terminal, CancellationToken cancellation)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        using var client = new HttpClient { BaseAddress = address, Timeout = Patience };
        if (await AskAsync(client, HttpMethod.Post, "_local/reset", cancellation) is not { } before)
            throw new CommandException($"--port: no 'budgetsync local' answers on {port}; start one, or give the port that it told.");
        var began = terminal.Time.GetTimestamp();
        var answered = began;
        while (await AskAsync(client, HttpMethod.Get, "_local", cancellation) is var now && (now is not { Ready: true } || now.Value.Run == before.Run))
        {
            if (now is not null) answered = terminal.Time.GetTimestamp();
            if (terminal.Time.GetElapsedTime(answered) > Silence)
                throw new CommandException($"it has not answered on {port} for {Silence.TotalMinutes:0} minutes, so it ended; look at what it says itself.");
            if (terminal.Time.GetElapsedTime(began) > Patience) throw new CommandException("it did not come back; look at what it says itself.");
            await Task.Delay(Pause, terminal.Time, cancellation);
        }

        await terminal.Error.WriteLineAsync($"budgetsync local on port {port} has begun anew.");
        return ExitCode.Done;
    }

    /// <returns>Null where nothing answers, or something else does.</returns>
    private static async Task<(int Run, bool Ready)?> AskAsync(HttpClient client, HttpMethod method, string path, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
            using var answer = await client.SendAsync(request, cancellation);
            return answer.IsSuccessStatusCode
                && JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation)) is JsonObject said
                && said["run"] is JsonValue run && said["ready"] is JsonValue ready
                ? (run.GetValue<int>(), ready.GetValue<bool>())
                : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or InvalidOperationException or IOException)
        {
            return null;
        }
    }
}
