using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Organizations;

namespace BudgetSync.LocalAws.Tests.Organizations;

public sealed class OrganizationPolicyTests : OrganizationTestBed
{
    private const string DenyModels = """{'Version':'2012-10-17','Statement':[{'Effect':'Deny','Action':'bedrock:*','Resource':'*'}]}""";

    [Fact]
    public async Task A_policy_is_attached_listed_from_both_sides_and_detached()
    {
        await CallAsync("EnablePolicyType", $"{{'RootId':'{OrganizationsService.RootId}','PolicyType':'SERVICE_CONTROL_POLICY'}}");
        var id = await CreateAsync("DenyModels");
        await AttachAsync(id, Member);

        var target = Assert.Single((await CallAsync("ListTargetsForPolicy", $"{{'PolicyId':'{id}'}}"))["Targets"]!.AsArray())!;

        Assert.Equal($"arn:aws:organizations::999999999999:account/o-local00000/{Member}", target["Arn"]!.ToString());
        Assert.Equal((Member, "Member", "ACCOUNT"), (target["TargetId"]!.ToString(), target["Name"]!.ToString(), target["Type"]!.ToString()));
        Assert.Equal([id, "p-FullAWSAccess"], Ids(await OfTargetAsync(Member), "Policies"));

        await CallAsync("DetachPolicy", $"{{'PolicyId':'{id}','TargetId':'{Member}'}}");

        Assert.Empty((await CallAsync("ListTargetsForPolicy", $"{{'PolicyId':'{id}'}}"))["Targets"]!.AsArray());
        Assert.Equal(["p-FullAWSAccess"], Ids(await OfTargetAsync(Member), "Policies"));
    }

    [Fact]
    public async Task The_type_is_off_until_it_is_enabled_and_then_FullAWSAccess_is_everywhere()
    {
        var id = await CreateAsync("DenyModels");

        Assert.Equal("PolicyTypeNotEnabledException", await RefusedAsync("AttachPolicy", Attachment(id, Member)));
        Assert.Empty((await OfTargetAsync(Member))["Policies"]!.AsArray());

        cloud.Organizations.EnableServiceControlPolicies();

        var everywhere = (await CallAsync("ListTargetsForPolicy", "{'PolicyId':'p-FullAWSAccess'}"))["Targets"]!.AsArray();
        Assert.Equal([Member, Management, OrganizationsService.RootId], everywhere.Select(target => target!["TargetId"]!.ToString()));
        Assert.Equal("ENABLED", (await CallAsync("ListRoots"))["Roots"]![0]!["PolicyTypes"]![0]!["Status"]!.ToString());
        Assert.Equal(
            "PolicyTypeAlreadyEnabledException", await RefusedAsync("EnablePolicyType", "{'RootId':'r-local','PolicyType':'SERVICE_CONTROL_POLICY'}"));
    }

    [Fact]
    public async Task What_is_attached_twice_or_not_at_all_is_refused_and_an_attached_policy_is_not_deleted()
    {
        cloud.Organizations.EnableServiceControlPolicies();
        var id = await CreateAsync("DenyModels");
        await AttachAsync(id, Member);

        Assert.Equal("DuplicatePolicyAttachmentException", await RefusedAsync("AttachPolicy", Attachment(id, Member)));
        Assert.Equal("PolicyNotAttachedException", await RefusedAsync("DetachPolicy", Attachment(id, OrganizationsService.RootId)));
        Assert.Equal("PolicyInUseException", await RefusedAsync("DeletePolicy", $"{{'PolicyId':'{id}'}}"));
        Assert.Equal("TargetNotFoundException", await RefusedAsync("AttachPolicy", Attachment(id, "444455556666")));
        Assert.Equal("PolicyNotFoundException", await RefusedAsync("DescribePolicy", "{'PolicyId':'p-12345678'}"));
        Assert.Equal("ConstraintViolationException", await RefusedAsync("DetachPolicy", Attachment("p-FullAWSAccess", OrganizationsService.RootId)));
    }

