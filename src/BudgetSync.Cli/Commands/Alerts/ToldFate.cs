using BudgetSync.Aws.Tables;
using BudgetSync.Core;

namespace BudgetSync.Cli.Commands.Alerts;

/// <summary>What became of a message.</summary>
/// <param name="State">For programs: <c>sent</c>, <c>published</c>, <c>counted</c>, <c>undelivered</c> or <c>redriven</c>.</param>
/// <param name="Text">For people, with the reason.</param>
internal sealed record ToldFate(string State, string Text)
{
    /// <summary>EventBridge has it, and no refusal has come back.</summary>
    public const string Sent = "sent";

    public static ToldFate Of(ToldAlert message, AlertsLook look)
    {
        if (message.Counted) return new("counted", "counted: no room in its hour");
        if (look.WhyUndelivered(message) is { } why)
            return look.Redriven(message) is { } again
                ? new("redriven", $"undelivered: {why}; redriven {UtcText.Seconds(again.At)}")
                : new("undelivered", $"undelivered: {why}");
        return message.MessageId is { Length: > 0 } id
            ? new("published", $"published: {id}{(look.IsUnheard(message.Channel) ? "; nobody hears it now" : "")}")
            : new(Sent, Sent);
    }
}
