using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>The part of an event that a target gets: <c>$</c>, <c>$.detail</c>, <c>$.resources[0]</c> (EventBridge API reference, Target.InputPath).</summary>
internal sealed partial class InputPath
{
    private readonly ImmutableArray<string> steps;

    private InputPath(ImmutableArray<string> steps) => this.steps = steps;

    /// <exception cref="AwsException">ValidationException.</exception>
    public static InputPath Parse(string text) => Form().IsMatch(text)
        ? new InputPath([.. Step().Matches(text).Select(step => step.Groups["step"].Value)])
        : throw new AwsException("ValidationException", $"Invalid InputPath \"{text}\": write $, $.detail or $.resources[0].");

    /// <summary>Null where the event has nothing there.</summary>
    public JsonNode? Of(JsonNode? occurrence)
    {
        foreach (var step in steps)
        {
            occurrence = occurrence switch
            {
                JsonObject members => members[step],
                JsonArray items when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < items.Count => items[index],
                _ => null,
            };
        }

        return occurrence;
    }

    [GeneratedRegex(@"^\$(\.[A-Za-z0-9_-]+|\[[0-9]+\])*\z")]
    private static partial Regex Form();

    [GeneratedRegex(@"\.(?<step>[A-Za-z0-9_-]+)|\[(?<step>[0-9]+)\]")]
    private static partial Regex Step();
}