    [Fact]
    public async Task A_target_has_so_many_policies_FullAWSAccess_among_them()
    {
        await using var five = new LocalCloud(new LocalCloudOptions
        {
            Time = new FakeTimeProvider(Api.Start) { AutoAdvanceAmount = TimeSpan.FromSeconds(1) },
            Organizations = new OrganizationsOptions { PoliciesPerTarget = 5 },
        });
        five.Organizations.AddAccount(Member, "Member");
        five.Organizations.EnableServiceControlPolicies();
        var calls = NewWire(five);
        for (var number = 1; number <= 5; number++) await calls.CallAsync(Management, "CreatePolicy", Creation($"n{number}", DenyModels));
        for (var number = 1; number <= 4; number++) await calls.CallAsync(Management, "AttachPolicy", Attachment($"p-0000000{number}", Member));

        var (code, message) = await calls.RefusalAsync(Management, "AttachPolicy", Attachment("p-00000005", Member));

        Assert.Equal("ConstraintViolationException", code);
        Assert.EndsWith($"can be attached to {Member}: 5.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attaching_goes_at_two_a_second_with_three_at_once()
    {
        cloud.Organizations.EnableServiceControlPolicies();
        var id = await CreateAsync("DenyModels");
        var spare = await CreateAsync("Spare");
        await AttachAsync(id, Member);
        await AttachAsync(id, OrganizationsService.RootId);
        await AttachAsync(spare, Member);

        Assert.Equal("TooManyRequestsException", await RefusedAsync("AttachPolicy", Attachment(spare, OrganizationsService.RootId)));

        ((FakeTimeProvider)cloud.Time).Advance(TimeSpan.FromMilliseconds(500));
        await AttachAsync(spare, OrganizationsService.RootId);
        Assert.Equal("TooManyRequestsException", await RefusedAsync("AttachPolicy", Attachment(id, Management)));
        for (var read = 0; read < 5; read++) await OfTargetAsync(Member);
        Assert.Equal("TooManyRequestsException", await RefusedAsync("ListPoliciesForTarget", OfTarget(Member)));
    }

    [Theory]
    [InlineData("not json", "MalformedPolicyDocumentException")]
    [InlineData("""{'Version':'2012-10-17','Statement':[{'Effect':'Deny','Action':'*','Resource':'*','Principal':'*'}]}""", "MalformedPolicyDocumentException")]
    [InlineData("""{'Version':'2012-10-17','Statement':[{'Effect':'Deny','Action':'*'}]}""", "MalformedPolicyDocumentException")]
    [InlineData("""{'Statement':[{'Effect':'Deny','Action':'*','Resource':'*'}]}""", "MalformedPolicyDocumentException")]
    [InlineData("""{'Version':'2008-10-17','Statement':[{'Effect':'Deny','Action':'*','Resource':'*'}]}""", "MalformedPolicyDocumentException")]
    [InlineData("""{'Version':'2020-10-17','Statement':[{'Effect':'Deny','Action':'*','Resource':'*'}]}""", "MalformedPolicyDocumentException")]
    [InlineData("""{'Version':'2012-10-17','Statement':[{'Effect':'Deny','Action':'*','Resource':'foo'}]}""", "MalformedPolicyDocumentException")]
    [InlineData("""{'Version':'2012-10-17','Statement':[{'Effect':'Deny','Action':'*','Resource':['*','arn:aws:s3']}]}""", "MalformedPolicyDocumentException")]
    [InlineData(
        """{'Version':'2012-10-17','Statement':[{'Sid':'a-b c','Effect':'Deny','Action':'*','Resource':'*'}]}""", "MalformedPolicyDocumentException")]
    [InlineData(
        "{'Version':'2012-10-17','Statement':[{'Sid':'a','Effect':'Deny','Action':'*','Resource':'*'},"
            + "{'Sid':'a','Effect':'Deny','Action':'*','Resource':'*'}]}",
        "MalformedPolicyDocumentException")]
    public async Task A_content_that_is_no_service_control_policy_is_refused(string content, string code) =>
        Assert.Equal(code, await RefusedAsync("CreatePolicy", Creation("Bad", content)));

    [Fact]
    public async Task A_policy_has_up_to_10240_characters_white_space_included()
    {
        await CallAsync("CreatePolicy", Creation("Long", DenyModels + new string(' ', 10_240 - DenyModels.Length)));

        Assert.Equal(
            "ConstraintViolationException", await RefusedAsync("CreatePolicy", Creation("Longer", DenyModels + new string(' ', 10_241 - DenyModels.Length))));
    }

    [Fact]
    public async Task A_policy_is_changed_under_its_id_and_names_are_unique_and_AWSs_own_is_AWSs()
    {
        var id = await CreateAsync("DenyModels");
        await CreateAsync("Other");

        await CallAsync("UpdatePolicy", $"{{'PolicyId':'{id}','Name':'Renamed'}}");

        var policy = (await CallAsync("DescribePolicy", $"{{'PolicyId':'{id}'}}"))["Policy"]!;
        Assert.Equal(("Renamed", DenyModels.Replace('\'', '"')), (policy["PolicySummary"]!["Name"]!.ToString(), policy["Content"]!.ToString()));
        Assert.Equal("DuplicatePolicyException", await RefusedAsync("UpdatePolicy", $"{{'PolicyId':'{id}','Name':'Other'}}"));
        Assert.Equal("InvalidInputException", await RefusedAsync("DeletePolicy", "{'PolicyId':'p-FullAWSAccess'}"));
        await CallAsync("DeletePolicy", $"{{'PolicyId':'{id}'}}");
        Assert.Equal(["p-00000002", "p-FullAWSAccess"], Ids(await CallAsync("ListPolicies", "{'Filter':'SERVICE_CONTROL_POLICY'}"), "Policies"));
    }

    [Fact]
    public async Task Only_the_management_account_changes_policies_and_other_types_are_not_here()
    {
        Assert.Equal("AccessDeniedException", await RefusedAsync("CreatePolicy", Creation("Mine", DenyModels), Member));
        Assert.Equal("AccessDeniedException", await RefusedAsync("ListPolicies", "{'Filter':'SERVICE_CONTROL_POLICY'}", Member));
        Assert.Equal("PolicyTypeNotAvailableForOrganizationException", await RefusedAsync("ListPolicies", "{'Filter':'TAG_POLICY'}"));
    }

    private static string Creation(string name, string content) => new JsonObject
    {
        ["Name"] = name,
        ["Description"] = "",
        ["Type"] = "SERVICE_CONTROL_POLICY",
        ["Content"] = content.Replace('\'', '"'),
    }.ToJsonString();

    private static string Attachment(string policy, string target) => $"{{'PolicyId':'{policy}','TargetId':'{target}'}}";

    private static string OfTarget(string target) => $"{{'TargetId':'{target}','Filter':'SERVICE_CONTROL_POLICY'}}";

    private async Task<string> CreateAsync(string name) =>
        (await CallAsync("CreatePolicy", Creation(name, DenyModels)))["Policy"]!["PolicySummary"]!["Id"]!.ToString();

    private Task<JsonObject> AttachAsync(string policy, string target) => CallAsync("AttachPolicy", Attachment(policy, target));

    private Task<JsonObject> OfTargetAsync(string target) => CallAsync("ListPoliciesForTarget", OfTarget(target));
}
