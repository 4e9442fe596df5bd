using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Organizations;
using BudgetSync.Aws.Respond;
using BudgetSync.Aws.Tests.Notify;
using BudgetSync.Core;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Respond;

public sealed class OrganizationEnforcerTests
{
    private const string Id = "r-000000000001";

    private static readonly ResponseRule Quarantine = new(new ResponseTrigger.State(TriggerState.Shutdown), RestrictionKind.QUARANTINE);

    [Fact]
    public async Task What_the_status_asks_for_is_in_force_recorded_and_lifted_when_it_asks_no_more()
    {
        await using var told = await CreateAsync(new RestrictionState.InForce(Start));

        Assert.Equal([Alpha], (await EnforceAsync(told)).Select(account => account.Value));
        Assert.Empty(await EnforceAsync(told));

        Assert.False(MayRun(told));
        Assert.IsType<RestrictionState.InForce>(await StateAsync(told));
        Assert.Contains(await told.Ledger.EntriesAsync(Alpha, CancellationToken.None), entry => entry.Restriction == Id && entry.What == LedgerEntry.Done);

        await SetAsync(told, new RestrictionState.Revoked(Start, "the period ended"));
        await EnforceAsync(told);

        Assert.True(MayRun(told));
        Assert.IsType<RestrictionState.Lifted>(await StateAsync(told));
    }

