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
        new("ReleasedAlone", ["""{"Released":true}"""], ["""{"Released":true,"Restrictions":[]}"""]) { IsDocument = true },
    ];

    private const string Except = """ ,"Except":{"Roles":["a"]} """;

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
