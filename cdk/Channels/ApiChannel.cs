using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.IAM;
using BudgetSync.Cdk.Parts;
using Constructs;

namespace BudgetSync.Cdk.Channels;

/// <summary>
/// A provider that is called over HTTPS: a connection with its secret, an API destination, and a role that may invoke that destination and nothing else.
/// EventBridge keeps the connection's secret in Secrets Manager; here stands a reference only.
/// </summary>
internal sealed class ApiChannel : Construct
{
    /// <summary>A connection must authorize somehow (API reference, CreateConnection); where the secret goes elsewhere, this header says nothing.</summary>
    private const string NoSecretHeader = "X-BudgetSync";

    /// <summary>As Core's AlertFormat.MediaTypeOf, with which channels test sends.</summary>
    private const string StructuredCloudEvent = "application/cloudevents+json; charset=utf-8";

    public ApiChannel(Construct scope, ChannelSetting channel) : base(scope, channel.Name)
    {
        var connection = new CfnConnection(this, "Connection", new CfnConnectionProps
        {
            Name = Name(channel),
            Description = $"How BudgetSync's channel {channel.Name} authorizes itself",
            AuthorizationType = Authorization(channel),
            AuthParameters = Parameters(channel),
        });
        var destination = new CfnApiDestination(this, "Destination", new CfnApiDestinationProps
        {
            Name = Name(channel),
            Description = $"BudgetSync's channel {channel.Name}",
            ConnectionArn = connection.AttrArn,
            HttpMethod = "POST",
            InvocationEndpoint = channel.Endpoint ?? channel.Reference("url"),
            InvocationRateLimitPerSecond = channel.PerSecond ?? ChannelNeeds.Of(channel.Kind).PerSecond,
        });
        DestinationArn = destination.AttrArn;
        var role = new CfnRole(this, "Role", new CfnRoleProps
        {
            Description = $"Lets EventBridge call BudgetSync's channel {channel.Name}",
            AssumeRolePolicyDocument = Statement.TrustService(
                "events.amazonaws.com",
                new Condition("StringEquals", "aws:SourceAccount", Amazon.CDK.Aws.ACCOUNT_ID),
                new Condition("ArnEquals", "aws:SourceArn", ChannelDelivery.RuleArn(channel.Name))),
            Policies = new[]
            {
                new CfnRole.PolicyProperty
                {
                    PolicyName = "Deliver",
                    PolicyDocument = Statement.Document(Statement.Allow("Deliver", ["events:InvokeApiDestination"], [destination.AttrArn])),
                },
            },
        });
        RoleArn = role.AttrArn;
    }

    public string DestinationArn { get; }

    public string RoleArn { get; }

    private static string Name(ChannelSetting channel) => $"{Names.Prefix}-Channel-{channel.Name}";

    private static string Authorization(ChannelSetting channel) => channel switch
    {
        { Kind: ChannelKind.ServiceNow, TokenEndpoint: not null } => "OAUTH_CLIENT_CREDENTIALS",
        { Kind: ChannelKind.ServiceNow or ChannelKind.Jira } => "BASIC",
        _ => "API_KEY",
    };

    private static CfnConnection.AuthParametersProperty Parameters(ChannelSetting channel) => channel switch
    {
        { Kind: ChannelKind.ServiceNow, TokenEndpoint: { } token } => new CfnConnection.AuthParametersProperty
        {
            OAuthParameters = new CfnConnection.OAuthParametersProperty
            {
                AuthorizationEndpoint = token,
                HttpMethod = "POST",
                ClientParameters = new CfnConnection.ClientParametersProperty
                {
                    ClientId = channel.Reference("username"),
                    ClientSecret = channel.Reference("password"),
                },
                // RFC 6749, 4.4.2, demands it. AWS says nowhere that EventBridge adds it, and those who get tokens of Cognito or Salesforce by a connection
                // write it so.
                OAuthHttpParameters = new CfnConnection.ConnectionHttpParametersProperty
                {
                    BodyParameters = new[] { new CfnConnection.ParameterProperty { Key = "grant_type", Value = "client_credentials", IsValueSecret = false } },
                },
            },
        },
        { Kind: ChannelKind.ServiceNow or ChannelKind.Jira } => new CfnConnection.AuthParametersProperty
        {
            BasicAuthParameters = new CfnConnection.BasicAuthParametersProperty
            {
                Username = channel.Reference("username"),
                Password = channel.Reference("password"),
            },
        },
        { Kind: ChannelKind.Slack } => ApiKey("Authorization", "Bearer " + channel.Reference("token"), null),
        { Kind: ChannelKind.Webhook } => ApiKey("Authorization", channel.Reference("authorization"), new CfnConnection.ConnectionHttpParametersProperty
        {
            // Taken since February 2024 (What's New, "Amazon EventBridge API Destinations content-type header customization").
            HeaderParameters = new[]
            {
                new CfnConnection.ParameterProperty
                {
                    Key = "Content-Type",
                    Value = StructuredCloudEvent,
                    IsValueSecret = false,
                },
            },
        }),
        { Kind: ChannelKind.Teams } => ApiKey(NoSecretHeader, "alert", new CfnConnection.ConnectionHttpParametersProperty
        {
            QueryStringParameters = new[] { Secret("sig", channel.Reference("sig")) },
        }),
        { Kind: ChannelKind.PagerDuty } => ApiKey(NoSecretHeader, "alert", new CfnConnection.ConnectionHttpParametersProperty
        {
            BodyParameters = new[] { Secret("routing_key", channel.Reference("routingKey")) },
        }),
        _ => ApiKey(NoSecretHeader, "alert", null),
    };

    private static CfnConnection.AuthParametersProperty ApiKey(string name, string value, CfnConnection.ConnectionHttpParametersProperty? more) => new()
    {
        ApiKeyAuthParameters = new CfnConnection.ApiKeyAuthParametersProperty { ApiKeyName = name, ApiKeyValue = value },
        InvocationHttpParameters = more,
    };

    private static CfnConnection.ParameterProperty Secret(string key, string value) => new() { Key = key, Value = value, IsValueSecret = true };
}
