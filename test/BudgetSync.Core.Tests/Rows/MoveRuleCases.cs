namespace BudgetSync.Core.Tests.Rows;

/// <summary>Both sides of the edge of the rules of grants, changes, added recipients, tags, billing views and custom periods.</summary>
internal static class MoveRuleCases
{
    private const string Months = "\"2026-01\":1,\"2026-02\":1,\"2026-03\":1,\"2026-04\":1,\"2026-05\":1,\"2026-06\":1,\"2026-07\":1,\"2026-08\":1,"
        + "\"2026-09\":1,\"2026-10\":1,\"2026-11\":1,\"2026-12\":1";

    private const string Planned = "{\"PlannedBudgetLimits\":{" + Months + "}";

    public static IEnumerable<RuleCase> All { get; } =
    [
        Row("Day", Grants(Grant("2026-02-28")), Grants(Grant("2026-02-29"))),
        Row("Day", Grants(Grant("1970-01-01")), Grants(Grant("1969-12-31"))),
        Row("Day", Changes(Change("2026-11-01")), Changes(Change("2026-11-01T00:00:00Z"))),
        Row("Required", Grants(Grant("2026-11-30")), Grants("""{"Amount":1,"Until":"2026-11-30"}""")),
        Row("Required", Changes(Change("2026-11-01")), Changes("""{"From":"2026-11-01"}""")),
        Row("AmountPositive", Grants(Grant("2026-11-30", "0.01")), Grants(Grant("2026-11-30", "0"))),
        Row("AmountPositive", Changes(Change("2026-11-01", "0.01")), Changes(Change("2026-11-01", "-1"))),
        Row("CostDecimals", Grants(Grant("2026-11-30", "0.01")), Grants(Grant("2026-11-30", "0.001"))),
        Row("CostDecimals", Changes(Change("2026-11-01", "1.25")), Changes(Change("2026-11-01", "1.255"))),
        Row("GrantCount", Grants(Many(20)), Grants(Many(21))),
        new("GrantCount", [Grants(Many(10), value: false), Inherited(11, 20)], [Grants(Many(10), value: false), Inherited(11, 21)]),
        Row("GrantText", Grants(Grant("2026-11-30", why: new string('w', 200))), Grants(Grant("2026-11-30", why: new string('w', 201)))),
        Row("GrantsDistinct", Grants(Grant("2026-11-30"), Grant("2026-11-30", why: "b")), Grants(Grant("2026-11-30"), Grant("2026-11-30"))),
        Row("GrantNeedsValue", Planned + "}", Planned + ",\"Grants\":[" + Grant("2026-11-30") + "]}"),
        Row("GrantNeedsValue", Planned + ",\"Grants\":[]}", Planned + ",\"Changes\":[" + Change("2026-11-01") + "]}"),
        Row(
            "GrantNeedsValue",
            """{"BudgetType":"SAVINGS_PLANS_COVERAGE","Changes":[]}""",
            $$"""{"BudgetType":"SAVINGS_PLANS_COVERAGE","Changes":[{{Change("2026-11-01")}}]}"""),
        Row("ChangeCount", Changes(Days(24)), Changes(Days(25))),
        Row("ChangesDistinct", Changes(Change("2026-11-01"), Change("2026-11-02")), Changes(Change("2026-11-01"), Change("2026-11-01", "2"))),
        Row("EmailCount", Added(9), Added(10)),
        new("EmailCount", ["""{"BudgetValue":1}""", Inheriting(10)], [AddedTo(1), Inheriting(10)]),
        Row("EmailForm", """{"BudgetValue":1,"AddEmailRecipients":"a@b.io"}""", """{"BudgetValue":1,"AddEmailRecipients":"a"}"""),
        Row("CustomPeriod", Custom("2026-01-15", "2026-04-01"), """{"BudgetValue":1,"TimeUnit":"CUSTOM","TimePeriod":{"Start":"2026-01-15"}}"""),
        Row("CustomPeriod", Custom("2026-01-15", "2026-04-01"), """{"BudgetValue":1,"TimeUnit":"CUSTOM"}"""),
        Row("CustomLength", Custom("2026-01-15", "2029-01-15"), Custom("2026-01-15", "2029-01-15T00:00:01Z")),
        Row(
            "CustomNotAdjusting",
            Custom("2026-01-15", "2026-04-01"),
            """{"TimeUnit":"CUSTOM","TimePeriod":{"Start":"2026-01-15","End":"2026-04-01"},"AutoAdjustData":{"AutoAdjustType":"FORECAST"}}"""),
        Row("PlannedTimeUnit", Planned + "}", Planned + ",\"TimeUnit\":\"CUSTOM\",\"TimePeriod\":{\"Start\":\"2026-01-01\",\"End\":\"2027-01-01\"}}"),
        Row("BillingViewArn", View("aws", "primary"), View("aws", "primary/")),
        Row("BillingViewArn", View("aws", new string('v', 76)), View("aws", new string('v', 77))),
        Row("Partition", View("aws", "primary"), View("aws-cn", "primary")),
        Row("TagCount", Tags(198), Tags(199)),
        Row("TagKey", Tag(new string('k', 128), "v"), Tag(new string('k', 129), "v")),
        Row("TagKey", Tag("awsome:a", "v"), Tag("aws:a", "v")),
        Row("TagKey", Tag("budgetsync:owner", "v"), Tag("budgetsync:managed-by", "v")),
        Row("TagValue", Tag("k", new string('v', 256)), Tag("k", new string('v', 257))),
        new("EnvelopeScope", [Covering("ou-ab12-11111111", "1")], ["""{"BudgetValue":1,"Envelope":{"Amount":1}}"""]),
        new("EnvelopePeriod", [Enveloped("QUARTERLY")], [Enveloped("CUSTOM")]),
        new("CostDecimals", [Covering("default", "0.25")], [Covering("default", "0.255")]),
        new("AmountPositive", [Covering("r-ab12", "0.01")], [Covering("r-ab12", "0")]),
        Row("WeightRange", """{"BudgetValue":1,"Weight":0}""", """{"BudgetValue":1,"Weight":-0.1}"""),
        Row("RouteForm", """{"BudgetValue":1,"Notify":["finops"]}""", """{"BudgetValue":1,"Notify":["fin_ops"]}"""),
        Row("RouteForm", """{"BudgetValue":1,"Notify":" finops , pager  Critical"}""", """{"BudgetValue":1,"Notify":"pager Critical Info"}"""),
        Row("Word", """{"BudgetValue":1,"Notify":"pager Emergency"}""", """{"BudgetValue":1,"Notify":"pager Urgent"}"""),
        Row("RoutesDistinct", """{"BudgetValue":1,"Notify":"finops, pager"}""", """{"BudgetValue":1,"Notify":"finops, finops Critical"}"""),
        Row("RouteChannel", """{"BudgetValue":1,"Notify":"operations Info"}""", """{"BudgetValue":1,"Notify":"finop"}"""),
        Row("RouteChannel", """{"BudgetValue":1,"Notify":[]}""", """{"BudgetValue":1,"Notify":["Pager"]}"""),
        new(
            "UnitOfCost",
            ["""{"AccountId":"default","BudgetValue":1,"Envelope":{"Amount":1,"Unit":"EUR"}}"""],
            ["""{"AccountId":"default","BudgetValue":1,"Envelope":{"Amount":1,"Unit":"euro"}}"""]),
        Row("Type", Tag("k", ""), """{"BudgetValue":1,"ResourceTags":{"k":1}}"""),
    ];

