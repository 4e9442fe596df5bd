using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>
/// The client tokens of transactions that were carried out: for ten minutes the same token means the same transaction. Of each only the hash is kept, for a
/// busy client makes tens of thousands of a hundred actions in that time.
/// </summary>
internal sealed class TransactionTokens(DynamoDbState state)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Account, string Region, string Token), (string Hash, DateTimeOffset At)> known = [];
    private readonly Queue<((string Account, string Region, string Token) Key, DateTimeOffset At)> order = new();

    /// <summary>Runs a transaction, or says to it that it has been.</summary>
    /// <exception cref="AwsException">IdempotentParameterMismatchException.</exception>
    public JsonObject Once(AwsCall call, Func<bool, JsonObject> run)
    {
        if (call.Input.Text("ClientRequestToken") is not { } token) return run(false);
        var (key, hash) = ((call.AccountId, call.Region, token), Hash(call.Input));
        lock (gate)
        {
            Forget();
            if (known.TryGetValue(key, out var before))
            {
                if (before.Hash != hash) throw new AwsException("IdempotentParameterMismatchException", "");
                return run(true);
            }

            var answer = run(false);
            known[key] = (hash, state.Now);
            order.Enqueue((key, state.Now));
            return answer;
        }
    }

    /// <summary>The same for the same parameters, in whatever order their members come.</summary>
    private static string Hash(JsonObject request)
    {
        var text = new StringBuilder();
        Write(request, text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject members:
                text.Append('{');
                foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    text.Append(JsonValue.Create(name).ToJsonString()).Append(':');
                    Write(value, text);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonArray values:
                text.Append('[');
                foreach (var value in values)
                {
                    Write(value, text);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private void Forget()
    {
        while (order.TryPeek(out var oldest) && oldest.At + AwsLimits.DynamoDb.TransactionToken <= state.Now) known.Remove(order.Dequeue().Key);
    }
}
