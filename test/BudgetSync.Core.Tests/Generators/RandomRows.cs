using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;

namespace BudgetSync.Core.Tests.Generators;

/// <summary>
/// Rows made up from a seeded <see cref="Random"/>: valid ones of every kind, and meaning-preserving other spellings of them. Free of any test library,
/// so that the simulation, which has a seed of its own, can draw from the same world.
/// </summary>
public static class RandomRows
{
    private static readonly string[] Names = ["SpokeAccountBudget", "team-a", "team b (prod)", "ünïcode budget", "data.platform_v2", "{{double}} braces"];

    private static readonly string[] Services = ["Amazon Elastic Compute Cloud - Compute", "Amazon Simple Storage Service", "AWS Lambda", "Amazon Redshift"];

    private static readonly string[] ReservedServices =
    [
        "Amazon Elastic Compute Cloud - Compute",
        "Amazon Redshift",
        "Amazon ElastiCache",
        "Amazon OpenSearch Service"
    ];

    private static readonly string[] CostMetrics = ["BlendedCost", "UnblendedCost", "AmortizedCost", "NetUnblendedCost", "NetAmortizedCost"];

    private static readonly string[] CostTypeNames =
        [
            "IncludeTax",
            "IncludeSubscription",
            "IncludeRefund",
            "IncludeCredit",
            "IncludeUpfront",
            "IncludeRecurring",
            "IncludeOtherSubscription",
            "IncludeSupport",
            "IncludeDiscount",
            "UseAmortized"
        ];

    /// <summary>A row that <see cref="Resolver"/> takes by itself, with at least one budget, for the scope given.</summary>
    public static JsonObject Valid(Random random, string scope)
    {
        var row = new JsonObject();
        if (random.Next(4) == 0)
        {
            var names = Names.OrderBy(_ => random.Next()).Take(random.Next(1, 4));
            row["Budgets"] = new JsonArray([.. names.Select(name => Budget(random, name))]);
        }
        else
        {
            row = Budget(random, random.Next(2) == 0 ? null : Pick(random, Names));
        }

        row["AccountId"] = scope;
        if (random.Next(5) == 0)
            row["OnDelete"] = Pick(random, "REVERT", "DELETE", "RETAIN");
        if (random.Next(5) == 0)
            row["Enabled"] = true;
        if (random.Next(6) == 0)
            row["Weight"] = random.Next(0, 10);
        if (random.Next(6) == 0)
            row["Notify"] = Pick(random, "finops", "finops Warning, pager Critical", "operations");
        if (random.Next(6) == 0)
            row["Responses"] = new JsonArray(new JsonObject
            {
                ["At"] = Pick(random, "Over", "110 FORECASTED", "Runway 5"),
                ["Do"] = Pick(random, "NOTIFY", "DENY_NEW"),
            });
        if (random.Next(12) == 0)
            row["Snooze"] = new JsonObject { ["Until"] = "2026-11-30", ["Why"] = "load test" };
        if (random.Next(6) == 0)
            row["Ai"] = Ai(random);
        if (random.Next(6) == 0 && AccountId.TryParse(scope, out _) == false)
            row["Envelope"] = new JsonObject { ["Amount"] = Money(random), ["Cascade"] = Pick(random, "NONE", "EQUAL", "PROPORTIONAL") };
        if (random.Next(5) == 0)
            row["x-team"] = new JsonObject { ["cost-centre"] = 4711 };
        return row;
    }

    /// <summary>The row as the resolver takes it.</summary>
    public static RowImage Image(JsonObject row)
    {
        using var document = JsonDocument.Parse(row.ToJsonString());
        return RowJson.ReadRow(document.RootElement)!; // A JsonObject is an object.
    }

    /// <summary>Another row that means the same: other order, other types, defaults written out.</summary>
    public static JsonObject Respell(Random random, JsonObject row)
    {
        var other = row.DeepClone().AsObject();
        foreach (var budget in other["Budgets"] is JsonArray budgets ? budgets.Select(entry => entry!.AsObject()) : [other]) // Valid rows hold no nulls here.
            RespellBudget(random, budget);
        other["Note"] = "the same";
        (other["ChangedBy"], other["ChangedAt"], other["Reason"]) = ("arn:aws:iam::999999999999:user/jane", "2026-01-31T12:00:00.000Z", "asked");
        return other;
    }

