using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Iam;

/// <summary>IAM over the wire: managed policies are attached to roles and users, and listed. IAM is global: every region answers the same.</summary>
public sealed partial class IamApi : AwsService
{
    private readonly IamService iam;

    internal IamApi(IamService iam)
        : base("iam", WireProtocol.Query)
    {
        this.iam = iam;
        Declare("AttachRolePolicy", IamShapes.OfRole, RoleArn, call => iam.AttachToRole(call.AccountId, Role(call), Policy(call)));
        Declare("DetachRolePolicy", IamShapes.OfRole, RoleArn, call => iam.DetachFromRole(call.AccountId, Role(call), Policy(call)));
        Declare("AttachUserPolicy", IamShapes.OfUser, UserArn, call => iam.AttachToUser(call.AccountId, UserName(call), Policy(call)));
        Declare("DetachUserPolicy", IamShapes.OfUser, UserArn, call => iam.DetachFromUser(call.AccountId, UserName(call), Policy(call)));
        Operation("ListEntitiesForPolicy", IamShapes.Entities, call => [new IamRequest("iam:ListEntitiesForPolicy", Policy(call))], ListEntities);
        Operation("ListRoles", IamShapes.Listing, call => [Listing("ListRoles", "role", call)], ListRoles);
        Operation("ListUsers", IamShapes.Listing, call => [Listing("ListUsers", "user", call)], ListUsers);
        Operation("CreatePolicyVersion", IamShapes.CreateVersion, OnPolicy, CreateVersion);
        Operation("DeletePolicyVersion", IamShapes.OfVersion, OnPolicy, DeleteVersion);
        Operation("GetPolicyVersion", IamShapes.OfVersion, OnPolicy, GetVersion);
        Operation("ListPolicyVersions", IamShapes.Versions, OnPolicy, ListVersions);
        Operation("ListAttachedRolePolicies", IamShapes.AttachedToRole, call => [new IamRequest("iam:ListAttachedRolePolicies", RoleArn(call))], ListOfRole);
        Operation("ListAttachedUserPolicies", IamShapes.AttachedToUser, call => [new IamRequest("iam:ListAttachedUserPolicies", UserArn(call))], ListOfUser);
        Operation("GetAccountSummary", Shape.Members(), _ => [new IamRequest("iam:GetAccountSummary", "*")], GetSummary);
        Operation("ListServiceSpecificCredentials", IamShapes.Credentials, OnUser, ListCredentials);
        Operation("UpdateServiceSpecificCredential", IamShapes.UpdateCredential, OnUser, UpdateCredential);
    }

    public override string ValidationCode => "ValidationError";

    public override string XmlNamespace => "https://iam.amazonaws.com/doc/2010-05-08/";

    private static string Role(AwsCall call) => call.Input.RequiredText("RoleName");

    private static string UserName(AwsCall call) => call.Input.RequiredText("UserName");

    private static string Policy(AwsCall call) => call.Input.RequiredText("PolicyArn");

    private static string PathPrefix(AwsCall call) => call.Input.Text("PathPrefix") ?? "/";

    /// <summary>The service authorization reference names no resource for listings; refusals name this one.</summary>
    private static IamRequest Listing(string action, string kind, AwsCall call) =>
        new($"iam:{action}", $"arn:aws:iam::{call.AccountId}:{kind}{PathPrefix(call)}");

    private string RoleArn(AwsCall call) => iam.FindRole(call.AccountId, Role(call))?.Arn ?? $"arn:aws:iam::{call.AccountId}:role/{Role(call)}";

    private string UserArn(AwsCall call) => iam.FindUser(call.AccountId, UserName(call))?.Arn ?? $"arn:aws:iam::{call.AccountId}:user/{UserName(call)}";

    /// <summary>An attachment: IAM is told which policy it is about (service authorization reference, <c>iam:PolicyARN</c>).</summary>
    private void Declare(string name, Shape shape, Func<AwsCall, string> resource, Action<AwsCall> run) => Operation(
        name,
        shape,
        call =>
        [
            new IamRequest($"iam:{name}", resource(call))
            {
                Context = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("iam:PolicyARN", [Policy(call)]),
            },
        ],
        call =>
        {
            run(call);
            return [];
        });

    private JsonObject ListEntities(AwsCall call)
    {
        var arn = Policy(call);
        if (!iam.HasManagedPolicy(arn)) throw new AwsException("NoSuchEntity", $"Policy {arn} was not found.", 404);
        var filter = call.Input.Text("EntityFilter");
        // Here nothing has a permissions boundary, and there are no groups.
        var asked = call.Input.Text("PolicyUsageFilter") != "PermissionsBoundary";
        var roles = iam.RolesWith(arn).Where(role => asked && filter is null or "Role" && InPath(call, role.Definition.Path))
            .Select(role => ("PolicyRoles", role.Definition.Name, new JsonObject { ["RoleName"] = role.Definition.Name, ["RoleId"] = role.Id }));
        var users = iam.UsersWith(arn).Where(user => asked && filter is null or "User" && InPath(call, user.Path))
            .Select(user => ("PolicyUsers", user.Name, new JsonObject { ["UserName"] = user.Name, ["UserId"] = user.Id }));
        return IamPage.Of(call, [.. roles, .. users], "PolicyGroups", "PolicyUsers", "PolicyRoles");
    }

