using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Organizations;

/// <content>Accounts that are created, leave and are closed.</content>
public sealed partial class OrganizationsService
{
    /// <summary>Accepted in any case; whether the account comes about is seen later (API reference, CreateAccount: "an asynchronous request").</summary>
    private JsonObject CreateAccount(AwsCall call)
    {
        var number = (nextCreation++).ToString("D12", CultureInfo.InvariantCulture);
        var creation = new AccountCreation($"car-{number}", call.Input.RequiredText("AccountName"), call.Input.RequiredText("Email"), Now);
        creations.Add(creation.Id, creation);
        cloud.Work.PostAfter($"create account {creation.Id}", cloud.Options.Organizations.CreationTime, () =>
        {
            FinishCreation(creation);
            return Task.CompletedTask;
        });
        return new JsonObject { ["CreateAccountStatus"] = creation.Write() };
    }

    private JsonObject DescribeCreation(AwsCall call)
    {
        var id = call.Input.RequiredText("CreateAccountRequestId");
        return new JsonObject { ["CreateAccountStatus"] = (creations.GetValueOrDefault(id) ?? throw OrganizationErrors.NoRequest(id)).Write() };
    }

    private void FinishCreation(AccountCreation creation)
    {
        AccountCreation done;
        lock (tree.Gate)
        {
            var isTaken = tree.Accounts.Values.Any(other => string.Equals(other.Email, creation.Email, StringComparison.OrdinalIgnoreCase));
            done = creation with
            {
                Completed = Now,
                AccountId = isTaken ? null : (nextAccount++).ToString("D12", CultureInfo.InvariantCulture),
                FailureReason = isTaken ? "EMAIL_ALREADY_EXISTS" : null,
            };
            creations[creation.Id] = done;
            if (done.AccountId is { } created) tree.Put(new MemberAccount(created, creation.AccountName, creation.Email, RootId, "ACTIVE", Now));
        }

        if (done.AccountId is { } id)
        {
            Joined?.Invoke(id);
            Send(OrganizationEvents.OfMembership(true, id, "Created", ManagementAccountId, cloud.Gateway.NewRequestId(), Now));
        }

        Send(
            OrganizationEvents.OfService(
                "CreateAccountResult",
                "createAccountStatus",
                done.WriteEvent(),
                ManagementAccountId,
                cloud.Gateway.NewRequestId(),
                Now));
    }

    private JsonObject RemoveAccount(AwsCall call)
    {
        var account = tree.RequireAccount(call.Input.RequiredText("AccountId"));
        if (account.Id == ManagementAccountId) throw OrganizationErrors.ManagementCannotLeave();
        Depart(account, "Removed");
        Publish(OrganizationEvents.OfCall(call, new JsonObject { ["accountId"] = account.Id }, cloud.Gateway.NewRequestId(), Now));
        return [];
    }

    private JsonObject LeaveOrganization(AwsCall call)
    {
        var account = tree.RequireAccount(call.AccountId);
        if (account.Id == ManagementAccountId) throw OrganizationErrors.ManagementCannotLeave();
        Depart(account, "Left");
        return [];
    }

    private void Depart(MemberAccount account, string method)
    {
        if (delegatedAdministrators.Contains(account.Id))
        {
            throw OrganizationErrors.Constraint(
                "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG",
                $"Account {account.Id} is a delegated administrator; deregister it before it leaves the organization.");
        }

        tree.Remove(account);
        policies.Forget(account.Id);
        departed.Add(account.Id);
        Publish(OrganizationEvents.OfMembership(false, account.Id, method, ManagementAccountId, cloud.Gateway.NewRequestId(), Now));
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
        var status = new JsonObject { ["accountId"] = id, ["state"] = "SUCCEEDED", ["completedTimestamp"] = Now.ToUtcSeconds() };
        Send(OrganizationEvents.OfService("CloseAccountResult", "closeAccountStatus", status, ManagementAccountId, cloud.Gateway.NewRequestId(), Now));
    }
}