    [Fact]
    public async Task A_restriction_that_only_waits_or_is_watched_restricts_nothing()
    {
        foreach (RestrictionState state in new RestrictionState[]
        {
            new RestrictionState.Watched(Start), new RestrictionState.Planned(Start), new RestrictionState.AwaitingApproval(Start.AddDays(1)),
        })
        {
            await using var told = await CreateAsync(state);

            await EnforceAsync(told);

            Assert.True(MayRun(told));
            Assert.Equal(state, await StateAsync(told));
        }
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_not_done()
    {
        await using var told = await CreateAsync(new RestrictionState.InForce(Start), new LedgerEntry(Start, Id, "InForce", "it begins"));
        told.World.Cloud.Faults.OnCalls(call => call.Operation == "PutItem" && call.Input["TableName"]!.ToString() == "BudgetSync-Ledger"
            ? new Fault.Refusal(new AwsException("InternalServerError", "down", 500))
            : null);

        await Assert.ThrowsAsync<AwsFaultException>(() => EnforceAsync(told));

        Assert.True(MayRun(told));
        Assert.DoesNotContain(told.World.Cloud.Calls.Calls, call => call.Call.Operation == "AttachPolicy");
    }

    [Fact]
    public async Task What_cannot_be_lifted_yet_stays_being_lifted()
    {
        await using var told = await CreateAsync(new RestrictionState.InForce(Start));
        await EnforceAsync(told);
        await SetAsync(told, new RestrictionState.Revoked(Start, "a person asked"));
        told.World.Cloud.Faults.OnCalls(call => call.Operation == "DetachPolicy"
            ? new Fault.Refusal(new AwsException("ConcurrentModificationException", "busy"))
            : null);

        await EnforceAsync(told);

        Assert.IsType<RestrictionState.Revoked>(await StateAsync(told));
        told.World.Cloud.Faults.Reset();
        await EnforceAsync(told);
        Assert.IsType<RestrictionState.Lifted>(await StateAsync(told));
    }

    /// <summary>An approval of this moment: written, and not in the ledger when the policies are compared.</summary>
    [Fact]
    public async Task What_begins_while_the_ledger_is_written_waits_for_its_own_entry()
    {
        await using var told = await CreateAsync(
            new RestrictionState.AwaitingApproval(Start.AddDays(1)), new LedgerEntry(Start, Id, "AwaitingApproval", "it waits"));
        var writes = 0;
        told.World.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation != "PutItem" || call.Input["TableName"]!.ToString() != "BudgetSync-Ledger") return null;
            if (Interlocked.Increment(ref writes) > 1) return new Fault.Refusal(new AwsException("InternalServerError", "down", 500));
            BeginAsync(told).GetAwaiter().GetResult();
            return null;
        });

        await Assert.ThrowsAsync<AwsFaultException>(() => EnforceAsync(told));

        Assert.DoesNotContain(told.World.Cloud.Calls.Calls, call => call.Call.Operation == "AttachPolicy");
        told.World.Cloud.Faults.Reset();
        await EnforceAsync(told);
        Assert.False(MayRun(told));
    }

    [Fact]
    public async Task The_kill_switch_keeps_what_was_decided_from_beginning_and_lifts_nothing()
    {
        await using var told = await CreateAsync(new RestrictionState.InForce(Start));
        await Armed(told.World).SetAsync(armed: false, CancellationToken.None);
        await EnforceAsync(told);
        Assert.True(MayRun(told));

        await Armed(told.World).SetAsync(armed: true, CancellationToken.None);
        await EnforceAsync(told);
        Assert.False(MayRun(told));

        await Armed(told.World).SetAsync(armed: false, CancellationToken.None);
        await EnforceAsync(told);
        Assert.False(MayRun(told));
    }

    private static async Task BeginAsync(NotifyWorld told) => await told.World.Status.StepAsync(
        Alpha,
        row => row! with
        {
            Restrictions = [row.Restrictions[0] with { State = new RestrictionState.InForce(Start), ApprovedBy = "jane" }],
            Unrecorded = [.. row.Unrecorded, new LedgerEntry(Start.AddSeconds(1), Id, "InForce", "it begins")],
            ItemVersion = row.ItemVersion + 1,
        },
        CancellationToken.None);

    private static async Task<NotifyWorld> CreateAsync(RestrictionState state, params LedgerEntry[] unrecorded)
    {
        var told = await NotifyWorld.CreateAsync();
        var cloud = told.World.Cloud;
        cloud.Organizations.EnableServiceControlPolicies();
        var input = new JsonObject
        {
            ["Name"] = "BudgetSync-Quarantine",
            ["Description"] = "",
            ["Type"] = "SERVICE_CONTROL_POLICY",
            ["Content"] = """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}""",
        };
        await cloud.Gateway.InvokeAsync(
            cloud.Organizations, new AwsCall("organizations", "CreatePolicy", Caller.Root(Management), "us-east-1", input), CancellationToken.None);
        var row = new StatusRow { Key = Alpha, State = AccountState.Applied, FirstSeenAt = Start, Reasons = ImmutableArray<string>.Empty };
        await told.World.Status.StepAsync(
            Alpha,
            _ => row with { Restrictions = [new Restriction(Id, "SpokeAccountBudget", Quarantine, state)], Unrecorded = [.. unrecorded] },
            CancellationToken.None);
        return told;
    }

    private static async Task SetAsync(NotifyWorld told, RestrictionState state) => await told.World.Status.StepAsync(
        Alpha,
        row => row! with { Restrictions = [.. row.Restrictions.Select(restriction => restriction with { State = state })] },
        CancellationToken.None);

    private static async Task<RestrictionState> StateAsync(NotifyWorld told) => Assert.Single((await told.World.StatusAsync(Alpha)).Restrictions).State;

    private static Task<IReadOnlyList<AccountId>> EnforceAsync(NotifyWorld told)
    {
        var world = told.World;
        var policies = new ControlPolicies(
            world.As(Management).Organizations,
            ImmutableDictionary<RestrictionKind, string>.Empty.Add(RestrictionKind.QUARANTINE, "p-00000001"),
            AccountId.Parse(Management),
            AccountId.Parse(Management),
            world.Caller,
            world.Log,
            world.Clock);
        return new OrganizationEnforcer(world.Status, told.Ledger, Armed(world), policies, world.Log, world.Clock).EnforceAsync(CancellationToken.None);
    }

    private static ArmedSwitch Armed(World world) => new(world.As(Management).OwnSystems, world.Caller);

    private static bool MayRun(NotifyWorld told) =>
        told.World.Cloud.Iam.IsAllowed(Caller.Root(Alpha), new IamRequest("ec2:RunInstances", $"arn:aws:ec2:us-east-1:{Alpha}:instance/*"));
}