    private static IEnumerable<IamRequest> OnPolicy(AwsCall call) => [new IamRequest($"iam:{call.Operation}", Policy(call))];

    private JsonObject CreateVersion(AwsCall call)
    {
        iam.RequireManagedPolicy(Policy(call));
        var document = PolicyDocument.Parse(call.Input.RequiredText("PolicyDocument"));
        return new JsonObject { ["PolicyVersion"] = Shown(iam.CreateVersion(Policy(call), document, call.Input.Flag("SetAsDefault") ?? false)) };
    }

    private JsonObject DeleteVersion(AwsCall call)
    {
        iam.DeleteVersion(Policy(call), call.Input.RequiredText("VersionId"));
        return [];
    }

    private JsonObject GetVersion(AwsCall call)
    {
        var version = iam.RequireVersion(Policy(call), call.Input.RequiredText("VersionId"));
        var shown = Shown(version);
        shown["Document"] = Uri.EscapeDataString(version.Document.Json);
        return new JsonObject { ["PolicyVersion"] = shown };
    }

    /// <summary>Without their documents (API reference, "PolicyVersion").</summary>
    private JsonObject ListVersions(AwsCall call) =>
        IamPage.Of(
        call, [.. iam.RequireManagedPolicy(Policy(call)).Versions.Select(version => ("Versions", version.Id, Shown(version)))], "Versions");

    private static JsonObject Shown(PolicyVersion version) => new()
    {
        ["VersionId"] = version.Id,
        ["IsDefaultVersion"] = version.IsDefault,
        ["CreateDate"] = version.Created.ToUtcSeconds(),
    };

    private JsonObject ListRoles(AwsCall call) => IamPage.Of(
        call,
        [
            .. iam.Roles.Where(role => role.AccountId == call.AccountId && InPath(call, role.Definition.Path))
                .Select(role => ("Roles", role.Definition.Name, new JsonObject
                {
                    ["Path"] = role.Definition.Path,
                    ["RoleName"] = role.Definition.Name,
                    ["RoleId"] = role.Id,
                    ["Arn"] = role.Arn,
                    ["CreateDate"] = role.Created.ToUtcSeconds(),
                    ["AssumeRolePolicyDocument"] = Uri.EscapeDataString(role.Definition.Trust.Json),
                    ["MaxSessionDuration"] = (int)role.Definition.MaximumSession.TotalSeconds,
                })),
        ],
        "Roles");

    private JsonObject ListUsers(AwsCall call) => IamPage.Of(
        call,
        [
            .. iam.Users.Where(user => user.AccountId == call.AccountId && InPath(call, user.Path))
                .Select(user => ("Users", user.Name, new JsonObject
                {
                    ["Path"] = user.Path,
                    ["UserName"] = user.Name,
                    ["UserId"] = user.Id,
                    ["Arn"] = user.Arn,
                    ["CreateDate"] = user.Created.ToUtcSeconds(),
                })),
        ],
        "Users");

    /// <summary>
    /// On the user that is named. Without a name it is the caller's own, which a role has not; of all users, the service authorization reference names none.
    /// </summary>
    private IEnumerable<IamRequest> OnUser(AwsCall call) =>
        [new IamRequest($"iam:{call.Operation}", call.Input.Has("UserName") ? UserArn(call) : call.Caller.IsUser ? call.Caller.PrincipalArn : "*")];

    private JsonObject ListCredentials(AwsCall call)
    {
        var all = call.Input.Flag("AllUsers") ?? false;
        var user = call.Input.Text("UserName") ?? (call.Caller.IsUser ? call.Caller.PrincipalArn.Split('/')[^1] : null);
        if (all && call.Input.Has("UserName")) throw new AwsException("ValidationError", "UserName and AllUsers exclude each other.");
        if (!all && user is null) throw new AwsException("ValidationError", "Must specify userName when calling with non-User credentials");
        if (!all && iam.FindUser(call.AccountId, user!) is null)
            throw new AwsException("NoSuchEntity", $"The user with name {user} cannot be found.", 404);
        var service = call.Input.Text("ServiceName");
        return IamPage.Of(
            call,
            [
                .. iam.Credentials(call.AccountId).Where(one => (all || one.UserName == user) && (service is null || one.ServiceName == service))
                    .Select(one => ("ServiceSpecificCredentials", one.Id, Credential(one))),
            ],
            "ServiceSpecificCredentials");
    }

    private JsonObject UpdateCredential(AwsCall call)
    {
        iam.SetCredential(
            call.AccountId, call.Input.Text("UserName"), call.Input.RequiredText("ServiceSpecificCredentialId"), call.Input.RequiredText("Status"));
        return [];
    }

    private static JsonObject Credential(ServiceCredential one)
    {
        var shown = new JsonObject
        {
            ["UserName"] = one.UserName,
            ["Status"] = one.Status,
            ["CreateDate"] = one.Created.ToUtcSeconds(),
            ["ServiceSpecificCredentialId"] = one.Id,
            ["ServiceName"] = one.ServiceName,
        };
        if (one.Expires is { } expires) shown["ExpirationDate"] = expires.ToUtcSeconds();
        return shown;
    }

    private static bool InPath(AwsCall call, string path) => path.StartsWith(PathPrefix(call), StringComparison.Ordinal);
}
