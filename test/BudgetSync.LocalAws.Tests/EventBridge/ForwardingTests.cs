using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Tests.Iam;
using BudgetSync.LocalAws.Tests.Lambda;

namespace BudgetSync.LocalAws.Tests.EventBridge;

public sealed class ForwardingTests : IAsyncDisposable
{
    private const string Third = "444455556666";
    private const string Pattern = """{"source":["test"]}""";
    private const string EventsTrust =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private readonly World world = new();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task An_event_forwarded_to_another_accounts_bus_keeps_its_account()
    {
        world.Function(World.Management, "Collect");
        ForwardToManagement(Policies.Allow("events:PutEvents"));
        world.RuleToFunction(World.Management, "BudgetSync", Pattern, "Collect");

        await world.PutEventAsync(World.Spoke, "default", "test");
        await world.SettleAsync();

        Assert.Equal(World.Spoke, world.Received["Collect"].Single()["account"]!.ToString());
    }

    [Fact]
    public async Task Forwarding_needs_the_roles_permission_and_the_other_buss_policy()
    {
        world.Function(World.Management, "Collect");
        world.RuleToFunction(World.Management, "default", Pattern, "Collect");
        ForwardToManagement();
        world.RuleToFunction(World.Management, "BudgetSync", Pattern, "Collect");
        await world.PutEventAsync(World.Spoke, "default", "test");
        await world.SettleAsync();
        Assert.Empty(world.Received["Collect"]);

        ForwardToManagement(Policies.Allow("events:PutEvents"));
        world.Cloud.EventBridge.PutBusPolicy(World.Management, "BudgetSync", null);
        await world.PutEventAsync(World.Spoke, "default", "test");
        await world.SettleAsync();
        Assert.Empty(world.Received["Collect"]);
    }

    [Fact]
    public async Task A_bus_open_to_its_organization_is_closed_to_an_account_outside()
    {
        world.Function(World.Management, "Collect");
        ForwardToManagement(Policies.Allow("events:PutEvents"));
        world.RuleToFunction(World.Management, "BudgetSync", Pattern, "Collect");
        world.Cloud.Iam.OrganizationOf = account => account == World.Spoke ? null : "o-local00000";

        await world.PutEventAsync(World.Spoke, "default", "test");
        await world.SettleAsync();

        Assert.Empty(world.Received["Collect"]);
    }

    [Fact]
    public async Task A_forwarded_event_is_not_forwarded_once_more()
    {
        world.Function(Third, "Final");
        ForwardToManagement(Policies.Allow("events:PutEvents"));
        var last = world.Cloud.EventBridge.PutBus(Third, "Last");
        world.Cloud.EventBridge.PutBusPolicy(
            Third,
            "Last",
            Policies.Document("""{"Effect":"Allow","Principal":"*","Action":"events:PutEvents","Resource":"*"}"""));
        var role = world.Cloud.Iam.PutRole(World.Management, Policies.Role("Onward", EventsTrust, [Policies.Allow("events:PutEvents")]));
        world.Cloud.EventBridge.PutRule(new Rule(World.Management, "BudgetSync", "onward")
        {
            Pattern = EventPattern.Parse(Pattern),
            Targets = [new RuleTarget("last", last) { RoleArn = role.Arn }],
        });
        world.RuleToFunction(Third, "Last", Pattern, "Final");

        await world.PutEventAsync(World.Spoke, "default", "test");
        await world.SettleAsync();
        Assert.Empty(world.Received["Final"]);

        await world.PutEventAsync(World.Management, "BudgetSync", "test");
        await world.SettleAsync();
        Assert.Single(world.Received["Final"]);
    }

    private void ForwardToManagement(params string[] permissions)
    {
        var bus = world.Cloud.EventBridge.PutBus(World.Management, "BudgetSync");
        world.Cloud.EventBridge.PutBusPolicy(World.Management, "BudgetSync", Policies.Document(
            $$"""{"Effect":"Allow","Principal":"*","Action":"events:PutEv"""
                + $$"""ents","Resource":"{{bus}}","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-local00000"} } }"""));
        var role = world.Cloud.Iam.PutRole(World.Spoke, Policies.Role("Forward", EventsTrust, permissions));
        world.Cloud.EventBridge.PutRule(
            new Rule(
                World.Spoke,
                "default",
                "forward")
            { Pattern = EventPattern.Parse(Pattern), Targets = [new RuleTarget("bus", bus) { RoleArn = role.Arn }] });
    }
}
