using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Organizations;

public sealed partial class OrganizationsService
{
    private void DeclareWrites()
    {
        DeclareWrite("MoveAccount", OrganizationShapes.MoveAccount, call => AccountArn(call.Input.RequiredText("AccountId")), MoveAccount);
        DeclareWrite("CreateOrganizationalUnit", OrganizationShapes.CreateOrganizationalUnit, ParentArn, CreateUnit);
        DeclareWrite("CreateAccount", OrganizationShapes.CreateAccount, _ => "*", CreateAccount);
        DeclareRead("DescribeCreateAccountStatus", OrganizationShapes.OneRequest, _ => "*", DescribeCreation);
        DeclareWrite("RemoveAccountFromOrganization", OrganizationShapes.OneAccount, call => AccountArn(call.Input.RequiredText("AccountId")), RemoveAccount);
        Declare("LeaveOrganization", OrganizationShapes.Nothing, _ => "*", LeaveOrganization, AuthorizeMember);
        DeclareWrite("CloseAccount", OrganizationShapes.OneAccount, call => AccountArn(call.Input.RequiredText("AccountId")), CloseAccount);
    }

    private void DeclareWrite(string name, Shape shape, Func<AwsCall, string> resource, Func<AwsCall, JsonObject> run) =>
        Declare(name, shape, resource, run, AuthorizeManagement);

    private JsonObject MoveAccount(AwsCall call)
    {
        var account = tree.RequireAccount(call.Input.RequiredText("AccountId"));
        var source = call.Input.RequiredText("SourceParentId");
        var destination = call.Input.RequiredText("DestinationParentId");
        if (account.ParentId != source) throw new AwsException("SourceParentNotFoundException", $"Account {account.Id} is not under the parent {source}.");
        if (!tree.IsParent(destination))
            throw new AwsException("DestinationParentNotFoundException", $"You specified a destination that doesn't exist: {destination}.");
        if (source == destination) throw new AwsException("DuplicateAccountException", $"Account {account.Id} is already under {destination}.");
        tree.Put(account with { ParentId = destination });
        Joined?.Invoke(account.Id);
        Publish(OrganizationEvents.OfCall(
            call,
            new JsonObject { ["accountId"] = account.Id, ["sourceParentId"] = source, ["destinationParentId"] = destination },
            cloud.Gateway.NewRequestId(),
            Now));
        return [];
    }

    private JsonObject CreateUnit(AwsCall call)
    {
        var unit = new OrganizationalUnit(
            string.Create(CultureInfo.InvariantCulture, $"ou-local-{++nextUnit:x8}"), call.Input.RequiredText("Name"), call.Input.RequiredText("ParentId"));
        tree.Add(unit);
        return new JsonObject { ["OrganizationalUnit"] = Write(unit) };
    }

    /// <summary>As a piece of work of its own, because the gate is held here and whoever hears the event may call back at once.</summary>
    private void Publish(JsonObject change) => cloud.Work.Post("organizations event", () =>
    {
        Send(change);
        return Task.CompletedTask;
    });

    private void Send(JsonObject change) => cloud.EventSink?.Invoke(change);
}
