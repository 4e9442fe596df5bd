using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Organizations;

public sealed partial class OrganizationsService
{
    private void DeclareReads()
    {
        Declare("DescribeOrganization", OrganizationShapes.Nothing, _ => "*", _ => DescribeOrganization(), AuthorizeMember);
        DeclareRead("ListRoots", OrganizationShapes.Listing, _ => "*", ListRoots);
        DeclareRead(
            "ListAccounts",
            OrganizationShapes.Listing,
            _ => "*",
            call => Page(call, "").Answer(call.Input, "Accounts", tree.Accounts.Values, account => account.Id, Write));
        DeclareRead("ListAccountsForParent", OrganizationShapes.OfParent, ParentArn, ListAccountsForParent);
        DeclareRead("ListOrganizationalUnitsForParent", OrganizationShapes.OfParent, ParentArn, ListUnitsForParent);
        DeclareRead("ListChildren", OrganizationShapes.ListChildren, ParentArn, ListChildren);
        DeclareRead("ListParents", OrganizationShapes.ListParents, call => ArnOf(call.Input.RequiredText("ChildId")), ListParents);
        DeclareRead("DescribeAccount", OrganizationShapes.OneAccount, call => AccountArn(call.Input.RequiredText("AccountId")), DescribeAccount);
        DeclareRead("DescribeOrganizationalUnit", OrganizationShapes.OneUnit, call => UnitArn(call.Input.RequiredText("OrganizationalUnitId")), DescribeUnit);
    }

    private void DeclareRead(string name, Shape shape, Func<AwsCall, string> resource, Func<AwsCall, JsonObject> run) =>
        Declare(name, shape, resource, run, AuthorizeDelegated(name));

    private string ParentArn(AwsCall call) => ArnOf(call.Input.RequiredText("ParentId"));

    private Paginator Page(AwsCall call, string of) =>
        new($"{call.Operation} {of}", AwsLimits.Organizations.Page, "InvalidInputException") { EmptyFirstPage = cloud.Options.Organizations.EmptyFirstPages };

    private JsonObject DescribeOrganization() => new()
    {
        ["Organization"] = new JsonObject
        {
            ["Id"] = cloud.Options.OrganizationId,
            ["Arn"] = Arn($"organization/{cloud.Options.OrganizationId}"),
            ["FeatureSet"] = "ALL",
            ["MasterAccountArn"] = AccountArn(ManagementAccountId),
            ["MasterAccountId"] = ManagementAccountId,
            ["MasterAccountEmail"] = tree.RequireAccount(ManagementAccountId).Email,
            ["AvailablePolicyTypes"] = new JsonArray(),
        },
    };

    private JsonObject ListRoots(AwsCall call) => Page(call, "").Answer<string>(
        call.Input,
        "Roots",
        [RootId],
        id => id,
        _ => WriteRoot());

    private JsonObject ListAccountsForParent(AwsCall call)
    {
        var parent = RequiredParent(call);
        return Page(call, parent).Answer(call.Input, "Accounts", tree.AccountsOf(parent), account => account.Id, Write);
    }

    private JsonObject ListUnitsForParent(AwsCall call)
    {
        var parent = RequiredParent(call);
        return Page(call, parent).Answer(call.Input, "OrganizationalUnits", tree.UnitsOf(parent), unit => unit.Id, Write);
    }

    private JsonObject ListChildren(AwsCall call)
    {
        var parent = RequiredParent(call);
        var type = call.Input.RequiredText("ChildType");
        var ids = type == "ACCOUNT" ? tree.AccountsOf(parent).Select(account => account.Id) : tree.UnitsOf(parent).Select(unit => unit.Id);
        return Page(call, $"{parent} {type}").Answer(call.Input, "Children", ids, id => id, id => new JsonObject { ["Id"] = id, ["Type"] = type });
    }

    private JsonObject ListParents(AwsCall call)
    {
        var child = call.Input.RequiredText("ChildId");
        var parent = tree.Accounts.GetValueOrDefault(child)?.ParentId ?? tree.Units.GetValueOrDefault(child)?.ParentId
            ?? throw new AwsException("ChildNotFoundException", $"You specified a child that doesn't exist: {child}.");
        return Page(call, child).Answer<string>(
            call.Input,
            "Parents",
            [parent],
            id => id,
            id => new JsonObject { ["Id"] = id, ["Type"] = id == RootId ? "ROOT" : "ORGANIZATIONAL_UNIT" });
    }

    private JsonObject DescribeAccount(AwsCall call) => new() { ["Account"] = Write(tree.RequireAccount(call.Input.RequiredText("AccountId"))) };

    private JsonObject DescribeUnit(AwsCall call)
    {
        var id = call.Input.RequiredText("OrganizationalUnitId");
        return new JsonObject { ["OrganizationalUnit"] = Write(tree.Units.GetValueOrDefault(id) ?? throw OrganizationErrors.NoUnit(id)) };
    }

    private string RequiredParent(AwsCall call)
    {
        var parent = call.Input.RequiredText("ParentId");
        tree.RequireParent(parent);
        return parent;
    }

    private JsonObject Write(MemberAccount account) => new()
    {
        ["Id"] = account.Id,
        ["Arn"] = AccountArn(account.Id),
        ["Email"] = account.Email,
        ["Name"] = account.Name,
        ["Status"] = account.Status,
        ["State"] = account.State,
        ["Paths"] = new JsonArray(tree.PathOf(account.ParentId, account.Id)),
        ["JoinedMethod"] = account.Id == ManagementAccountId ? "INVITED" : account.JoinedMethod,
        ["JoinedTimestamp"] = account.Joined.ToEpochSeconds(),
    };

    private JsonObject Write(OrganizationalUnit unit) =>
        new() { ["Id"] = unit.Id, ["Arn"] = UnitArn(unit.Id), ["Name"] = unit.Name, ["Path"] = tree.PathOf(unit.Id, null) };
}
