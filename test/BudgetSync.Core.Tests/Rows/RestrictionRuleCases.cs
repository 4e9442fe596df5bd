using System.Globalization;

namespace BudgetSync.Core.Tests.Rows;

/// <summary>Both sides of the edge of the rules of restrictions in a document.</summary>
internal static class RestrictionRuleCases
{
    public static IEnumerable<RuleCase> All { get; } =
    [
        Document("RestrictionId", One("DENY_NEW"), One("DENY_NEW").Replace("r-0123456789ab", "r-0123456789AB", StringComparison.Ordinal)),
        Document("RestrictionPlace", One("STOP_ALL"), One("QUARANTINE")),
        Document("RestrictionPlace", One("DENY_AI"), One("NOTIFY")),
        Document("Word", One("DENY_NEW"), One("DENY_ALL")),
        Document("Required", One("DENY_NEW"), """{"Id":"r-0123456789ab","Kind":"DENY_NEW"}"""),
        Document("Instant", One("DENY_NEW", """ ,"Until":"2026-12-01" """), One("DENY_NEW", """ ,"Until":"tomorrow" """)),
        Document("KnownName", One("DENY_NEW"), One("DENY_NEW", """ ,"Statement":{} """)),
        Document("PolicyName", One("DENY_APIS", """ ,"Policy":"critical" """), One("DENY_APIS", """ ,"Policy":"{\"Effect\":\"Deny\"}" """)),
        Document("PolicyOfKind", One("DENY_APIS", """ ,"Policy":"critical" """), One("DENY_APIS")),
        Document("PolicyOfKind", One("DENY_NEW"), One("DENY_NEW", """ ,"Policy":"critical" """)),
        Document("TagForm", One("STOP_TAGGED", """ ,"Tag":"env=" """), One("STOP_TAGGED", """ ,"Tag":"env" """)),
        Document("TagForm", One("STOP_TAGGED", Tag(128)), One("STOP_TAGGED", Tag(129))),
        Document("TagOfKind", One("STOP_TAGGED", """ ,"Tag":"a=b" """), One("STOP_TAGGED")),
        Document("TagOfKind", One("STOP_ALL"), One("STOP_ALL", """ ,"Tag":"a=b" """)),
        Document("IamName", One("DENY_NEW", Roles(new string('a', 64))), One("DENY_NEW", Roles(new string('a', 65)))),
        Document("IamName", One("DENY_NEW", """ ,"Users":"a+b" """), One("DENY_NEW", """ ,"Users":"path/a" """)),
        Document("NameCount", One("DENY_NEW", Many(20)), One("DENY_NEW", Many(21))),
        Document("PrincipalsOfKind", One("DENY_AI", Roles("a")), One("STOP_ALL", Roles("a"))),
        Document("PrincipalsOfKind", One("DENY_AI", Except), One("STOP_IDLE", Except)),
        Document("PrincipalsOfKind", One("DENY_AI", Except), One("DENY_AI", Except + Roles("b"))),
        Document("RestrictionCount", Numbered(10), Numbered(11)),
        Document("RestrictionsDistinct", Numbered(2), One("DENY_NEW") + "," + One("DENY_AI")),
        Row("TriggerForm", Response("Shutdown"), Response("Shut")),
        Row("TriggerForm", Response("110 FORECASTED"), Response("110 ACTUAL")),
        Row("TriggerForm", Response("Runway 5"), Response("Runaway 5")),
        Row("TriggerRange", Response("50"), Response("49.9999")),
        Row("TriggerRange", Response("Runway 31"), Response("Runway 32")),
        Row("TriggerRange", Response("110.0001"), Response("110.00001")),
        Row("GraceForm", Response("Over", """ ,"Grace":"365d" """), Response("Over", """ ,"Grace":"366d" """)),
        Row("GraceForm", Response("Over", """ ,"Grace":"0m" """), Response("Over", """ ,"Grace":"1 hour" """)),
        Row("GraceOfArmed", Response("Over", """ ,"Mode":"ARMED","Grace":"60m" """), Response("Over", """ ,"Mode":"ARMED","Grace":"59m" """)),
        Row("ResponseEnd", Response("Over", """ ,"Until":"2026-11-30" """), Response("Over", """ ,"Until":"FOREVER" """)),
        Row("BindingKind", Response("Over", """ ,"Binding":true """), Response("Over", """ ,"Binding":true """).Replace("NEW", "APIS", StringComparison.Ordinal)
            .Replace("\"Binding\"", "\"Policy\":\"critical\",\"Binding\"", StringComparison.Ordinal)),
        Row("BindingKind", Response("Over", """ ,"Roles":["a"] """), Response("Over", """ ,"Roles":["a"],"Binding":true """)),
        Row("ResponseCount", Responses(10), Responses(11)),
        Row("ResponsesDistinct", Responses(2), $$"""{"BudgetValue":1,"Responses":[{"At":110,"Do":"NOTIFY"},{"At":"110","Do":"NOTIFY","Mode":"ARMED"}]}"""),
        Row("ResponsePolicy", Listed("critical"), Listed("critcal")),
        Row("PolicyOfKind", Listed("critical"), Response("Over", """ ,"Policy":"critical" """)),
        Row("TagOfKind", Response("Over"), Response("Over", """ ,"Tag":"a=b" """)),
        Row("PrincipalsOfKind", Response("Over", Except), Response("Over", Except + Roles("b"))),
        Row("Day", Snooze("2026-11-30"), Snooze("soon")),
        Row("Required", Snooze("2026-11-30"), """{"BudgetValue":1,"Snooze":{"Until":"2026-11-30"}}"""),
        Row("Required", Response("Over"), """{"BudgetValue":1,"Responses":[{"Do":"NOTIFY"}]}"""),
        new("ReleasedAlone", ["""{"Released":true}"""], ["""{"Released":true,"Restrictions":[]}"""]) { IsDocument = true },
    ];

