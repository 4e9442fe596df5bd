using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Iam;

/// <content>How many managed policies a role or user has, and may have.</content>
public sealed partial class IamApi
{
    private JsonObject ListOfRole(AwsCall call) => iam.FindRole(call.AccountId, Role(call)) is { } role
        ? Attached(call, role.Definition.ManagedPolicyArns)
        : throw new AwsException("NoSuchEntity", $"The role with name {Role(call)} cannot be found.", 404);

    private JsonObject ListOfUser(AwsCall call) => iam.FindUser(call.AccountId, UserName(call)) is { } user
        ? Attached(call, user.ManagedPolicyArns)
        : throw new AwsException("NoSuchEntity", $"The user with name {UserName(call)} cannot be found.", 404);

    private static JsonObject Attached(AwsCall call, ImmutableArray<string> arns) => IamPage.Of(
        call,
        [
            .. arns.Where(arn => InPath(call, $"/{arn[(arn.IndexOf('/', StringComparison.Ordinal) + 1)..]}"))
                .Select(arn => ("AttachedPolicies", arn, new JsonObject { ["PolicyName"] = arn[(arn.LastIndexOf('/') + 1)..], ["PolicyArn"] = arn })),
        ],
        "AttachedPolicies");

    /// <summary>Of the map only these: what is counted of the rest is not known here.</summary>
    private JsonObject GetSummary(AwsCall call)
    {
        var quota = iam.PoliciesPerEntity.ToString(CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["SummaryMap"] = QueryProtocol.Map(
            [
                KeyValuePair.Create("Users", Count(iam.Users.Count(user => user.AccountId == call.AccountId))),
                KeyValuePair.Create("Roles", Count(iam.Roles.Count(role => role.AccountId == call.AccountId))),
                KeyValuePair.Create("AttachedPoliciesPerRoleQuota", quota),
                KeyValuePair.Create("AttachedPoliciesPerUserQuota", quota),
            ]),
        };
    }

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
}
