using System.Text.Json;
using BudgetSync.Aws.Reconcile;

namespace BudgetSync.Management;

/// <summary>A reconcile's result as JSON: <c>{"accounts":{"Applied":12},"written":0,"unreachable":0,"left":0,"deadLetters":0}</c>.</summary>
internal static class ReconcileAnswer
{
    public static byte[] Format(ReconcileSummary result)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("accounts");
            foreach (var (state, count) in result.Accounts) json.WriteNumber(state.ToString(), count);
            json.WriteEndObject();
            json.WriteNumber("written", result.Written);
            json.WriteNumber("unreachable", result.Unreachable);
            json.WriteNumber("left", result.Remaining);
            json.WriteNumber("deadLetters", result.DeadLetters);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