    private static JsonObject Ai(Random random)
    {
        var ai = new JsonObject();
        if (random.Next(2) == 0)
            ai["Default"] = AiBudget(random, Pick(random, "WATCH", "CONFIRM", "ARMED"));
        if (random.Next(2) == 0)
            ai["Principals"] = new JsonObject
            {
                [Pick(random, "role/DataScience", "BedrockAPIKey-*", "person/alice@example.com")] = random.Next(3) == 0 ? null : AiBudget(random, "ARMED"),
            };
        if (random.Next(2) == 0)
        {
            var pool = AiBudget(random, "CONFIRM");
            pool["Members"] = new JsonArray("role/*", "user/bob");
            ai["Pools"] = new JsonObject { ["research"] = pool };
        }

        if (random.Next(2) == 0)
            ai["Models"] = new JsonObject { ["anthropic.*"] = new JsonObject { ["Limit"] = Money(random), ["Window"] = "DAILY" } };
        if (random.Next(2) == 0)
            ai["AccountCap"] = AiBudget(random, "ARMED");
        if (random.Next(2) == 0)
            ai["DiscountPercent"] = random.Next(0, 99) + 0.5m;
        return ai;
    }

    private static JsonObject AiBudget(Random random, string mode)
    {
        var budget = new JsonObject { ["Limit"] = Money(random) };
        if (random.Next(2) == 0)
            (budget["Warn"], budget["Critical"]) = (random.Next(1, 50), random.Next(50, 101));
        if (random.Next(2) == 0)
            budget["Window"] = Pick(random, "MONTHLY", "WEEKLY", "DAILY", "5h", "30d");
        if (random.Next(2) == 0)
            budget["Grace"] = Pick(random, "0m", "90m", "1d");
        if (random.Next(2) == 0)
            budget["Mode"] = mode;
        if (random.Next(3) == 0)
            budget["Rate"] = random.Next(3) == 0 ? null : new JsonObject { ["Rpm"] = random.Next(1, 1000), ["WindowSeconds"] = Pick(random, 60, 300, 900) };
        return budget;
    }

    private static JsonObject Budget(Random random, string? name)
    {
        var budget = new JsonObject();
        if (name is not null)
            budget["BudgetName"] = name;
        var type = Pick(random, "COST", "COST", "COST", "USAGE", "RI_UTILIZATION", "RI_COVERAGE", "SAVINGS_PLANS_UTILIZATION", "SAVINGS_PLANS_COVERAGE");
        var timeUnit = Pick(random, "MONTHLY", "MONTHLY", "DAILY", "QUARTERLY", "ANNUALLY", "CUSTOM");
        if (type != "COST")
            budget["BudgetType"] = type;
        if (timeUnit != "MONTHLY")
            budget["TimeUnit"] = timeUnit;
        var spending = type is "COST" or "USAGE";
        if (type == "USAGE")
            budget["Unit"] = Pick(random, "GB", "Hrs");
        else if (type == "COST" && random.Next(4) == 0)
            budget["Unit"] = "USD";
        if (spending)
            AddAmount(random, budget, timeUnit);
        AddFilters(random, budget, type);
        if (timeUnit == "CUSTOM")
            budget["TimePeriod"] = new JsonObject { ["Start"] = $"2026-{random.Next(1, 13):00}-15", ["End"] = $"2028-0{random.Next(1, 10)}-01" };
        else
            AddPeriod(random, budget);
        AddAlerts(random, budget, spending && timeUnit != "DAILY", spending);
        if (spending && timeUnit != "DAILY" && random.Next(4) == 0)
            budget["Actions"] = new JsonArray([.. Enumerable.Range(1, random.Next(1, 3)).Select(number => Action(random, number))]);
        if (random.Next(6) == 0)
            budget["ResourceTags"] = new JsonObject(Names.Take(random.Next(0, 4)).Select(tag => KeyValuePair.Create(tag, (JsonNode?)$"value of {tag}")));
        if (random.Next(8) == 0)
            budget["BillingViewArn"] = $"arn:aws:billing::{{AccountId}}:billingview/{Pick(random, "primary", "custom-0123")}";
        if (random.Next(8) == 0)
            budget["Adopt"] = true;
        if (random.Next(8) == 0)
            budget["KeepExtraSubscribers"] = true;
        return budget;
    }

