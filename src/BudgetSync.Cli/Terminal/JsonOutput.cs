using System.Text.Encodings.Web;
using System.Text.Json;

namespace BudgetSync.Cli.Terminal;

/// <summary>How <c>--json</c> prints: indented, and with letters as letters.</summary>
internal static class JsonOutput
{
    public static JsonSerializerOptions Options { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
