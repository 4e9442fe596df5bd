using BudgetSync.Aws.Faults;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.Metering;

/// <summary>A stack that goes gives back what can be given back, whatever IAM refuses of one principal.</summary>
public sealed class GivenBackTests
{
    private const string Account = MeteredWorld.Account;
    private const string Key = "BedrockAPIKey-ab12";
    private const string Trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}""";
    private const string Nothing = """{"Version":"2012-10-17","Statement":[]}""";
    private const string Armed = """{"Default":{"Limit":1,"Window":"30d","Warn":70,"Critical":90,"Grace":"5m","Mode":"ARMED","Shared":true}}""";

    /// <summary>IAM takes no status of a key that has expired (IAM API reference, UpdateServiceSpecificCredential), and it calls nothing any more.</summary>
    [Fact]
    public async Task A_key_that_expired_while_it_was_Inactive_keeps_nobody_from_being_given_back()
    {
        await using var world = await SuspendedAsync(expires: TimeSpan.FromDays(1));
        Assert.Equal("Inactive", Status(world));
        world.Clock.Advance(TimeSpan.FromDays(2));

        await world.Budgets().ReleaseAsync(default);

        Assert.Equal("Expired", Status(world));
        Assert.Empty(world.Cloud.Iam.FindUser(Account, Key)!.ManagedPolicyArns);
        Assert.Empty(world.Cloud.Iam.FindRole(Account, "DataScience")!.Definition.ManagedPolicyArns);
    }

    /// <summary>Where IAM cannot be asked of one, and where it refuses one.</summary>
    [Theory]
    [InlineData("ListServiceSpecificCredentials", "BedrockAPIKey-ab12")]
    [InlineData("UpdateServiceSpecificCredential", "BedrockAPIKey-ab12")]
    [InlineData("DetachUserPolicy", "BedrockAPIKey-ab12")]
    [InlineData("DetachRolePolicy", "role/DataScience")]
    public async Task Whom_IAM_refuses_is_named_and_keeps_no_other_from_being_given_back(string operation, string named)
    {
        await using var world = await SuspendedAsync();
        world.Cloud.Faults.OnCalls(call => call.Operation == operation
            ? new Fault.Refusal(new AwsException("AccessDenied", "a service control policy says no", 403))
            : null);

        var left = await Assert.ThrowsAsync<AwsFaultException>(() => world.Budgets().ReleaseAsync(default));

        Assert.Contains(named, left.Message, StringComparison.Ordinal);
        Assert.EndsWith("; delete the stack again", left.Fault.Message, StringComparison.Ordinal);
        Assert.Equal(operation == "DetachRolePolicy", world.Cloud.Iam.FindRole(Account, "DataScience")!.Definition.ManagedPolicyArns.Any());
        Assert.Equal(operation == "DetachUserPolicy", world.Cloud.Iam.FindUser(Account, Key)!.ManagedPolicyArns.Any());
        Assert.Equal(operation.EndsWith("Policy", StringComparison.Ordinal) ? "Active" : "Inactive", Status(world));
        world.Cloud.Faults.Reset();
        await world.Budgets().ReleaseAsync(default);
        Assert.Equal("Active", Status(world));
    }

    /// <summary>Of the only API key that there is.</summary>
    private static string Status(MeteredWorld world) => Enumerable.Range(0, 1000)
        .Select(number => world.Cloud.Iam.FindCredential(Account, $"ACCA{number:D17}")).OfType<ServiceCredential>().Single().Status;

    /// <summary>A key and a role, both suspended.</summary>
    private static async Task<MeteredWorld> SuspendedAsync(TimeSpan? expires = null)
    {
        var world = await MeteredWorld.CreateAsync();
        world.Cloud.Iam.PutRole(Account, new RoleDefinition("DataScience", PolicyDocument.Parse(Trust)));
        var user = world.Cloud.Iam.PutUser(Account, Key, PolicyDocument.Parse(Nothing));
        world.Cloud.Iam.CreateCredential(user, expires: world.Clock.GetUtcNow() + expires);
        await world.AskAsync(Armed);
        await world.SpendAsync("DataScience", 2);
        await world.SpendAsync(Key, 2);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(("Suspended", "Suspended"), (await world.StateAsync(Key), await world.StateAsync("role/DataScience")));
        return world;
    }
}
