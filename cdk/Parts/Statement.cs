using Amazon.CDK.AWS.IAM;

namespace BudgetSync.Cdk.Parts;

/// <summary>One condition of a policy statement: <c>StringEquals</c>, <c>aws:PrincipalOrgID</c>, a value or several.</summary>
internal sealed record Condition(string Operator, string Key, params string[] Values)
{
    /// <summary>
    /// For <c>events:PutEvents</c>: only events of these. Both keys hold the values of all entries of a call, so a plain StringEquals need not match;
    /// ForAllValues alone also matches a call without any, which Null refuses. Source: service authorization reference, "Actions, resources, and condition keys
    /// for Amazon EventBridge".
    /// </summary>
    public static Condition[] OnlyEvents(string source, params string[] detailTypes) =>
    [
        new("ForAllValues:StringEquals", "events:source", source),
        new("ForAllValues:StringEquals", "events:detail-type", detailTypes),
        new("Null", "events:source", "false"),
        new("Null", "events:detail-type", "false"),
    ];
}

/// <summary>
/// Policy statements, each with a Sid that says what it is for. They are written out rather than granted by CDK's
/// <c>Grant…</c> methods, because those give whole families of actions (<c>grantReadData</c> gives eight) and we owe
/// a reason for every one.
/// </summary>
internal static class Statement
{
    public static PolicyStatement Allow(string sid, string[] actions, string[] resources, params Condition[] conditions) =>
        new(new PolicyStatementProps
        {
            Sid = sid,
            Effect = Effect.ALLOW,
            Actions = actions,
            Resources = resources,
            Conditions = Render(conditions),
        });

    /// <summary>What no other statement can allow.</summary>
    public static PolicyStatement Deny(string sid, string[] actions, string[] resources) =>
        new(new PolicyStatementProps { Sid = sid, Effect = Effect.DENY, Actions = actions, Resources = resources });

    /// <summary>A statement of a resource policy: it also says who.</summary>
    public static PolicyStatement AllowTo(string sid, IPrincipal who, string[] actions, string[] resources, params Condition[] conditions) =>
        new(new PolicyStatementProps
        {
            Sid = sid,
            Effect = Effect.ALLOW,
            Principals = [who],
            Actions = actions,
            Resources = resources,
            Conditions = Render(conditions),
        });

    /// <summary>No principal, with whatever permission, over an unencrypted connection.</summary>
    public static PolicyStatement DenyPlainText(string action, string resource) =>
        new(new PolicyStatementProps
        {
            Sid = "DenyPlainText",
            Effect = Effect.DENY,
            Principals = [new AnyPrincipal()],
            Actions = [action],
            Resources = [resource],
            Conditions = Render([new Condition("Bool", "aws:SecureTransport", "false")]),
        });

    /// <summary>The trust policy of a role that an AWS service assumes.</summary>
    public static PolicyDocument TrustService(string servicePrincipal, params Condition[] conditions) =>
        Document(new PolicyStatement(new PolicyStatementProps
        {
            Effect = Effect.ALLOW,
            Principals = [new ServicePrincipal(servicePrincipal)],
            Actions = ["sts:AssumeRole"],
            Conditions = Render(conditions),
        }));

    public static PolicyDocument Document(params PolicyStatement[] statements) =>
        new(new PolicyDocumentProps { Statements = statements });

    private static Dictionary<string, object> Render(IEnumerable<Condition> conditions) => conditions
        .GroupBy(condition => condition.Operator)
        .ToDictionary(
            group => group.Key,
            object (group) => group.ToDictionary(
                condition => condition.Key,
                object (condition) => condition.Values is [var only] ? only : condition.Values));
}
