using BudgetSync.LocalAws.Organizations;

namespace BudgetSync.LocalAws.Tests.Organizations;

public sealed class OrganizationsTests : OrganizationTestBed
{
    [Fact]
    public async Task The_organization_has_its_management_account_and_one_root()
    {
        var organization = (await CallAsync("DescribeOrganization"))["Organization"]!;
        var root = Assert.Single((await CallAsync("ListRoots"))["Roots"]!.AsArray())!;

        Assert.Equal(("o-local00000", Management), (organization["Id"]!.GetValue<string>(), organization["MasterAccountId"]!.GetValue<string>()));
        Assert.Equal("arn:aws:organizations::999999999999:root/o-local00000/r-local", root["Arn"]!.GetValue<string>());
        Assert.Contains(Management, cloud.Organizations.AccountIds);
    }

    [Fact]
    public async Task An_account_is_described_with_state_status_and_path()
    {
        var team = cloud.Organizations.AddOrganizationalUnit(OrganizationsService.RootId, "Team");
        var inner = cloud.Organizations.AddOrganizationalUnit(team, "Inner", "ou-local-0000000f");
        cloud.Organizations.Move(Member, inner);

        Assert.Equal(
            """{"Id":"111122223333","Arn":"arn:aws:organizations::999999999999:account/o-local00000/11112222333"""
                + """3","Email":"account-111122223333@example.com","Name":"Member","Status":"ACTIVE","State":"ACTIV"""
                + """E","Paths":["o-local00000/r-local/ou-local-00000001/ou-local-0000000f/111122223333/"],"JoinedMethod":"CREATE"""
                + """D","JoinedTimestamp":1779273000}""",
            (await CallAsync("DescribeAccount", $"{{'AccountId':'{Member}'}}"))["Account"]!.ToJsonString());
    }

