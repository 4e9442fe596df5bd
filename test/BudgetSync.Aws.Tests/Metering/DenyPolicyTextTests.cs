using System.Text.Json.Nodes;
using Amazon.IdentityManagement.Model;
using BudgetSync.Aws.Metering;
using BudgetSync.LocalAws.Iam;

namespace BudgetSync.Aws.Tests.Metering;

/// <summary>Nobody is called suspended whom the policies of the stack do not bind: somebody emptied them, or they exempt him.</summary>
public sealed class DenyPolicyTextTests
{
    private const string Account = MeteredWorld.Account;
    private const string Role = "role/DataScience";
    private const string Trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}""";
    private const string Armed = """{"Default":{"Limit":1,"Window":"DAILY","Warn":70,"Critical":90,"Grace":"5m","Mode":"ARMED","Shared":true}}""";

    /// <summary>Attached as ever, and without effect.</summary>
    [Fact]
    public async Task A_policy_that_somebody_emptied_suspends_nobody_until_its_text_is_back()
    {
        await using var world = await MeteredWorld.CreateAsync();
        world.Cloud.Iam.PutRole(Account, new RoleDefinition("DataScience", PolicyDocument.Parse(Trust)));
        await world.AskAsync(Armed);
        await world.SpendAsync("DataScience", 2);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("Suspended", await world.StateAsync(Role));

        await VersionAsync(world, MeteredWorld.SuspensionText.Replace("bedrock:InvokeModel", "bedrock:TagResource", StringComparison.Ordinal));
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("Grace", await world.StateAsync(Role));
        Assert.Contains("is not as the stack made it", await world.DetailAsync(Role), StringComparison.Ordinal);

        await VersionAsync(world, MeteredWorld.SuspensionText);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("Suspended", await world.StateAsync(Role));
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Empty(world.Cloud.Iam.FindRole(Account, "DataScience")!.Definition.ManagedPolicyArns);
    }

    [Theory]
    [InlineData("arn:*:iam::*:role/DataScience", "/")]
    [InlineData("arn:*:iam::*:role/Data*", "/")]
    [InlineData("arn:*:iam::*:role/breakglass/*", "/breakglass/")]
    [InlineData("arn:*:iam::*:role/stacksets-exec-*", "/stacksets-exec-x/")]
    [InlineData("arn:*:iam::*:role/*Science", "/team/")]
    public async Task A_role_that_the_policy_exempts_is_never_called_suspended(string arn, string path)
    {
        var text = new JsonObject
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JsonObject
            {
                ["Effect"] = "Deny",
                ["Action"] = "bedrock:InvokeModel",
                ["Resource"] = "*",
                ["Condition"] = new JsonObject { ["ArnNotLike"] = new JsonObject { ["aws:PrincipalARN"] = new JsonArray("arn:*:iam::*:role/Other", arn) } },
            },
        }.ToJsonString();
        await using var world = await MeteredWorld.CreateAsync(text);
        world.Cloud.Iam.PutRole(Account, new RoleDefinition("DataScience", PolicyDocument.Parse(Trust)) { Path = path });
        world.Cloud.Iam.PutRole(Account, new RoleDefinition("Analyst", PolicyDocument.Parse(Trust)));
        await world.AskAsync(Armed);
        await world.SpendAsync("DataScience", 2);
        await world.SpendAsync("Analyst", 2);
        await world.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(("Exceeded", "Suspended"), (await world.StateAsync(Role), await world.StateAsync("role/Analyst")));
        var report = (await world.Budgets().SettleAsync(default))!.Value.Report;
        Assert.Contains("exempts it", report.Lines.Single(line => line.Subject.Key == Role).Unattachable, StringComparison.Ordinal);
    }

    /// <summary>The condition is about the whole ARN: what has the name and another path is bound, and suspended.</summary>
    [Theory]
    [InlineData("arn:*:iam::*:role/DataScience")]
    [InlineData("arn:*:iam::*:role/Data*")]
    public async Task A_role_of_another_path_that_only_its_name_would_exempt_is_suspended(string arn)
    {
        var condition = new JsonObject { ["ArnNotLike"] = new JsonObject { ["aws:PrincipalARN"] = new JsonArray(arn) } };
        var text = new JsonObject
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JsonObject { ["Effect"] = "Deny", ["Action"] = "bedrock:InvokeModel", ["Resource"] = "*", ["Condition"] = condition },
        }.ToJsonString();
        await using var world = await MeteredWorld.CreateAsync(text);
        world.Cloud.Iam.PutRole(Account, new RoleDefinition("DataScience", PolicyDocument.Parse(Trust)) { Path = "/team/" });
        await world.AskAsync(Armed);
        await world.SpendAsync("DataScience", 2);
        await world.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal("Suspended", await world.StateAsync(Role));
        Assert.False(world.May("DataScience", "session"));
    }

    private static Task<CreatePolicyVersionResponse> VersionAsync(MeteredWorld world, string text)
    {
        var arn = $"arn:aws:iam::{Account}:policy/BudgetSync/{ModelSuspension.Policy}";
        return world.Identities.CreatePolicyVersionAsync(
            new CreatePolicyVersionRequest { PolicyArn = arn, PolicyDocument = text, SetAsDefault = true });
    }
}
