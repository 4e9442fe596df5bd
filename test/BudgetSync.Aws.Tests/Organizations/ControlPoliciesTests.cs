using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Organizations;
using BudgetSync.Core;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Organizations;

namespace BudgetSync.Aws.Tests.Organizations;

public sealed class ControlPoliciesTests : IAsyncDisposable
{
    private const string Management = World.Management;
    private static readonly AccountId Hub = AccountId.Parse("777777777777");
    private static readonly AccountId Alpha = AccountId.Parse(World.Alpha);
    private static readonly AccountId Beta = AccountId.Parse(World.Beta);

    private readonly ImmediateClock clock = new(World.Start);
    private readonly LocalCloud cloud;
    private readonly AwsClients clients;

    public ControlPoliciesTests()
    {
        cloud = new LocalCloud(new LocalCloudOptions { Time = clock, Organizations = new OrganizationsOptions { PoliciesPerTarget = 2 } });
        clients = new AwsClients(
            new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = Management, ["AWS_SECRET_ACCESS_KEY"] = "x" }, cloud.CreateHandler());
        cloud.Organizations.AddAccount(World.Alpha, "alpha");
        cloud.Organizations.AddAccount(World.Beta, "beta");
        cloud.Organizations.EnableServiceControlPolicies();
    }

    public async ValueTask DisposeAsync()
    {
        clients.Dispose();
        await cloud.DisposeAsync();
    }

    [Fact]
    public async Task What_is_asked_for_is_attached_and_what_is_not_is_detached()
    {
        var control = await CreateAsync();

        var first = await control.EnforceAsync([Ask(Alpha, RestrictionKind.DENY_NEW)], CancellationToken.None);

        var inForce = Assert.Single(first.Reported[Alpha]);
        Assert.Equal((RestrictionOutcome.InForce, 1), (inForce.State, inForce.Did.Length));
        Assert.False(MayRun(World.Alpha));
        Assert.True(MayRun(World.Beta));

        var second = await control.EnforceAsync([Ask(Beta, RestrictionKind.DENY_NEW)], CancellationToken.None);

        Assert.DoesNotContain(Alpha, second.Reported.Keys);
        Assert.True(MayRun(World.Alpha));
        Assert.False(MayRun(World.Beta));
        var third = await control.EnforceAsync([Ask(Beta, RestrictionKind.DENY_NEW)], CancellationToken.None);
        Assert.True(Assert.Single(third.Reported[Beta]) is { State: RestrictionOutcome.InForce, Did.IsEmpty: true });
        Assert.Single(third.Reported);
    }

    [Fact]
    public async Task What_people_detach_is_attached_again_and_what_they_attach_to_a_unit_is_left()
    {
        var control = await CreateAsync();
        await control.EnforceAsync([Ask(Alpha, RestrictionKind.DENY_NEW)], CancellationToken.None);
        await CallAsync("DetachPolicy", new JsonObject { ["PolicyId"] = "p-00000001", ["TargetId"] = World.Alpha });
        var unit = cloud.Organizations.AddOrganizationalUnit(OrganizationsService.RootId, "Theirs");
        await CallAsync("AttachPolicy", new JsonObject { ["PolicyId"] = "p-00000002", ["TargetId"] = unit });

        await control.EnforceAsync([Ask(Alpha, RestrictionKind.DENY_NEW)], CancellationToken.None);

        Assert.False(MayRun(World.Alpha));
        Assert.Equal(1, Listed(await CallAsync("ListTargetsForPolicy", new JsonObject { ["PolicyId"] = "p-00000002" })));
    }

    [Fact]
    public async Task The_management_account_is_never_restricted_and_a_kind_without_a_policy_is_refused()
    {
        var control = await CreateAsync();

        var reported = await control.EnforceAsync(
            [Ask(AccountId.Parse(Management), RestrictionKind.QUARANTINE), Ask(Hub, RestrictionKind.QUARANTINE), Ask(Alpha, RestrictionKind.DENY_APIS)],
            CancellationToken.None);

        Assert.Contains("management account", Assert.Single(reported.Reported[AccountId.Parse(Management)]).Reasons[0], StringComparison.Ordinal);
        Assert.Contains("the account that BudgetSync runs in", Assert.Single(reported.Reported[Hub]).Reasons[0], StringComparison.Ordinal);
        Assert.Contains("no policy of the organization for DENY_APIS", Assert.Single(reported.Reported[Alpha]).Reasons[0], StringComparison.Ordinal);
        Assert.DoesNotContain(cloud.Calls.Calls, call => call.Call.Operation == "AttachPolicy");
    }

    [Fact]
    public async Task A_full_account_is_told_in_words_and_the_next_one_is_bound()
    {
        var control = await CreateAsync();
        await CallAsync("AttachPolicy", new JsonObject { ["PolicyId"] = "p-00000003", ["TargetId"] = World.Alpha });

        var reported = await control.EnforceAsync(
            [Ask(Alpha, RestrictionKind.DENY_NEW), Ask(Beta, RestrictionKind.DENY_NEW)], CancellationToken.None);

        var failed = Assert.Single(reported.Reported[Alpha]);
        Assert.Equal(RestrictionOutcome.Failed, failed.State);
        Assert.Contains("10 or, where the quota is old, 5; detach one of them", failed.Reasons[0], StringComparison.Ordinal);
        Assert.False(MayRun(World.Beta));
    }

    [Fact]
    public async Task Where_the_type_is_not_enabled_it_is_said_how_to_enable_it()
    {
        cloud.Faults.OnCalls(call => call.Operation == "AttachPolicy" ? new Fault.Refusal(new AwsException("PolicyTypeNotEnabledException", "off")) : null);
        var control = await CreateAsync();

        var reported = await control.EnforceAsync([Ask(Alpha, RestrictionKind.DENY_NEW)], CancellationToken.None);

        Assert.Contains("enable them in AWS Organizations", Assert.Single(reported.Reported[Alpha]).Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_could_not_be_freed_is_not_said_to_be_free()
    {
        var control = await CreateAsync();
        await control.EnforceAsync([Ask(Alpha, RestrictionKind.DENY_NEW)], CancellationToken.None);
        cloud.Faults.OnCalls(call => call.Operation == "DetachPolicy"
            ? new Fault.Refusal(new AwsException("ConcurrentModificationException", "busy"))
            : null);

        Assert.Equal([Alpha], (await control.EnforceAsync([], CancellationToken.None)).Unfinished);

        cloud.Faults.Reset();
        Assert.Empty((await control.EnforceAsync([], CancellationToken.None)).Unfinished);
        Assert.True(MayRun(World.Alpha));
    }

    [Fact]
    public async Task A_hundred_accounts_are_bound_at_Organizations_pace_without_a_refusal()
    {
        var control = await CreateAsync();
        var accounts = Enumerable.Range(0, 100).Select(number => $"5000000000{number:00}").ToList();
        foreach (var account in accounts) cloud.Organizations.AddAccount(account, account);
        var began = clock.GetUtcNow();

        var reported = await control.EnforceAsync(
            [.. accounts.Select(account => Ask(AccountId.Parse(account), RestrictionKind.DENY_NEW))], CancellationToken.None);

        Assert.Equal(100, reported.Reported.Count);
        Assert.All(cloud.Calls.Calls.Where(call => call.Call.Operation == "AttachPolicy"), call => Assert.Null(call.ErrorCode));
        Assert.InRange((clock.GetUtcNow() - began).TotalSeconds, 45, 60);
    }

    /// <summary>CloudFormation is told that it failed, and whoever deletes the stack again goes on from there.</summary>
    [Fact]
    public async Task What_there_was_no_time_to_free_is_named_and_is_freed_by_the_next_try()
    {
        var control = await CreateAsync();
        await control.EnforceAsync([Ask(Alpha, RestrictionKind.DENY_NEW), Ask(Beta, RestrictionKind.DENY_NEW)], CancellationToken.None);

        var left = await control.ReleaseAsync(["p-00000001"], new Deadline(clock, TimeSpan.Zero), CancellationToken.None);

        Assert.Equal((0, 2, false), (left.Freed, left.OutOfTime, left.IsComplete));
        Assert.Equal(
            "0 attachments of the organization's policies were taken away. 2 are left because the time of one run was up (AWS Organizations takes two a "
                + "second): delete the stack again, and it goes on with them.",
            left.Text("Delete"));
        Assert.Contains("): deploy again, and it", left.Text("Update"), StringComparison.Ordinal);
        Assert.False(MayRun(World.Alpha) || MayRun(World.Beta));

        var rest = await control.ReleaseAsync(["p-00000001"], new Deadline(clock, TimeSpan.FromMinutes(5)), CancellationToken.None);
        Assert.Equal((2, true), (rest.Freed, rest.IsComplete));
        Assert.True(MayRun(World.Alpha) && MayRun(World.Beta));
    }

    [Fact]
    public async Task What_AWS_Organizations_refuses_to_free_is_named_with_its_reason()
    {
        var control = await CreateAsync();
        await control.EnforceAsync([Ask(Alpha, RestrictionKind.DENY_NEW), Ask(Beta, RestrictionKind.DENY_NEW)], CancellationToken.None);
        cloud.Faults.OnCalls(call => call.Operation == "DetachPolicy" && call.Input["TargetId"]!.ToString() == World.Beta
            ? new Fault.Refusal(new AwsException("PolicyChangesInProgressException", "Changes are in progress."))
            : null);

        var left = await control.ReleaseAsync(["p-00000001"], new Deadline(clock, TimeSpan.FromMinutes(5)), CancellationToken.None);

        Assert.Equal((1, 0, false), (left.Freed, left.OutOfTime, left.IsComplete));
        Assert.StartsWith(
            "1 attachments of the organization's policies were taken away. 1 were refused: put that right and delete the stack again. "
                + $"p-00000001 of {World.Beta}: ",
            left.Text("Delete"),
            StringComparison.Ordinal);
    }

    private static DesiredControl Ask(AccountId account, RestrictionKind kind) => new(account, $"r-{kind}", kind);

    private static int Listed(JsonObject answer) => answer["Targets"]!.AsArray().Count;

    private async Task<ControlPolicies> CreateAsync()
    {
        foreach (var (name, action) in new[] { ("DenyNew", "ec2:RunInstances"), ("Quarantine", "*"), ("Theirs", "s3:*") })
        {
            var content = $$"""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"{{action}}","Resource":"*"} }""";
            await CallAsync(
                "CreatePolicy",
                new JsonObject { ["Name"] = name, ["Description"] = "", ["Type"] = "SERVICE_CONTROL_POLICY", ["Content"] = content });
        }

        var log = new JsonLog(null, clock);
        return new ControlPolicies(
            clients.Organizations,
            ImmutableDictionary<RestrictionKind, string>.Empty.Add(RestrictionKind.DENY_NEW, "p-00000001").Add(RestrictionKind.QUARANTINE, "p-00000002"),
            AccountId.Parse(Management),
            Hub,
            new AwsCaller(clock, new Random(1), log),
            log,
            clock);
    }

    private Task<JsonObject> CallAsync(string operation, JsonObject input)
    {
        clock.Advance(TimeSpan.FromSeconds(2));
        return cloud.Gateway.InvokeAsync(
            cloud.Organizations, new AwsCall("organizations", operation, Caller.Root(Management), "us-east-1", input), CancellationToken.None);
    }

    private bool MayRun(string account) =>
        cloud.Iam.IsAllowed(Caller.Root(account), new IamRequest("ec2:RunInstances", $"arn:aws:ec2:us-east-1:{account}:instance/*"));
}