    [Fact]
    public async Task A_suspended_account_says_so()
    {
        cloud.Organizations.Suspend(Member);

        var account = (await CallAsync("DescribeAccount", $"{{'AccountId':'{Member}'}}"))["Account"]!;

        Assert.Equal(("SUSPENDED", "SUSPENDED"), (account["State"]!.GetValue<string>(), account["Status"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Children_and_parents_are_direct_ones_only()
    {
        var team = cloud.Organizations.AddOrganizationalUnit(OrganizationsService.RootId, "Team");
        var inner = cloud.Organizations.AddOrganizationalUnit(team, "Inner");
        cloud.Organizations.AddAccount("444455556666", "Deep", inner);

        Assert.Equal([Member, Management], Ids(await CallAsync("ListAccountsForParent", "{'ParentId':'r-local'}"), "Accounts"));
        Assert.Equal([team], Ids(await CallAsync("ListOrganizationalUnitsForParent", "{'ParentId':'r-local'}"), "OrganizationalUnits"));
        Assert.Equal([inner], Ids(await CallAsync("ListChildren", $"{{'ParentId':'{team}','ChildType':'ORGANIZATIONAL_UNIT'}}"), "Children"));
        Assert.Equal(["444455556666"], Ids(await CallAsync("ListChildren", $"{{'ParentId':'{inner}','ChildType':'ACCOUNT'}}"), "Children"));
        Assert.Equal(
            $$"""{"Parents":[{"Id":"{{inner}}","Type":"ORGANIZATIONAL_UNIT"}]}""",
            (await CallAsync("ListParents", "{'ChildId':'444455556666'}")).ToJsonString());
        Assert.Equal("""{"Parents":[{"Id":"r-local","Type":"ROOT"}]}""", (await CallAsync("ListParents", $"{{'ChildId':'{team}'}}")).ToJsonString());
        Assert.Equal(
            $"o-local00000/r-local/{team}/{inner}/",
            (await CallAsync("DescribeOrganizationalUnit", $"{{'OrganizationalUnitId':'{inner}'}}"))["OrganizationalUnit"]!["Path"]!.GetValue<string>());
        Assert.Equal(["444455556666"], cloud.Organizations.AccountsUnder(team));
    }

    [Fact]
    public async Task Listings_have_20_to_a_page()
    {
        for (var i = 0; i < 20; i++) cloud.Organizations.AddAccount($"2000000000{i:00}", $"n{i}");

        var first = await CallAsync("ListAccounts");
        var second = await CallAsync("ListAccounts", $"{{'NextToken':'{first["NextToken"]}'}}");

        Assert.Equal(20, first["Accounts"]!.AsArray().Count);
        Assert.Equal(2, second["Accounts"]!.AsArray().Count);
        Assert.Null(second["NextToken"]);
        Assert.Equal("InvalidInputException", await RefusedAsync("ListAccounts", "{'MaxResults':21}"));
        Assert.Equal("InvalidInputException", await RefusedAsync("ListAccounts", "{'NextToken':'abc'}"));
    }

    [Fact]
    public async Task A_first_page_is_empty_and_goes_on_where_the_option_says_so()
    {
        var empty = NewWire(NewCloud(emptyFirstPages: true));

        var first = await empty.CallAsync(Management, "ListAccounts", "{}");
        var second = await empty.CallAsync(Management, "ListAccounts", $"{{'NextToken':'{first["NextToken"]}'}}");

        Assert.Empty(first["Accounts"]!.AsArray());
        Assert.Equal([Management], Ids(second, "Accounts"));
    }

    [Fact]
    public async Task Only_the_management_account_and_delegated_administrators_may_read()
    {
        Assert.Equal("AccessDeniedException", await RefusedAsync("ListAccounts", "{}", Member));
        Assert.Equal("AccessDeniedException", await RefusedAsync("DescribeAccount", $"{{'AccountId':'{Member}'}}", Member));
        await CallAsync("DescribeOrganization", "{}", Member);

        cloud.Organizations.RegisterDelegatedAdministrator(Member);

        await CallAsync("ListAccounts", "{}", Member);
        await CallAsync("DescribeAccount", $"{{'AccountId':'{Member}'}}", Member);
        await CallAsync("ListAccountsForParent", "{'ParentId':'r-local'}", Member);
        Assert.Equal("AccessDeniedException", await RefusedAsync("CreateOrganizationalUnit", "{'ParentId':'r-local','Name':'x'}", Member));
    }

    [Fact]
    public async Task An_account_outside_the_organization_has_none() =>
        Assert.Equal("AWSOrganizationsNotInUseException", await RefusedAsync("DescribeOrganization", "{}", "123456789012"));

    [Fact]
    public async Task Moving_an_account_changes_its_parent_and_sends_the_event_of_the_call()
    {
        var team = cloud.Organizations.AddOrganizationalUnit(OrganizationsService.RootId, "Team");
        await CallAsync("MoveAccount", $"{{'AccountId':'{Member}','SourceParentId':'r-local','DestinationParentId':'{team}'}}");
        await cloud.Work.WhenIdleAsync();

        var sent = Assert.Single(events);
        Assert.Equal([Member], Ids(await CallAsync("ListAccountsForParent", $"{{'ParentId':'{team}'}}"), "Accounts"));
        Assert.Equal(
            ("aws.organizations", "AWS API Call via CloudTrail", Management),
            (sent["source"]!.GetValue<string>(), sent["detail-type"]!.GetValue<string>(), sent["account"]!.GetValue<string>()));
        Assert.Equal(
            $$$"""{"eventSource":"organizations.amazonaws.com","eventName":"M"""
                + $$$"""oveAccount","requestParameters":{"accountId":"111122223333","sourceParentId":"r-local","destinationParentId":"{{{team}}}"}}""",
            sent["detail"]!.ToJsonString());
    }

    [Fact]
    public async Task A_move_must_name_the_true_source_and_another_destination()
    {
        var team = cloud.Organizations.AddOrganizationalUnit(OrganizationsService.RootId, "Team");

        Assert.Equal("SourceParentNotFoundException", await MoveRefusedAsync(Member, team, "r-local"));
        Assert.Equal("DestinationParentNotFoundException", await MoveRefusedAsync(Member, "r-local", "ou-none-00000000"));
        Assert.Equal("DuplicateAccountException", await MoveRefusedAsync(Member, "r-local", "r-local"));
        Assert.Equal("AccountNotFoundException", await MoveRefusedAsync("123456789012", "r-local", team));
    }

    [Fact]
    public async Task Units_nest_5_levels_deep_under_names_of_their_own()
    {
        var parent = OrganizationsService.RootId;
        for (var level = 0; level < 5; level++)
            parent = (await CallAsync("CreateOrganizationalUnit", $"{{'ParentId':'{parent}','Name':'Same'}}"))["OrganizationalUnit"]!["Id"]!.GetValue<string>();

        Assert.Equal("ConstraintViolationException", await RefusedAsync("CreateOrganizationalUnit", $"{{'ParentId':'{parent}','Name':'Same'}}"));
        Assert.Equal("DuplicateOrganizationalUnitException", await RefusedAsync("CreateOrganizationalUnit", "{'ParentId':'r-local','Name':'Same'}"));
    }

    [Theory]
    [InlineData("ListAccountsForParent", "{'ParentId':'ou-none-00000000'}", "ParentNotFoundException")]
    [InlineData("ListChildren", "{'ParentId':'ou-none-00000000','ChildType':'ACCOUNT'}", "ParentNotFoundException")]
    [InlineData("ListParents", "{'ChildId':'123456789012'}", "ChildNotFoundException")]
    [InlineData("DescribeAccount", "{'AccountId':'123456789012'}", "AccountNotFoundException")]
    [InlineData("DescribeOrganizationalUnit", "{'OrganizationalUnitId':'ou-none-00000000'}", "OrganizationalUnitNotFoundException")]
    [InlineData("ListAccountsForParent", "{'ParentId':'root'}", "InvalidInputException")]
    [InlineData("DescribeAccount", "{'AccountId':'12345'}", "InvalidInputException")]
    public async Task What_does_not_exist_or_is_no_id_is_refused(string operation, string input, string error) =>
        Assert.Equal(error, await RefusedAsync(operation, input));

    [Fact]
    public void An_account_is_added_once_with_12_digits()
    {
        Assert.Throws<ArgumentException>(() => cloud.Organizations.AddAccount("12345", "short"));
        Assert.Throws<ArgumentException>(() => cloud.Organizations.AddAccount(Member, "again"));
    }

    private Task<string> MoveRefusedAsync(string account, string from, string to) =>
        RefusedAsync("MoveAccount", $"{{'AccountId':'{account}','SourceParentId':'{from}','DestinationParentId':'{to}'}}");
}
