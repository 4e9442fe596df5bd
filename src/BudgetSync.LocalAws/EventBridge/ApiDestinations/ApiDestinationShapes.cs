using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.EventBridge.ApiDestinations;

/// <summary>
/// Connections and API destinations as the service model of Amazon EventBridge (2015-10-07) bounds them, and as CloudFormation writes them. Not there:
/// private APIs and keys of KMS.
/// </summary>
internal static class ApiDestinationShapes
{
    private static readonly Member Name = Required("Name", String(1, 64, @"[\.\-_A-Za-z0-9]+"));
    private static readonly Member Description = Optional("Description", String(0, 512, ".*"));
    private static readonly Shape Authorization = String(1, 512, @"^[ \t]*[^\x00-\x1F:\x7F]+([ \t]+[^\x00-\x1F:\x7F]+)*[ \t]*$");
    private static readonly Shape Key = Sensitive(1, 512, @"^[ \t]*[^\x00-\x1F:\x7F]+([ \t]+[^\x00-\x1F:\x7F]+)*[ \t]*$");
    private static readonly Shape HeaderKey = String(0, 512, @"^[!#$%&'*+-.^_`|~0-9a-zA-Z]+$");
    private static readonly Shape HeaderValue = Sensitive(0, 512, @"^[ \t]*[\x20-\x7E]+([ \t]+[\x20-\x7E]+)*[ \t]*$");
    private static readonly Shape QueryKey = String(0, 512, @"[^\x00-\x1F\x7F]+");
    private static readonly Shape QueryValue = Sensitive(0, 512, @"[^\x00-\x09\x0B\x0C\x0E-\x1F\x7F]+");

    private static readonly Member ConnectionArn = Required(
        "ConnectionArn", String(1, 1600, @"^arn:aws([a-z]|\-)*:events:([a-z]|\d|\-)*:([0-9]{12})?:connection\/[\.\-_A-Za-z0-9]+\/[\-A-Za-z0-9]+$"));

    private static readonly Shape Url = String(1, 2048, @"^((%[0-9A-Fa-f]{2}|[-()_.!~*';/?:@\x26=+$,A-Za-z0-9])+)([).!';/?:,])?$");

    private static readonly Shape HttpParameters = Members(
        Optional("HeaderParameters", Parameters(HeaderKey, HeaderValue)),
        Optional("QueryStringParameters", Parameters(QueryKey, QueryValue)),
        Optional("BodyParameters", Parameters(AnyText, AnyText)));

    private static readonly Shape OAuthParameters = Members(
        Required("ClientParameters", Members(Required("ClientID", Authorization), Required("ClientSecret", Key))),
        Required("AuthorizationEndpoint", Url),
        Required("HttpMethod", Enum("GET", "POST", "PUT")),
        Optional("OAuthHttpParameters", HttpParameters));

    private static readonly Shape AuthParameters = Members(
        Optional("BasicAuthParameters", Members(Required("Username", Authorization), Required("Password", Key))),
        Optional("ApiKeyAuthParameters", Members(Required("ApiKeyName", Authorization), Required("ApiKeyValue", Key))),
        Optional("OAuthParameters", OAuthParameters),
        Optional("InvocationHttpParameters", HttpParameters));

    public static Shape CreateConnection { get; } = Members(
        Name,
        Description,
        Required("AuthorizationType", Enum("BASIC", "OAUTH_CLIENT_CREDENTIALS", "API_KEY")),
        Required("AuthParameters", AuthParameters));

    public static Shape CreateApiDestination { get; } = Members(
        Name,
        Description,
        ConnectionArn,
        Required("InvocationEndpoint", Url),
        Required("HttpMethod", Enum("POST", "GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")),
        Optional("InvocationRateLimitPerSecond", Integer(1, int.MaxValue)));

    public static Shape ByName { get; } = Members(Name);

    private static List Parameters(Shape key, Shape value) =>
        new(Members(Optional("Key", key), Optional("Value", value), Optional("IsValueSecret", AnyFlag)), 0, 100);
}
