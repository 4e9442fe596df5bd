using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using BudgetSync.LocalAws.Bedrock;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>A spoke that counts what models cost, deployed and used: what its tests share.</summary>
internal static class MeteringSpoke
{
    public const string Model = "amazon.nova-pro-v1:0";
    public const string OwnGroup = "/BudgetSync/ModelInvocations";
    public const string ForeignGroup = "/team/bedrock";
    private const string Spoke = DeployedOrganization.Spoke;

    public static string Row(int limit) => $$"""
        {"AccountId":"{{Spoke}}","BudgetValue":100,
         "Ai":{"Default":{"Limit":{{limit}},"Window":"DAILY","Grace":"0m","Mode":"ARMED","Shared":true} } }
        """;

    public static async Task<DeployedOrganization> BudgetedAsync(Templates? templates = null)
    {
        var organization = new DeployedOrganization(templates ?? Templates.WithAi);
        await DeployAsync(organization);
        await BudgetAsync(organization);
        return organization;
    }

    /// <summary>A role that may call models, and a row by which it may for a dollar a day.</summary>
    public static async Task BudgetAsync(DeployedOrganization organization)
    {
        var trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}""";
        var allow = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"bedrock:*","Resource":"*"}}""";
        var definition = new RoleDefinition("DataScience", PolicyDocument.Parse(trust));
        organization.Cloud.Iam.PutRole(Spoke, definition with { Inline = definition.Inline.Add("Models", PolicyDocument.Parse(allow)) });
        await organization.PutRowAsync(Row(limit: 1));
        await organization.PassAsync(TimeSpan.FromMinutes(1));
    }

    /// <summary>A million tokens in are $0.80.</summary>
    public static Task<string> InvokeAsRoleAsync(DeployedOrganization organization, long tokens, string? region = null)
    {
        var role = organization.Cloud.Iam.FindRole(Spoke, "DataScience")!;
        var session = new Caller(Spoke, role.Arn, $"arn:aws:sts::{Spoke}:assumed-role/DataScience/notebook");
        return organization.Cloud.Bedrock.InvokeAsync(new ModelCall(session, Model, tokens, 0) { Region = region });
    }

    public static async Task<string> StateAsync(DeployedOrganization organization, string subject = "role/DataScience")
    {
        using var clients = organization.As(Spoke);
        var key = new Dictionary<string, AttributeValue> { ["Part"] = new("S#"), ["Item"] = new(subject) };
        return (await clients.Dynamo.GetItemAsync("BudgetSync-Ai", key)).Item is { Count: > 0 } item ? item["State"].S : "";
    }

    public static async Task<DeployedOrganization> DeployedAsync()
    {
        var organization = new DeployedOrganization(Templates.WithAi);
        await DeployAsync(organization);
        return organization;
    }

    public static async Task DeployAsync(DeployedOrganization organization)
    {
        await organization.DeployTablesAsync();
        await organization.DeployManagementAsync();
        await organization.DeploySpokeAsync(Spoke);
        await organization.SettleAsync();
    }

    /// <summary>Throws the kill switch as a person does, or puts it back.</summary>
    public static Task<JsonObject> SwitchAsync(DeployedOrganization organization, string armed) => organization.CallAsync(
        organization.Cloud.Ssm, DeployedOrganization.Management, "PutParameter", new JsonObject
        {
            ["Name"] = "/BudgetSync/Armed",
            ["Value"] = armed,
            ["Type"] = "String",
            ["Overwrite"] = true,
        });

    public static async Task DeleteAsync(DeployedOrganization organization)
    {
        await organization.UntilDoneAsync(organization.Cloud.CloudFormation.DeleteAsync(Spoke, "BudgetSync-Spoke"));
        await organization.SettleAsync();
    }

    public static async Task<string> LogElsewhereAsync(DeployedOrganization organization, string region = "us-east-1")
    {
        await organization.CallAsync(
            organization.Cloud.Logs, Caller.Root(Spoke), "CreateLogGroup", new JsonObject { ["logGroupName"] = ForeignGroup }, region);
        var trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"bedrock.amazonaws.com"},"Action":"sts:AssumeRole"}}""";
        var write = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"logs:*","Resource":"*"}}""";
        var definition = new RoleDefinition("TeamLogs", PolicyDocument.Parse(trust));
        organization.Cloud.Iam.PutRole(Spoke, definition with { Inline = definition.Inline.Add("Write", PolicyDocument.Parse(write)) });
        var config = $$$"""
            {"cloudWatchConfig":{"logGroupName":"{{{ForeignGroup}}}","roleArn":"arn:aws:iam::{{{Spoke}}}:role/TeamLogs",
            "largeDataDeliveryS3Config":{"bucketName":"team-logs","keyPrefix":"large"}},"textDataDeliveryEnabled":true}
            """.ReplaceLineEndings("");
        await PutLoggingAsync(organization, config, region);
        return config;
    }

    public static Task<JsonObject> PutLoggingAsync(DeployedOrganization organization, string config, string region = "us-east-1") => organization.CallAsync(
        organization.Cloud.Bedrock,
        Caller.Root(Spoke),
        "PutModelInvocationLoggingConfiguration",
        new JsonObject { ["loggingConfig"] = JsonNode.Parse(config) },
        region);

    /// <summary>It costs $0.00112.</summary>
    public static Task<string> InvokeAsync(DeployedOrganization organization, string model = Model, string? region = null) =>
        organization.Cloud.Bedrock.InvokeAsync(new ModelCall(Caller.Root(Spoke), model, 1000, 100) { Region = region });

    public static async Task<(int Calls, decimal Cost)> SumAsync(DeployedOrganization organization)
    {
        using var clients = organization.As(Spoke);
        var items = (await clients.Dynamo.ScanAsync(new ScanRequest { TableName = "BudgetSync-Ai" })).Items;
        var days = items.Where(item => item["Part"].S.StartsWith("D#", StringComparison.Ordinal)).ToList();
        return ((int)days.Sum(day => Number(day, "Calls")), days.Sum(day => Number(day, "Cost")));
    }

    public static decimal Number(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value) ? decimal.Parse(value.N, CultureInfo.InvariantCulture) : 0;
}