    private static RuleCase Row(string rule, string kept, string broken) => new(rule, [kept], [broken]);

    private static string Grant(string until, string amount = "1", string why = "a") => $$"""{"Amount":{{amount}},"Until":"{{until}}","Why":"{{why}}"}""";

    private static string Grants(params string[] grants) => Grants(string.Join(',', grants));

    private static string Grants(string grants, bool value = true) => $$"""{{{(value ? "\"BudgetValue\":1," : "")}}"Grants":[{{grants}}]}""";

    private static string Many(int count, int from = 1) =>
        string.Join(',', Enumerable.Range(from, count - from + 1).Select(number => Grant("2026-11-30", $"{number}")));

    private static string Inherited(int from, int to) => $$"""{"AccountId":"default","BudgetValue":1,"Grants":[{{Many(to, from)}}]}""";

    private static string Change(string from, string amount = "1") => $$"""{"From":"{{from}}","BudgetValue":{{amount}}}""";

    private static string Changes(params string[] changes) => $$"""{"BudgetValue":1,"Changes":[{{string.Join(',', changes)}}]}""";

    private static string[] Days(int count) => [.. Enumerable.Range(1, count).Select(day => Change($"2026-11-{day:00}"))];

    // One more than these is told anyway: the stack's recipient.
    private static string Added(int count) => AddedTo(count).Replace("new", "added", StringComparison.Ordinal);

    private static string AddedTo(int count) =>
        $$"""{"BudgetValue":1,"AddEmailRecipients":[{{string.Join(',', Enumerable.Range(0, count).Select(number => $"\"new{number}@b.io\""))}}]}""";

    private static string Inheriting(int count) =>
        $$"""{"AccountId":"default","EmailRecipients":[{{string.Join(',', Enumerable.Range(0, count).Select(number => $"\"a{number}@b.io\""))}}]}""";

    private static string Custom(string start, string end) =>
        $$$"""{"BudgetValue":1,"TimeUnit":"CUSTOM","TimePeriod":{"Start":"{{{start}}}","End":"{{{end}}}"}}""";

    private static string View(string partition, string name) =>
        $$"""{"BudgetValue":1,"BillingViewArn":"arn:{{partition}}:billing::111122223333:billingview/{{name}}"}""";

    private static string Covering(string scope, string amount) =>
        $$$"""{"AccountId":"{{{scope}}}","BudgetValue":1,"Envelope":{"Amount":{{{amount}}}}}""";

    private static string Enveloped(string period) => $$$"""{"AccountId":"default","BudgetValue":1,"Envelope":{"Amount":1,"TimeUnit":"{{{period}}}"}}""";

    private static string Tag(string name, string value) => $$$"""{"BudgetValue":1,"ResourceTags":{"{{{name}}}":"{{{value}}}"}}""";

    private static string Tags(int count) =>
        $$$"""{"BudgetValue":1,"ResourceTags":{{{{string.Join(',', Enumerable.Range(0, count).Select(number => $"\"k{number}\":\"v\""))}}}}}""";
}