    private static void AddAmount(Random random, JsonObject budget, string timeUnit)
    {
        var way = random.Next(6);
        if (way == 0 && timeUnit is "MONTHLY" or "QUARTERLY" && way == 0)
        {
            var (count, months) = timeUnit == "MONTHLY" ? (12, 1) : (4, 3);
            var start = new DateTime(2026, 1 + (months * random.Next(0, count)), 1, 0, 0, 0, DateTimeKind.Utc);
            var limits = new JsonObject();
            for (var i = 0; i < count; i++)
                limits[start.AddMonths(i * months).ToString("yyyy-MM", CultureInfo.InvariantCulture)] = Money(random);
            budget["PlannedBudgetLimits"] = limits;
        }
        else if (way == 1 && timeUnit != "CUSTOM")
        {
            var most = timeUnit switch { "DAILY" => 60, "MONTHLY" => 12, "QUARTERLY" => 4, _ => 1 };
            budget["AutoAdjustData"] = random.Next(2) == 0
                ? new JsonObject { ["AutoAdjustType"] = "FORECAST" }
                : new JsonObject
                {
                    ["AutoAdjustType"] = "HISTORICAL",
                    ["HistoricalOptions"] = new JsonObject { ["BudgetAdjustmentPeriod"] = random.Next(1, most + 1) }
                };
        }
        else
        {
            budget["BudgetValue"] = Money(random);
            AddMoves(random, budget);
        }
    }

    private static void AddMoves(Random random, JsonObject budget)
    {
        if (random.Next(4) == 0)
            budget["Grants"] = new JsonArray([.. Enumerable.Range(1, random.Next(1, 4)).Select(number => new JsonObject
            {
                ["Amount"] = random.Next(1, 1000),
                ["Until"] = $"2026-{random.Next(1, 13):00}-{random.Next(1, 29):00}",
                ["Why"] = $"reason {number}",
                ["By"] = random.Next(2) == 0 ? "jane" : "joe",
            })]);
        if (random.Next(4) == 0)
            budget["Changes"] = new JsonArray([.. Enumerable.Range(1, random.Next(1, 4)).Select(number =>
                new JsonObject { ["From"] = $"2026-0{number}-{random.Next(1, 29):00}", ["BudgetValue"] = Money(random) })]);
    }

    private static void AddFilters(Random random, JsonObject budget, string type)
    {
        var reservation = type is "RI_UTILIZATION" or "RI_COVERAGE";
        if (type is "COST" && random.Next(2) == 0)
            return;
        if (!reservation && type is "COST" or "USAGE" && random.Next(2) == 0)
        {
            var expression = type == "USAGE" ? Dimension("USAGE_TYPE", "BoxUsage:t3.micro") : Expression(random, 2);
            budget["FilterExpression"] = expression;
            budget["Metrics"] = new JsonArray(type == "USAGE" ? "UsageQuantity" : Pick(random, CostMetrics));
            return;
        }

        var filters = new JsonObject();
        if (type == "USAGE")
            filters["UsageType"] = new JsonArray("BoxUsage:t3.micro", "BoxUsage:t3.large");
        if (reservation || random.Next(2) == 0)
            filters["Service"] =
                new JsonArray(
                [
                    .. (reservation ? ReservedServices : Services)
                        .OrderBy(_ => random.Next())
                        .Take(random.Next(1, 4))
                        .Select(service => JsonValue.Create(service))
                ]);
        if (random.Next(3) == 0)
            filters["TagKeyValue"] = new JsonArray("user:Env$prod");
        if (filters.Count > 0)
            budget["CostFilters"] = filters;
        if (type == "COST" && random.Next(2) == 0)
            budget["CostTypes"] = new JsonObject(
                CostTypeNames.Where(_ => random.Next(3) == 0).Select(name => KeyValuePair.Create(name, (JsonNode?)JsonValue.Create(random.Next(2) == 0))));
    }

