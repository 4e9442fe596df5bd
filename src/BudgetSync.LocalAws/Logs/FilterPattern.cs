using System.Text.Json;
using System.Text.RegularExpressions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Logs;

/// <summary>
/// A pattern of a subscription: empty takes every event, and <c>{ $.member = "text" }</c> those that are JSON with that member (CloudWatch Logs user guide,
/// "Filter pattern syntax"). Nothing else is known here.
/// </summary>
internal sealed partial record FilterPattern(string Text)
{
    private readonly (string Member, string Value)? wanted = Parse(Text);

    public bool Takes(string message)
    {
        if (wanted is not { } one) return true;
        try
        {
            using var document = JsonDocument.Parse(message, new JsonDocumentOptions { MaxDepth = 1000 });
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(one.Member, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() == one.Value;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static (string, string)? Parse(string text)
    {
        if (text.Length == 0) return null;
        return Equality().Match(text) is { Success: true } match
            ? (match.Groups["member"].Value, match.Groups["value"].Value)
            : throw new AwsException("InvalidParameterException", $"LocalAws does not know the filter pattern {text}; BEHAVIOUR.md says what it knows.");
    }

    [GeneratedRegex("""^\{\s*\$\.(?<member>\w+)\s*=\s*"(?<value>[^"*\\]*)"\s*\}$""")]
    private static partial Regex Equality();
}
