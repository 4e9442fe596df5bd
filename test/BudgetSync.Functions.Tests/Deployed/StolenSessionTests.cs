using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>What a thief can do with a session of ours: what BudgetSync does with it, and nothing else. Every operation of the cloud is tried.</summary>
public sealed class StolenSessionTests
{
    private const string Management = DeployedOrganization.Management;
    private const string Spoke = DeployedOrganization.Spoke;
    private const string NoStream = $"arn:aws:dynamodb:us-east-1:{Spoke}:table/Payroll/stream/2026-01-01T00:00:00.000";

    [Fact]
    public async Task Propagates_session_reaches_only_its_own_tables_stream_queue_the_organization_and_the_spoke_role()
    {
        await using var organization = await DeployedAsync();
        var thief = Session(organization, Management, "BudgetSync-Propagate");
        var stream = organization.Cloud.Lambda.EventSourceMappings(Management).Single().Mapping.StreamArn;
        var position = await PositionAsync(organization);

        Same(
            [
                "dynamodb:BatchGetItem",
                "dynamodb:GetItem",
                "dynamodb:Scan",
                .. Always,
                .. Organization,
                "dynamodb:DescribeStream",
                "dynamodb:GetRecords",
                "dynamodb:GetShardIterator",
                "dynamodb:ListStreams"
            ],
            await new Attempt(
                organization,
                thief,
                RequestMembers.Of("BudgetSync-Budgets", "nobody", stream, position, Role(Spoke, "BudgetSync-Apply"))).EverythingAsync());
        Same(
            [
                "dynamodb:BatchGetItem",
                "dynamodb:DeleteItem",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:TransactWriteItems",
                "dynamodb:GetRecords",
                .. Always,
                .. Organization,
                "sqs:SendMessage",
                "sqs:SendMessageBatch",
                "dynamodb:ListStreams",
                "sts:AssumeRole"
            ],
            await new Attempt(
                organization,
                thief,
                RequestMembers.Of(
                    "BudgetSync-Status",
                    "BudgetSync-Propagate-DeadLetters",
                    stream + "x",
                    position,
                    Role(Spoke, "BudgetSyncSpokeRole"))).EverythingAsync());
        Same(
            [.. Always, .. Organization, "dynamodb:GetRecords", "dynamodb:ListStreams"],
            await new Attempt(
                organization,
                thief,
                RequestMembers.Of("Payroll", "BudgetSync-Events-DeadLetters", stream + "x", position, Role(Spoke, "Admin"))).EverythingAsync());
    }

    [Fact]
    public async Task A_session_in_a_spoke_reaches_only_the_one_parameter()
    {
        await using var organization = await DeployedAsync();
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":7}""");
        var position = await PositionAsync(organization);
        var thief = Session(organization, Spoke, "BudgetSyncSpokeRole");

