using System.Text.Json.Nodes;

namespace BudgetSync.Simulation.Tests.Metering;

/// <summary>One budget of models as a row says it, with all its parts.</summary>
internal sealed record SaidBudget(decimal Limit, string Window, string Mode)
{
    public int GraceMinutes { get; init; }

    public bool Shared { get; init; }

    /// <summary>Calls a minute; null: none.</summary>
    public int? Rpm { get; init; }

    public JsonObject ToJson(bool ofPrincipals)
    {
        var json = new JsonObject { ["Limit"] = Limit, ["Window"] = Window, ["Mode"] = Mode, ["Grace"] = $"{GraceMinutes}m" };
        if (!ofPrincipals) return json;
        json["Shared"] = Shared;
        if (Rpm is { } calls) json["Rate"] = new JsonObject { ["Rpm"] = calls };
        return json;
    }

    /// <summary>Where the window that holds an instant begins: reckoned here once more, and not by what is tested.</summary>
    public DateTimeOffset Start(DateTimeOffset at) => Window switch
    {
        "DAILY" => new DateTimeOffset(at.Year, at.Month, at.Day, 0, 0, 0, TimeSpan.Zero),
        "5h" => DateTimeOffset.UnixEpoch.AddHours(Math.Floor((at - DateTimeOffset.UnixEpoch).TotalHours / 5) * 5),
        _ => throw new InvalidOperationException($"{Window} is no window of this simulation."),
    };
}

/// <summary>What an account's row says of models.</summary>
/// <param name="Keys">Of long-term API keys; null: as all.</param>
/// <param name="Pool">Of all roles together; null: none.</param>
internal sealed record SaidModels(SaidBudget Default, SaidBudget? Keys, SaidBudget? Pool)
{
    public bool Snoozed { get; init; }

    /// <summary>The row's amount is no number: what it says of models waits, and its snooze and what people ask do not.</summary>
    public bool IsWrong { get; init; }

    public SaidBudget Of(string principal) => Keys is not null && principal.StartsWith("BedrockAPIKey-", StringComparison.Ordinal) ? Keys : Default;

    public static bool IsInPool(string principal) => principal.StartsWith("role/", StringComparison.Ordinal);

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["Default"] = Default.ToJson(ofPrincipals: true) };
        if (Keys is not null)
        {
            var keys = Keys.ToJson(ofPrincipals: true);
            // What an entry leaves out, Default says: a rate too.
            if (Keys.Rpm is null) keys["Rate"] = null;
            json["Principals"] = new JsonObject { ["BedrockAPIKey-*"] = keys };
        }

        if (Pool is null) return json;
        var pool = Pool.ToJson(ofPrincipals: false);
        pool["Members"] = new JsonArray("role/*");
        json["Pools"] = new JsonObject { ["roles"] = pool };
        return json;
    }
}
