using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.Organizations;

public sealed class AccountLifeTests : OrganizationTestBed
{
    [Fact]
    public async Task A_created_account_is_in_progress_then_under_the_root_and_sends_its_result()
    {
        var asked = (await CallAsync("CreateAccount", "{'Email':'new@example.com','AccountName':'New'}"))["CreateAccountStatus"]!;
        await cloud.Work.WhenIdleAsync();

        var status = await CreationAsync(asked);
        var id = status["AccountId"]!.GetValue<string>();
        Assert.Equal(("IN_PROGRESS", "SUCCEEDED"), (asked["State"]!.GetValue<string>(), status["State"]!.GetValue<string>()));
        Assert.Null(asked["AccountId"]);
        Assert.Equal([id], Ids(await CallAsync("ListAccountsForParent", "{'ParentId':'r-local'}"), "Accounts").Except([Management, Member]));
        Assert.Equal(["AccountJoinedOrganization", "CreateAccountResult"], events.Select(sent => sent["detail"]!["eventName"]!.GetValue<string>()));
        Assert.Equal((id, "Created"), (Details(0)["accountId"]!.GetValue<string>(), Details(0)["joinedMethod"]!.GetValue<string>()));
        Assert.Equal(id, Details(1)["createAccountStatus"]!["accountId"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_creation_of_an_account_with_a_used_address_fails_later()
    {
        cloud.Organizations.AddAccount("222233334444", "first");
        var asked = (await CallAsync("CreateAccount", "{'Email':'ACCOUNT-222233334444@example.com','AccountName':'Other'}"))["CreateAccountStatus"]!;
        await cloud.Work.WhenIdleAsync();

        var status = await CreationAsync(asked);
        Assert.Equal("IN_PROGRESS", asked["State"]!.GetValue<string>());
        Assert.Equal(("FAILED", "EMAIL_ALREADY_EXISTS"), (status["State"]!.GetValue<string>(), status["FailureReason"]!.GetValue<string>()));
        Assert.Null(status["AccountId"]);
        Assert.Equal(
            "EMAIL_ALREADY_EXISTS",
            Assert.Single(events)["detail"]!["serviceEventDetails"]!["createAccountStatus"]!["failureReason"]!.GetValue<string>());
        Assert.Equal("CreateAccountStatusNotFoundException", await RefusedAsync("DescribeCreateAccountStatus", "{'CreateAccountRequestId':'car-00000000'}"));
    }

    [Fact]
    public async Task An_account_leaves_or_is_removed_and_the_organization_says_so()
    {
        const string other = "222233334444";
        cloud.Organizations.AddAccount(other, "other");
        await CallAsync("LeaveOrganization", "{}", Member);
        await CallAsync("RemoveAccountFromOrganization", $"{{'AccountId':'{other}'}}");
        await cloud.Work.WhenIdleAsync();

        Assert.Equal([Management], Ids(await CallAsync("ListAccounts"), "Accounts"));
        Assert.Equal("AWSOrganizationsNotInUseException", await RefusedAsync("DescribeOrganization", "{}", Member));
        Assert.Equal(
            [("AccountDepartedOrganization", Member, "Left"), ("AccountDepartedOrganization", other, "Removed")],
            events.Where(sent => sent["detail"]!["serviceEventDetails"] is not null).Select(sent => (
                sent["detail"]!["eventName"]!.GetValue<string>(),
                sent["detail"]!["serviceEventDetails"]!["accountId"]!.GetValue<string>(),
                sent["detail"]!["serviceEventDetails"]!["departedMethod"]!.GetValue<string>())).OrderBy(sent => sent.Item2, StringComparer.Ordinal));
        Assert.Equal(
            "RemoveAccountFromOrganization",
            Assert.Single(events, sent => sent["detail"]!["requestParameters"] is not null)["detail"]!["eventName"]!.GetValue<string>());
    }

    [Fact]
    public async Task Neither_the_management_account_nor_a_delegated_administrator_can_go()
    {
        Assert.Equal("MasterCannotLeaveOrganizationException", await RefusedAsync("LeaveOrganization", "{}"));
        Assert.Equal("MasterCannotLeaveOrganizationException", await RefusedAsync("RemoveAccountFromOrganization", $"{{'AccountId':'{Management}'}}"));
        Assert.Equal("AccessDeniedException", await RefusedAsync("RemoveAccountFromOrganization", $"{{'AccountId':'{Member}'}}", Member));
        cloud.Organizations.RegisterDelegatedAdministrator(Member);
        Assert.Equal("ConstraintViolationException", await RefusedAsync("LeaveOrganization", "{}", Member));
    }

    [Fact]
    public async Task An_account_that_left_has_no_organization_in_conditions_until_it_joins_again()
    {
        cloud.Iam.PutRole(Member, Policies.Role(
            "Open",
            $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","P"""
                + $$"""rincipal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:PrincipalOrgID":"{{cloud.Options.OrganizationId}}"} } }]}""",
            []));
        using var api = new Api(cloud, Member);

        cloud.Organizations.Remove(Member);
        Assert.Equal("AccessDenied", (await Api.RefusedAsync(() => AssumeAsync(api))).Code);
        cloud.Organizations.Join(Member, "back");
        await cloud.Work.WhenIdleAsync();
        await AssumeAsync(api);

        Assert.Equal("Invited", events[^1]["detail"]!["serviceEventDetails"]!["joinedMethod"]!.GetValue<string>());
        Assert.Equal("INVITED", (await CallAsync("DescribeAccount", $"{{'AccountId':'{Member}'}}"))["Account"]!["JoinedMethod"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_role_of_a_suspended_or_closed_account_cannot_be_assumed_until_the_account_is_open_again()
    {
        cloud.Iam.PutRole(
            Member,
            Policies.Role("Open", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}]}""", []));
        using var api = new Api(cloud, Management);
        await AssumeAsync(api);

        cloud.Organizations.Suspend(Member);
        Assert.Equal("AccessDenied", (await Api.RefusedAsync(() => AssumeAsync(api))).Code);
        cloud.Organizations.Reactivate(Member);
        await AssumeAsync(api);
        await CallAsync("CloseAccount", $"{{'AccountId':'{Member}'}}");
        await cloud.Work.WhenIdleAsync();
        Assert.Equal("AccessDenied", (await Api.RefusedAsync(() => AssumeAsync(api))).Code);
    }

    [Fact]
    public async Task A_closed_account_stays_listed_as_CLOSED_and_cannot_be_closed_again()
    {
        await CallAsync("CloseAccount", $"{{'AccountId':'{Member}'}}");
        await cloud.Work.WhenIdleAsync();

        var account = (await CallAsync("DescribeAccount", $"{{'AccountId':'{Member}'}}"))["Account"]!;
        Assert.Equal(("CLOSED", "SUSPENDED"), (account["State"]!.GetValue<string>(), account["Status"]!.GetValue<string>()));
        Assert.Equal("CloseAccountResult", Assert.Single(events)["detail"]!["eventName"]!.GetValue<string>());
        Assert.Equal("AccountAlreadyClosedException", await RefusedAsync("CloseAccount", $"{{'AccountId':'{Member}'}}"));
        Assert.Equal("ConstraintViolationException", await RefusedAsync("CloseAccount", $"{{'AccountId':'{Management}'}}"));
    }

    private async Task<JsonNode> CreationAsync(JsonNode asked) =>
        (await CallAsync("DescribeCreateAccountStatus", $"{{'CreateAccountRequestId':'{asked["Id"]}'}}"))["CreateAccountStatus"]!;
}
