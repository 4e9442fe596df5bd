using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>The client tokens of transactions that were carried out: for ten minutes the same token means the same transaction.</summary>
internal sealed class TransactionTokens(DynamoDbState state)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Account, string Region, string Token), (JsonObject Request, DateTimeOffset At)> known = [];
    private readonly Queue<((string Account, string Region, string Token) Key, DateTimeOffset At)> order = new();

    /// <summary>Runs a transaction, or says to it that it has been.</summary>
    /// <exception cref="AwsException">IdempotentParameterMismatchException.</exception>
    public JsonObject Once(AwsCall call, Func<bool, JsonObject> run)
    {
        if (call.Input.Text("ClientRequestToken") is not { } token) return run(false);
        var key = (call.AccountId, call.Region, token);
        lock (gate)
        {
            Forget();
            if (known.TryGetValue(key, out var before))
            {
                if (!JsonNode.DeepEquals(before.Request, call.Input)) throw new AwsException("IdempotentParameterMismatchException", "");
                return run(true);
            }

            var answer = run(false);
            known[key] = ((JsonObject)call.Input.DeepClone(), state.Now);
            order.Enqueue((key, state.Now));
            return answer;
        }
    }

    private void Forget()
    {
        while (order.TryPeek(out var oldest) && oldest.At + AwsLimits.DynamoDb.TransactionToken <= state.Now) known.Remove(order.Dequeue().Key);
    }
}
