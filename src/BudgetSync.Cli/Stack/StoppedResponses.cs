using System.Text.Json.Nodes;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Respond;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;

namespace BudgetSync.Cli.Stack;

/// <summary>What to say wherever restrictions or suspensions are looked at while none begins: that the kill switch is thrown.</summary>
/// <param name="Text">A sentence or two, without a full stop at the end.</param>
/// <param name="Json"><c>{"since":"2026-11-12T12:00:00Z","by":"arn:…"}</c>; a member that is not known is left out.</param>
internal sealed record StoppedResponses(string Text, JsonObject Json)
{
    /// <summary>Null where responses may begin, and where the deployment has neither responses nor models that are metered.</summary>
    public static async Task<StoppedResponses?> ReadAsync(DeployedStack stack, CancellationToken cancellation)
    {
        if (stack.Responds == false && stack.MetersModels == false) return null;
        try
        {
            return await new ArmedSwitch(stack.Clients.OwnSystems, stack.Caller).LookAsync(cancellation) is { } thrown ? Of(thrown) : null;
        }
        catch (AwsFaultException refused) when (refused.Fault.Kind == FaultKind.Blocked)
        {
            return new StoppedResponses(
                $"Whether responses are stopped cannot be read from {ArmedSwitch.ParameterName}: {refused.Fault.Reason}",
                new JsonObject { ["unknown"] = refused.Fault.Reason });
        }
    }

    /// <summary>In a line of its own: with the result for people, beside it for scripts.</summary>
    public void Tell(ConsoleContext terminal, bool forPeople)
    {
        if (forPeople) terminal.WriteFolded($"{Text}.");
        else terminal.TellFolded($"{Text}.", indent: 2);
    }

    /// <summary>For each object of an array, which can have it once.</summary>
    public JsonNode Copy() => Json.DeepClone();

    private static StoppedResponses Of(ThrownSwitch thrown)
    {
        var json = new JsonObject();
        if (thrown.Since is { } since) json["since"] = UtcText.Seconds(since);
        if (thrown.By.Length > 0) json["by"] = thrown.By;
        var when = thrown.Since is { } at ? $" since {UtcText.Minutes(at)}" : "";
        var who = thrown.By.Length > 0 ? $", by {Printable.Line(thrown.By)}" : "";
        return new StoppedResponses($"Responses are stopped{when}{who}: none begins until 'budgetsync arm' lets them begin again", json);
    }
}
