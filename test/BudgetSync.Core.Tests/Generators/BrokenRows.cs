using System.Text.Json.Nodes;

namespace BudgetSync.Core.Tests.Generators;

/// <summary>Ways to break a valid row: after any of them it has at least one problem, whatever it was before.</summary>
public static class BrokenRows
{
    private static readonly (string Name, string Value)[] Slips =
    [
        ("Treshold", "80"),
        ("budgetValue", "1"),
        ("BudgetValue", "\"abc\""),
        ("BudgetValue", "0"),
        ("BudgetValue", "-0.01"),
        ("BudgetValue", "1e999"),
        ("BudgetValue", "[]"),
        ("BudgetValue", "0.00000000001"),
        ("BudgetName", "\"a:b\""),
        ("BudgetName", "\"a\\\\b\""),
        ("BudgetName", "7"),
        ("TimeUnit", "\"WEEKLY\""),
        ("BudgetType", "null"),
        ("Unit", "\" \""),
        ("EmailRecipients", "[\"nobody\"]"),
        ("EmailRecipients", "\"a@b.io,c@d.io,e@f.io,g@h.io,i@j.io,k@l.io,m@n.io,o@p.io,q@r.io,s@t.io,u@v.io\""),
        ("Thresholds", "[0]"),
        ("Thresholds", "\"eighty\""),
        ("Thresholds", "\"1,2,3,4,5,6,7,8,9,10,11\""),
        ("Thresholds", "[80,80.0]"),
        ("Thresholds", "{}"),
        ("SnsTopicArn", "\"arn:aws:sns:us-east-1:222233334444:elsewhere\""),
        ("SnsTopicArn", "true"),
        ("CostFilters", "{\"LinkedAccount\":[\"111122223333\"]}"),
        ("CostTypes", "{\"IncludeTaxes\":true}"),
        ("FilterExpression", "{}"),
        ("Metrics", "[\"Cost\"]"),
        ("PlannedBudgetLimits", "{\"soon\":1}"),
        ("AutoAdjustData", "{}"),
        ("TimePeriod", "{\"Start\":\"2026-02-01\",\"End\":\"2026-01-01\"}"),
        ("Actions", "[{}]"),
        ("Grants", "[{\"Amount\":1}]"),
        ("Grants", "[{\"Amount\":1,\"Until\":\"soon\",\"Why\":\"a\"}]"),
        ("Changes", "[{\"From\":\"2026-11-01\",\"BudgetValue\":0}]"),
        ("AddEmailRecipients", "\"nobody\""),
        ("ResourceTags", "{\"aws:a\":\"b\"}"),
        ("BillingViewArn", "\"primary\""),
        ("Budgets", "[]"),
        ("Budgets", "[1]"),
        ("Enabled", "\"maybe\""),
        ("OnDelete", "\"KEEP\""),
        ("AccountId", "12345678901"),
        ("AccountId", "\"12345678901\""),
    ];

    public static JsonObject Break(Random random, JsonObject valid)
    {
        var broken = valid.DeepClone().AsObject();
        for (var slips = random.Next(1, 4); slips > 0; slips--)
        {
            var (name, value) = Slips[random.Next(Slips.Length)];
            broken[name] = JsonNode.Parse(value);
            // A view of several accounts' costs is where accounts can be chosen.
            if (name == "CostFilters")
                broken.Remove("BillingViewArn");
        }

        return broken;
    }
}