        Same(
            // What it has deleted by then is not found.
            [.. Always, "ssm:DeleteParameter", "ssm:GetParameter ParameterNotFound: Parameter /BudgetSync/Budgets not found.", "ssm:PutParameter"],
            await new Attempt(
                organization,
                thief,
                RequestMembers.Of("Payroll", "queue", NoStream, position, Role(Spoke, "BudgetSync-Apply"), "/BudgetSync/Budgets")).EverythingAsync());
        Same(
            Always,
            await new Attempt(
                organization,
                thief,
                RequestMembers.Of("Payroll", "queue", NoStream, position, Role(Spoke, "BudgetSync-Apply"), "/BudgetSync/BudgetsToo")).EverythingAsync());
    }

    [Fact]
    public async Task The_spoke_role_is_assumed_by_Propagate_and_Reconcile_with_the_right_external_id_and_by_nobody_else()
    {
        await using var organization = await DeployedAsync();
        organization.Cloud.Organizations.AddAccount("222222222222", "neighbour", organization.UncoveredUnit);

        foreach (var ours in new[] { "BudgetSync-Propagate", "BudgetSync-Reconcile" })
        {
            Assert.True(await MayAssumeAsync(organization, Session(organization, Management, ours), "BudgetSync"));
            Assert.False(await MayAssumeAsync(organization, Session(organization, Management, ours), "Budgetsync"));
            Assert.False(await MayAssumeAsync(organization, Session(organization, Management, ours), null));
        }

        Assert.False(await MayAssumeAsync(organization, Session(organization, Management, "BudgetSync-Collect"), "BudgetSync"));
        Assert.False(await MayAssumeAsync(organization, Session(organization, Spoke, "BudgetSync-Apply"), "BudgetSync"));
        Assert.False(await MayAssumeAsync(organization, Caller.Root(Management), "BudgetSync"));
        Assert.False(await MayAssumeAsync(organization, Caller.Root("222222222222"), "BudgetSync"));

        // A role of the same name in another account, and our own account once it belongs to another organization.
        organization.Cloud.Iam.PutRole("222222222222", organization.Cloud.Iam.FindRole(Management, "BudgetSync-Propagate")!.Definition);
        Assert.False(await MayAssumeAsync(organization, Session(organization, "222222222222", "BudgetSync-Propagate"), "BudgetSync"));
        organization.Cloud.Iam.OrganizationOf = account => account == Management ? "o-other00000" : organization.Cloud.Options.OrganizationId;
        Assert.False(await MayAssumeAsync(organization, Session(organization, Management, "BudgetSync-Propagate"), "BudgetSync"));
    }

    [Fact]
    public async Task Propagates_role_enters_no_spoke_of_another_organization()
    {
        await using var organization = await DeployedAsync();
        organization.Cloud.Iam.OrganizationOf = account => account == Spoke ? "o-other00000" : organization.Cloud.Options.OrganizationId;

        Assert.False(await MayAssumeAsync(organization, Session(organization, Management, "BudgetSync-Propagate"), "BudgetSync"));
    }

    private static void Same(IEnumerable<string> expected, IReadOnlyList<string> passed) =>
        Assert.True(
            expected.Order(StringComparer.Ordinal).SequenceEqual(passed),
            $"Passed though it should not: {string.Join("; ", passed.Except(expected))}. Denied though it is ours: "
                + $"{string.Join("; ", expected.Except(passed))}");

    /// <summary>Needs no permission, in AWS neither.</summary>
    private static string[] Always => ["sts:GetCallerIdentity"];

    private static string[] Organization =>
        ["organizations:ListAccountsForParent", "organizations:ListOrganizationalUnitsForParent", "organizations:ListParents", "organizations:ListRoots"];

    private static async Task<DeployedOrganization> DeployedAsync()
    {
        var organization = new DeployedOrganization(Templates.AsCommitted);
        await organization.DeployAsync();
        return organization;
    }

    private static Caller Session(DeployedOrganization organization, string account, string roleName)
    {
        var role = organization.Cloud.Iam.FindRole(account, roleName) ?? throw new InvalidOperationException($"{account} has no role {roleName}.");
        return new Caller(account, role.Arn, $"arn:aws:sts::{account}:assumed-role/{roleName}/stolen");
    }

    private static async Task<bool> MayAssumeAsync(DeployedOrganization organization, Caller caller, string? externalId)
    {
        var input = new JsonObject { ["RoleArn"] = Role(Spoke, "BudgetSyncSpokeRole"), ["RoleSessionName"] = "stolen" };
        if (externalId is not null) input["ExternalId"] = externalId;
        try
        {
            await organization.CallAsync(organization.Cloud.Sts, caller, "AssumeRole", input);
            return true;
        }
        catch (AwsException refused) when (refused.Code == "AccessDenied")
        {
            return false;
        }
    }

    /// <summary>Where one stands in the edits' stream: an iterator is of that stream, whatever else is asked for.</summary>
    private static async Task<(string Shard, string Iterator)> PositionAsync(DeployedOrganization organization)
    {
        var stream = organization.Cloud.Lambda.EventSourceMappings(Management).Single().Mapping.StreamArn;
        var streams = organization.Cloud.Gateway.Services.Single(service => service.Find("GetShardIterator") is not null);
        var shard =
            (await organization.CallAsync(streams, Management, "DescribeStream", new JsonObject { ["StreamArn"] = stream }))["StreamDescription"]!["Shards"]![
                0]![
                "ShardId"]!.ToString();
        var input = new JsonObject { ["StreamArn"] = stream, ["ShardId"] = shard, ["ShardIteratorType"] = "TRIM_HORIZON" };
        return (shard, (await organization.CallAsync(streams, Management, "GetShardIterator", input))["ShardIterator"]!.ToString());
    }

    private static string Role(string account, string name) => $"arn:aws:iam::{account}:role/{name}";
}