    private const string Except = """ ,"Except":{"Roles":["a"]} """;

    private static RuleCase Row(string rule, string kept, string broken) => new(rule, [kept], [broken]);

    private static string Response(string at, string more = "") => $$"""{"BudgetValue":1,"Responses":[{"At":"{{at}}","Do":"DENY_NEW"{{more}}}]}""";

    private static string Listed(string list) => $$"""{"BudgetValue":1,"Responses":[{"At":"Over","Do":"DENY_APIS","Policy":"{{list}}"}]}""";

    private static string Snooze(string until) => $$$"""{"BudgetValue":1,"Snooze":{"Until":"{{{until}}}","Why":"load test"}}""";

    private static string Responses(int count) =>
        $$"""{"BudgetValue":1,"Responses":[{{string.Join(',', Enumerable.Range(100, count).Select(percent => $"{{\"At\":{percent},\"Do\":\"NOTIFY\"}}"))}}]}""";

    private static RuleCase Document(string rule, string kept, string broken) => new(rule, [InDocument(kept)], [InDocument(broken)]) { IsDocument = true };

    private static string InDocument(string restrictions) => $$"""{"Budgets":[],"Restrictions":[{{restrictions}}],"Version":1}""";

    private static string One(string kind, string more = "") =>
        $$"""{"Id":"r-0123456789ab","Kind":"{{kind}}","Since":"2026-11-29T10:00:00Z"{{more}}}""";

    private static string Numbered(int count) => string.Join(',', Enumerable.Range(0, count).Select(number =>
        One("DENY_NEW").Replace("0123456789ab", number.ToString("x12", CultureInfo.InvariantCulture), StringComparison.Ordinal)));

    private static string Roles(string name) => $$""" ,"Roles":["{{name}}"] """;

    private static string Many(int count) => $$""" ,"Roles":[{{string.Join(',', Enumerable.Range(0, count).Select(number => $"\"r{number}\""))}}] """;

    private static string Tag(int length) => $$""" ,"Tag":"{{new string('k', length)}}=v" """;
}
