namespace BudgetSync.Core.Tests.Rows;

/// <summary>Both sides of the edge of the rules of models.</summary>
internal static class AiRuleCases
{
    public static IEnumerable<RuleCase> All { get; } =
    [
        Row("AiPrincipalForm", Principal("role/Data*"), Principal("DataScience")),
        Row("AiPrincipalForm", Principal("BedrockAPIKey-*"), Principal("arn:aws:iam::111122223333:role/DataScience")),
        Row("AiPrincipalForm", Principal("person/alice@example.com"), Principal("role/path/Agent")),
        Row("AiPrincipalForm", Principal("role/" + new string('a', 95)), Principal("role/" + new string('a', 96))),
        Row("AiPrincipalForm", Pool("research", """ "Members":["*"],"Limit":1 """), Pool("research", """ "Members":["**bob"],"Limit":1 """)),
        Row("AiPrincipalForm", Principal("BedrockAPIKey-ab12"), Principal("user/BedrockAPIKey-ab12")),
        Row("AiPrincipalForm", Principal("role/AWSReserved"), Principal("role/AWSReservedSSO_Dev_0123")),
        Row("AiPoolName", Pool("research", """ "Members":["role/a"],"Limit":1 """), Pool("a pool", """ "Members":["role/a"],"Limit":1 """)),
        Row("AiMemberCount", Members(20), Members(21)),
        Row("AiMemberCount", Members(1), Members(0)),
        Row("AiMemberCount", Members(2), Pool("research", """ "Members":["role/a","role/a"],"Limit":1 """)),
        Row("AiModelForm", Model("amazon.nova-pro-v1:0"), Model("Nova Pro")),
        Row("AiModelForm", Model("amazon.nova-pro-v1:0"), Model("us.amazon.nova-pro-v1:0")),
        Row("AiModelForm", Model("anthropic.*"), Model("Anthropic.*")),
        Row("AiEntryCount", Many(50), Many(51)),
        Row("AiPercent", Default(""" "Critical":100 """), Default(""" "Critical":100.5 """)),
        Row("AiPercent", Default(""" "Warn":0.01 """), Default(""" "Warn":0 """)),
        Row("AiPercent", """{"DiscountPercent":99}""", """{"DiscountPercent":100}"""),
        Row("AiPercent", """{"DiscountPercent":0}""", """{"DiscountPercent":-1}"""),
        Row("AiOrder", Default(""" "Warn":90 """), Default(""" "Warn":90.01 """)),
        Row("AiOrder", Principal("role/a", """ "Critical":70 """), Principal("role/a", """ "Critical":69.99 """)),
        Row("AiRateRange", Default(""" "Rate":{"Rpm":1000000} """), Default(""" "Rate":{"Rpm":1000001} """)),
        Row("AiRateRange", Default(""" "Rate":{"Tpm":1} """), Default(""" "Rate":{"Tpm":0} """)),
        Row("AiRateRange", Default(""" "Rate":{"Rpm":1,"WindowSeconds":900} """), Default(""" "Rate":{"Rpm":1,"WindowSeconds":90} """)),
        Row("AiRateOfSome", Default(""" "Rate":{"Rpm":1} """), Default(""" "Rate":{"WindowSeconds":60} """)),
        Row("AiUnit", """{"Unit":"USD","AccountCap":{"Limit":1}}""", """{"Unit":"EUR","AccountCap":{"Limit":1}}"""),
        Row("AmountPositive", Default(""" "Limit":0.01 """), Default(""" "Limit":0 """)),
        Row("CostDecimals", Default(""" "Limit":0.25 """), Default(""" "Limit":0.255 """)),
        Row("Word", Default(""" "Window":"5h" """), Default(""" "Window":"7d" """)),
        Row("Word", Default(""" "Mode":"ARMED" """), Default(""" "Mode":"armed" """)),
        Row("GraceForm", Default(""" "Grace":"0m" """), Default(""" "Grace":"5 minutes" """)),
        Row("Required", """{"AccountCap":{"Limit":1}}""", """{"AccountCap":{"Mode":"WATCH"}}"""),
        Row("Required", Pool("research", """ "Members":["role/a"],"Limit":1 """), Pool("research", """ "Members":["role/a"] """)),
        Row("Required", Pool("research", """ "Members":["role/a"],"Limit":1 """), Pool("research", """ "Limit":1 """)),
        Row("Required", Model("anthropic.*"), """{"Models":{"anthropic.*":{}}}"""),
        Row("KnownName", Default(""" "Shared":true """), """{"AccountCap":{"Limit":1,"Shared":true}}"""),
        Row("KnownName", Model("anthropic.*"), """{"Models":{"anthropic.*":{"Limit":1,"Mode":"ARMED"}}}"""),
        Row("Type", """{"AccountCap":null}""", """{"Default":null}"""),
        Row("Type", """{"Principals":{"role/a":null}}""", """{"Principals":["role/a"]}"""),
        new("AiPercent", ["""{"Ai":{"Default":{"Warn":50}},"Budgets":[]}"""], ["""{"Ai":{"Default":{"Warn":500}},"Budgets":[]}"""]) { IsDocument = true },
        new("AiOrder", ["""{"Ai":{"Default":{"Warn":50}},"Budgets":[]}"""], ["""{"Ai":{"Default":{"Warn":95}},"Budgets":[]}"""]) { IsDocument = true },
        new("ReleasedAlone", ["""{"Released":true}"""], ["""{"Released":true,"Ai":{}}"""]) { IsDocument = true },
    ];

    private static RuleCase Row(string rule, string kept, string broken) => new(rule, [InRow(kept)], [InRow(broken)]);

    private static string InRow(string ai) => $$"""{"BudgetValue":1,"Ai":{{ai}}}""";

    private static string Default(string budget) => "{\"Default\":{" + budget + "}}";

    private static string Principal(string pattern, string budget = """ "Limit":1 """) =>
        "{\"Principals\":{\"" + pattern + "\":{" + budget + "}}}";

    private static string Pool(string name, string pool) => "{\"Pools\":{\"" + name + "\":{" + pool + "}}}";

    private static string Model(string pattern) => "{\"Models\":{\"" + pattern + "\":{\"Limit\":1}}}";

    private static string Members(int count) =>
        Pool("research", $" \"Members\":[{string.Join(',', Enumerable.Range(0, count).Select(number => $"\"role/r{number}\""))}],\"Limit\":1 ");

    private static string Many(int count) =>
        "{\"Principals\":{" + string.Join(',', Enumerable.Range(0, count).Select(number => $"\"role/r{number}\":{{}}")) + "}}";
}