    private static void AddPeriod(Random random, JsonObject budget)
    {
        if (random.Next(5) != 0 || budget.ContainsKey("PlannedBudgetLimits"))
            return;
        var period = new JsonObject();
        if (random.Next(2) == 0)
            period["Start"] = $"2026-{random.Next(1, 13):00}-01";
        if (random.Next(2) == 0)
            period["End"] = random.Next(2) == 0 ? $"20{random.Next(27, 87)}-02-28" : "2030-01-01T12:30:15Z";
        budget["TimePeriod"] = period;
    }

    private static void AddAlerts(Random random, JsonObject budget, bool forecasts, bool spending)
    {
        if (random.Next(2) == 0)
            budget["EmailRecipients"] = Emails(random, random.Next(1, 11));
        // With those of the stack or of the row it may not be more than ten.
        if (random.Next(6) == 0 && budget["EmailRecipients"] is not JsonArray { Count: > 7 })
            budget["AddEmailRecipients"] = Emails(random, random.Next(0, 3));
        if (random.Next(3) == 0)
            budget["SnsTopicArn"] = Topic(random);
        if (random.Next(3) == 0)
            return;
        var thresholds = new JsonArray();
        foreach (var number in Enumerable.Range(1, 20).OrderBy(_ => random.Next()).Take(random.Next(0, 11)))
            thresholds.Add(Threshold(random, number * 7.5m, forecasts, spending));
        budget["Thresholds"] = thresholds;
    }

    private static JsonNode Threshold(Random random, decimal number, bool forecasts, bool spending)
    {
        var kind = forecasts && random.Next(3) == 0 ? "FORECASTED" : "ACTUAL";
        var type = random.Next(4) == 0 ? "ABSOLUTE_VALUE" : "PERCENTAGE";
        switch (random.Next(3))
        {
            case 0:
                return JsonValue.Create(number);
            case 1:
                return JsonValue.Create($"{number.ToString(CultureInfo.InvariantCulture)} {kind} {type}");
            default:
                var threshold = new JsonObject { ["Threshold"] = number, ["NotificationType"] = kind, ["ThresholdType"] = type };
                if (spending)
                    threshold["ComparisonOperator"] = Pick(random, "GREATER_THAN", "LESS_THAN", "EQUAL_TO");
                if (random.Next(2) == 0)
                    threshold["EmailRecipients"] = Emails(random, random.Next(1, 4));
                if (random.Next(3) == 0)
                    threshold["SnsTopicArn"] = random.Next(2) == 0 ? Topic(random) : null;
                return threshold;
        }
    }

    private static JsonObject Action(Random random, int number)
    {
        var (type, definition) = random.Next(2) == 0
            ? (
                "APPLY_IAM_POLICY",
                new JsonObject
                {
                    ["IamActionDefinition"] = new JsonObject
                    {
                        ["PolicyArn"] = "arn:aws:iam::{AccountId}:policy/deny-new",
                        [Pick(random, "Roles", "Groups", "Users")] = new JsonArray("developer", "admin")
                    }
                })
            : (
                "RUN_SSM_DOCUMENTS",
                new JsonObject
                {
                    ["SsmActionDefinition"] = new JsonObject
                    {
                        ["ActionSubType"] = "STOP_EC2_INSTANCES",
                        ["Region"] = "eu-west-1",
                        ["InstanceIds"] = new JsonArray("i-0123456789abcdef0")
                    }
                });
        var action = new JsonObject
        {
            ["NotificationType"] = "ACTUAL",
            ["ActionType"] = type,
            ["ActionThreshold"] = new JsonObject
            {
                ["ActionThresholdValue"] = 100 + (number * 10),
                ["ActionThresholdType"] = Pick(random, "PERCENTAGE", "ABSOLUTE_VALUE")
            },
            ["Definition"] = definition,
            ["ExecutionRoleArn"] = "arn:aws:iam::{AccountId}:role/BudgetActions",
            ["ApprovalModel"] = Pick(random, "AUTOMATIC", "MANUAL"),
        };
        if (random.Next(2) == 0)
            action["Subscribers"] = new JsonArray(
                new JsonObject { ["SubscriptionType"] = "EMAIL", ["Address"] = "guard@example.com" },
                new JsonObject { ["SubscriptionType"] = "SNS", ["Address"] = Topic(random) });
        return action;
    }

