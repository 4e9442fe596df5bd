using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Organizations;

/// <summary>
/// What CloudTrail tells the management account's default bus in us-east-1 about accounts that come, go and move (UG "Monitoring with EventBridge").
/// </summary>
internal static class OrganizationEvents
{
    /// <summary>An API call that was carried out, for example MoveAccount.</summary>
    public static JsonObject OfCall(AwsCall call, JsonObject requestParameters, string id, DateTimeOffset time) => Envelope(
        "AWS API Call via CloudTrail",
        call.AccountId,
        id,
        time,
        new JsonObject
        {
            ["eventSource"] = "organizations.amazonaws.com",
            ["eventName"] = call.Operation,
            ["requestParameters"] = requestParameters,
        });

    /// <summary>What Organizations did by itself: CreateAccountResult or CloseAccountResult.</summary>
    public static JsonObject OfService(string eventName, string statusName, JsonObject status, string managementAccountId, string id, DateTimeOffset time) =>
        Envelope(
            "AWS Service Event via CloudTrail",
            managementAccountId,
            id,
            time,
            new JsonObject
            {
                ["eventSource"] = "organizations.amazonaws.com",
                ["eventName"] = eventName,
                ["serviceEventDetails"] = new JsonObject { [statusName] = status },
            });

    /// <summary>
    /// That an account came or went (since May 2026): AccountJoinedOrganization or AccountDepartedOrganization, with its method and time. Where in the detail
    /// AWS puts them it does not say; here they stand as those of the other service events do.
    /// </summary>
    /// <param name="method">Created or Invited; Left or Removed.</param>
    public static JsonObject OfMembership(bool joined, string accountId, string method, string managementAccountId, string id, DateTimeOffset time) => Envelope(
        "AWS Service Event via CloudTrail",
        managementAccountId,
        id,
        time,
        new JsonObject
        {
            ["eventSource"] = "organizations.amazonaws.com",
            ["eventName"] = joined ? "AccountJoinedOrganization" : "AccountDepartedOrganization",
            ["serviceEventDetails"] = new JsonObject
            {
                ["accountId"] = accountId,
                [joined ? "joinedMethod" : "departedMethod"] = method,
                [joined ? "joinedTime" : "departedTime"] = time.ToUtcSeconds(),
            },
        });

    private static JsonObject Envelope(string detailType, string accountId, string id, DateTimeOffset time, JsonObject detail) => new()
    {
        ["version"] = "0",
        ["id"] = id,
        ["detail-type"] = detailType,
        ["source"] = "aws.organizations",
        ["account"] = accountId,
        ["time"] = time.ToUtcSeconds(),
        ["region"] = "us-east-1",
        ["resources"] = new JsonArray(),
        ["detail"] = detail,
    };
}
