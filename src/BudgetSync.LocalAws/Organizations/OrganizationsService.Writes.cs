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
        DeclareWrite("CloseAccount", OrganizationShapes.OneAccount, call => AccountArn(call.Input.RequiredText("AccountId")), CloseAccount);
    }

    private void DeclareWrite(string name, Shape shape, Func<AwsCall, string> resource, Func<AwsCall, JsonObject> run) => Declare(name, shape, resource, run, DemandManagement);

    private JsonObject MoveAccount(AwsCall call)
    {
        var account = tree.RequireAccount(call.Input.RequiredText("AccountId"));
        var source = call.Input.RequiredText("SourceParentId");
        var destination = call.Input.RequiredText("DestinationParentId");
        if (account.ParentId != source) throw new AwsException("SourceParentNotFoundException", $"Account {account.Id} is not under the parent {source}.");
        if (!tree.IsParent(destination)) throw new AwsException("DestinationParentNotFoundException", $"You specified a destination that doesn't exist: {destination}.");
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

    /// <summary>The account is there at once, under the root, where AWS answers IN_PROGRESS and takes minutes.</summary>
    private JsonObject CreateAccount(AwsCall call)
    {
        var email = call.Input.RequiredText("Email");
        if (tree.Accounts.Values.Any(other => string.Equals(other.Email, email, StringComparison.OrdinalIgnoreCase)))
            throw OrganizationErrors.Constraint("EMAIL_ALREADY_EXISTS", "An account with this e-mail address exists already.");
        var id = (nextAccount++).ToString("D12", CultureInfo.InvariantCulture);
        tree.Put(new MemberAccount(id, call.Input.RequiredText("AccountName"), email, RootId, "ACTIVE", Now));
        Joined?.Invoke(id);
        var request = $"car-{id}";
        Publish(OrganizationEvents.OfService(
            "CreateAccountResult",
            "createAccountStatus",
            new JsonObject
            {
                ["id"] = request,
                ["state"] = "SUCCEEDED",
                ["accountName"] = call.Input.RequiredText("AccountName"),
                ["accountId"] = id,
                ["requestedTimestamp"] = OrganizationEvents.Write(Now),
                ["completedTimestamp"] = OrganizationEvents.Write(Now),
            },
            ManagementAccountId,
            cloud.Gateway.NewRequestId(),
            Now));
        return new JsonObject
        {
            ["CreateAccountStatus"] = new JsonObject
            {
                ["Id"] = request,
                ["AccountName"] = call.Input.RequiredText("AccountName"),
                ["State"] = "SUCCEEDED",
                ["RequestedTimestamp"] = Now.ToEpochSeconds(),
                ["CompletedTimestamp"] = Now.ToEpochSeconds(),
                ["AccountId"] = id,
            },
        };
    }

    private JsonObject CloseAccount(AwsCall call)
    {
        var account = tree.RequireAccount(call.Input.RequiredText("AccountId"));
        if (account.Id == ManagementAccountId)
            throw OrganizationErrors.Constraint("CANNOT_CLOSE_MANAGEMENT_ACCOUNT", "The management account of an organization cannot be closed.");
        if (account.State == "CLOSED") throw new AwsException("AccountAlreadyClosedException", $"Account {account.Id} is closed already.");
        if (account.State == "PENDING_CLOSURE") throw new AwsException("ConflictException", $"Account {account.Id} is being closed.");
        tree.Put(account with { State = "PENDING_CLOSURE" });
        cloud.Work.Post($"close account {account.Id}", () =>
        {
            FinishClosing(account.Id);
            return Task.CompletedTask;
        });
        return [];
    }

    private void FinishClosing(string id)
    {
        lock (tree.Gate) tree.Put(tree.RequireAccount(id) with { State = "CLOSED" });
        var status = new JsonObject { ["accountId"] = id, ["state"] = "SUCCEEDED", ["completedTimestamp"] = OrganizationEvents.Write(Now) };
        cloud.EventSink?.Invoke(OrganizationEvents.OfService("CloseAccountResult", "closeAccountStatus", status, ManagementAccountId, cloud.Gateway.NewRequestId(), Now));
    }

    /// <summary>As a piece of work of its own, because the gate is held here and whoever hears the event may call back at once.</summary>
    private void Publish(JsonObject change) => cloud.Work.Post("organizations event", () =>
    {
        cloud.EventSink?.Invoke(change);
        return Task.CompletedTask;
    });
}