    private static JsonObject Expression(Random random, int depth) => (depth == 0 ? 3 : random.Next(5)) switch
    {
        0 => new JsonObject { ["And"] = new JsonArray(Expression(random, depth - 1), Expression(random, depth - 1)) },
        1 => new JsonObject { ["Or"] = new JsonArray(Expression(random, depth - 1), Expression(random, depth - 1)) },
        2 => new JsonObject { ["Not"] = Expression(random, depth - 1) },
        3 => Dimension("SERVICE", Pick(random, Services)),
        _ =>
            new JsonObject
            {
                [Pick(random, "Tags", "CostCategories")] = new JsonObject
                {
                    ["Key"] = "Env",
                    ["Values"] = new JsonArray("prod", "stage"),
                    ["MatchOptions"] = random.Next(2) == 0 ? new JsonArray("STARTS_WITH") : new JsonArray("EQUALS", "CASE_SENSITIVE")
                }
            },
    };

    private static JsonObject Dimension(string key, string value) =>
        new() { ["Dimensions"] = new JsonObject { ["Key"] = key, ["Values"] = new JsonArray(value) } };

    private static void RespellBudget(Random random, JsonObject budget)
    {
        if (budget["BudgetValue"] is { } value)
            budget["BudgetValue"] = value + (value.ToString().Contains('.', StringComparison.Ordinal) ? "000" : ".00");
        if (budget["BudgetType"] is null)
            budget["BudgetType"] = "COST";
        if (budget["TimeUnit"] is null)
            budget["TimeUnit"] = "MONTHLY";
        if (budget["Unit"] is null && budget["BudgetType"]!.ToString() == "COST") // Set just above.
            budget["Unit"] = "USD";
        if (budget["EmailRecipients"] is JsonArray emails)
            budget["EmailRecipients"] = string.Join(" , ", emails.Reverse().Select(email => email!.ToString())); // Valid rows hold no nulls here.
        if (budget["Thresholds"] is JsonArray thresholds)
            budget["Thresholds"] = new JsonArray([.. thresholds.OrderBy(_ => random.Next()).Select(threshold => threshold!.DeepClone())]); // As above.
        if (budget["Grants"] is JsonArray grants)
            budget["Grants"] = new JsonArray([.. grants.Reverse().Select(grant => grant!.DeepClone())]); // As above.
        if (budget["AddEmailRecipients"] is JsonArray { Count: > 0 } added)
            budget["AddEmailRecipients"] = string.Join(",", added.Select(email => email!.ToString())); // As above.
        if (budget["PlannedBudgetLimits"] is JsonObject limits)
        {
            budget["PlannedBudgetLimits"] = new JsonObject(limits.Select(limit => KeyValuePair.Create(
                DateTimeOffset.ParseExact(limit.Key, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
                    .ToUnixTimeSeconds()
                    .ToString(CultureInfo.InvariantCulture),
                (JsonNode?)new JsonObject { ["Amount"] = limit.Value!.ToString() }))); // As above.
        }
    }

    private static JsonValue Money(Random random) => JsonValue.Create(random.Next(2) == 0 ? random.Next(1, 100_000) : random.Next(1, 10_000_000) / 100m);

    private static JsonArray Emails(Random random, int count) =>
        new([.. Enumerable.Range(0, 12).OrderBy(_ => random.Next()).Take(count).Select(number => JsonValue.Create($"person+{number}@example.com"))]);

    private static string Topic(Random random) =>
        $"arn:aws:sns:us-east-1:{(random.Next(2) == 0 ? "{AccountId}" : "111122223333")}:budget-alerts-{random.Next(3)}".Replace(
            "111122223333",
            "{AccountId}",
            StringComparison.Ordinal);

    private static T Pick<T>(Random random, params T[] choices) => choices[random.Next(choices.Length)];
}
