using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>The hands of people: calls as the administrator of an account, which no fault hits and IAM never refuses.</summary>
internal sealed class ManualCalls(LocalCloud cloud, Journal journal)
{
    /// <summary>Makes a call that must succeed.</summary>
    public JsonObject Ask(AwsService service, string account, string operation, JsonObject input) => Ask(service, Caller.Root(account), operation, input);

    public JsonObject Ask(AwsService service, Caller person, string operation, JsonObject input)
    {
        var call = new AwsCall(service.SigningName, operation, person, cloud.Options.Region, input) { RequestId = "by-hand" };
        var answer = cloud.Gateway.InvokeAsync(service, call, CancellationToken.None);
        return answer.IsCompleted ? answer.GetAwaiter().GetResult() : throw new WorldException($"A person's {operation} waits for something.");
    }

    /// <summary>Makes a call that AWS may refuse, as it refuses people; null where it did.</summary>
    public JsonObject? Try(AwsService service, string account, string operation, JsonObject input)
    {
        try
        {
            var answer = Ask(service, account, operation, input);
            journal.Write($"by hand in {account}: {operation} {Brief(input)}");
            return answer;
        }
        catch (AwsException refused)
        {
            journal.Write($"by hand in {account}: {operation} {Brief(input)} ! {refused.Code}");
            return null;
        }
    }

    /// <summary>A row as DynamoDB's typed item: what a person's JSON becomes in the console.</summary>
    public static JsonObject Item(JsonObject row) => new(row.Select(attribute => KeyValuePair.Create(attribute.Key, (JsonNode?)Typed(attribute.Value))));

    private static JsonObject Typed(JsonNode? value) => value switch
    {
        null => new JsonObject { ["NULL"] = true },
        JsonObject map => new JsonObject { ["M"] = Item(map) },
        JsonArray list => new JsonObject { ["L"] = new JsonArray([.. list.Select(Typed)]) },
        _ => value.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.String => new JsonObject { ["S"] = value.GetValue<string>() },
            System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => new JsonObject { ["BOOL"] = value.GetValue<bool>() },
            _ => new JsonObject { ["N"] = value.ToJsonString() },
        },
    };

    private static string Brief(JsonObject input)
    {
        var text = input.ToJsonString();
        return text.Length <= 300 ? text : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, 300)}…");
    }
}
