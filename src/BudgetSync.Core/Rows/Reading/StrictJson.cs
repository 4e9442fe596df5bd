using System.Text.Json;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>Reads JSON that people write, in which a member given twice is a mistake.</summary>
internal static class StrictJson
{
    /// <exception cref="JsonException">It is no JSON, gives a member twice, or has a member whose name holds half a character.</exception>
    public static JsonDocument Parse(string text, bool allowTrailingCommas = false)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = allowTrailingCommas, AllowDuplicateProperties = false });
        }
        catch (InvalidOperationException fault)
        {
            // To compare names .NET reads them, and one such as "\ud800" is no text.
            throw new JsonException("a name holds half a character (a lone surrogate)", fault);
        }
    }
}
