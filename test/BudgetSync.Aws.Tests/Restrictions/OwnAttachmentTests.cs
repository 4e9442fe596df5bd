using BudgetSync.Aws.Apply;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.Restrictions.DeniedAccount;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Restrictions;

/// <summary>IAM does not say who attached a policy: Apply takes away what it has written down itself, and what a person attached stays.</summary>
public sealed class OwnAttachmentTests
{
    [Fact]
    public async Task What_a_person_attached_stays_where_nothing_was_ever_restricted()
    {
        await using var world = await CreateAsync();
        await RestrictAsync(world);
        await AttachAsync(world, "worker");

        await ApplyAsync(world);
        await ApplyAsync(world);

        Assert.True(HasDenyNew(world, "worker"));
    }

    [Fact]
    public async Task What_a_person_attached_before_a_restriction_stays_after_it_and_is_told()
    {
        await using var world = await CreateAsync();
        await RestrictAsync(world);
        await ApplyAsync(world);
        await AttachAsync(world, "worker");
        await RestrictAsync(world, DenyNew);

        var restricted = Assert.Single((await ApplyAsync(world)).Restrictions!.Value);

        const string told = "a person attached DenyNew to role/worker, so it stays attached there also when nothing asks for it; detach it there by hand";
        Assert.Equal((RestrictionOutcome.InForce, told), (restricted.State, Assert.Single(restricted.Reasons)));
        Assert.DoesNotContain(restricted.Holds, one => one.Resource.EndsWith("worker", StringComparison.Ordinal));

        await RestrictAsync(world);
        var lifted = Assert.Single((await ApplyAsync(world)).Restrictions!.Value);

        Assert.Equal((DenyNew.Id, RestrictionOutcome.Lifted, told), (lifted.Id, lifted.State, Assert.Single(lifted.Reasons)));
        Assert.Equal([new RestrictedResource($"arn:aws:iam::{Alpha}:role/developer", "with DenyNew") { IsGivenBack = true }], lifted.Did);
        Assert.Equal((false, true), (HasDenyNew(world, "developer"), HasDenyNew(world, "worker")));
    }

    /// <summary>One whom the restriction does not mean, and one who came meanwhile.</summary>
    [Fact]
    public async Task What_a_person_attaches_while_a_restriction_is_in_force_stays_after_it()
    {
        await using var world = await AppliedAsync();
        Put(world, "newcomer");
        await AttachAsync(world, "newcomer");
        await AttachAsync(world, "Fire");
        await world.Look(Alpha, Given).LookAsync(new LookRequest("schedule", null), CancellationToken.None);

        await RestrictAsync(world);
        await ApplyAsync(world);

        Assert.Equal((true, true), (HasDenyNew(world, "newcomer"), HasDenyNew(world, "Fire")));
        Assert.Equal((false, false), (HasDenyNew(world, "developer"), HasDenyNew(world, "worker")));
    }

    /// <summary>Whoever detached ours and attaches it again, after a look or an apply has seen that, has attached it himself.</summary>
    [Fact]
    public async Task What_was_detached_by_hand_or_given_back_is_a_persons_when_it_is_attached_again()
    {
        await using var world = await AppliedAsync();
        await DetachAsync(world, "worker");
        world.Clock.Advance(TimeSpan.FromHours(1));
        await RestrictAsync(world);
        await ApplyAsync(world);

        await AttachAsync(world, "worker");
        await AttachAsync(world, "developer");
        await ApplyAsync(world);

        Assert.Equal((true, true), (HasDenyNew(world, "developer"), HasDenyNew(world, "worker")));
    }

    /// <summary>A role of the same name is another role.</summary>
    [Fact]
    public async Task A_role_that_was_made_anew_is_not_known_by_its_name()
    {
        await using var world = await AppliedAsync();
        world.Cloud.Iam.DeleteRole(Alpha, "worker");
        Put(world, "worker");
        await AttachAsync(world, "worker");

        await RestrictAsync(world);
        await ApplyAsync(world);

        Assert.Equal((false, true), (HasDenyNew(world, "developer"), HasDenyNew(world, "worker")));
    }

    /// <summary>A spoke of before the journal has attached, and left nothing written; so has one whose journal somebody deleted.</summary>
    [Fact]
    public async Task Without_a_journal_what_the_hub_asked_for_is_given_back_and_nothing_else()
    {
        await using var world = await CreateAsync();
        await RestrictAsync(world, DenyNew with { Except = new PrincipalNames(["worker"], []) });
        await AttachAsync(world, "developer");
        await AttachAsync(world, "worker");
        await RestrictAsync(world);

        await ApplyAsync(world);

        Assert.Equal((false, true), (HasDenyNew(world, "developer"), HasDenyNew(world, "worker")));
        // From now on there is one.
        await AttachAsync(world, "developer");
        await ApplyAsync(world);
        Assert.True(HasDenyNew(world, "developer"));
    }

    [Fact]
    public async Task A_journal_that_somebody_deleted_or_wrote_over_keeps_nobody_bound()
    {
        await using var world = await AppliedAsync();
        await world.As(Alpha).OwnSystems.DeleteParameterAsync(new() { Name = DenyJournal.ParameterName });
        foreach (var text in new[] { "nothing", "2027-01-01T00:00:00.0000000Z 1/1" })
            await world.As(Alpha).OwnSystems.PutParameterAsync(
                new() { Name = DenyJournal.ParameterName, Value = text, Type = "String", Overwrite = true });
        await ApplyAsync(world);

        await RestrictAsync(world);
        await ApplyAsync(world);

        Assert.Equal((false, false), (HasDenyNew(world, "developer"), HasDenyNew(world, "worker")));
    }

    [Theory]
    [InlineData("AttachRolePolicy")]
    [InlineData("DetachRolePolicy")]
    public async Task A_run_that_dies_in_the_middle_leaves_nothing_that_the_next_does_not_end(string operation)
    {
        await using var world = await CreateAsync();
        await RestrictAsync(world, DenyNew);
        if (operation == "DetachRolePolicy")
        {
            await ApplyAsync(world);
            await RestrictAsync(world);
        }

        // Dead in its second call: what it has done by then is not written down as done.
        using var death = new CancellationTokenSource();
        var calls = 0;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation == operation && ++calls > 1) death.Cancel();
            return null;
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => world.Apply(Alpha, restrictions: Given).ApplyAsync(Trigger.ParameterChanged, death.Token));
        world.Cloud.Faults.Reset();
        await ApplyAsync(world);
        var bound = operation == "AttachRolePolicy";
        Assert.Equal((bound, bound), (HasDenyNew(world, "developer"), HasDenyNew(world, "worker")));

        await RestrictAsync(world);
        await ApplyAsync(world);
        Assert.Equal((false, false), (HasDenyNew(world, "developer"), HasDenyNew(world, "worker")));
    }

    [Fact]
    public async Task Who_cannot_be_written_down_is_not_bound()
    {
        await using var world = await CreateAsync();
        await RestrictAsync(world, DenyNew);
        world.Cloud.Faults.OnCalls(call => call.Operation == "PutParameter" && $"{call.Input["Name"]}" == DenyJournal.ParameterName
            ? new Fault.Refusal(new AwsException("AccessDeniedException", "not you", 400))
            : null);

        var restricted = Assert.Single((await ApplyAsync(world)).Restrictions!.Value);

        Assert.Equal(RestrictionOutcome.Failed, restricted.State);
        const string why = "2 roles and users are not bound by DenyNew: what is about to be attached cannot be written down";
        Assert.StartsWith(why, restricted.Reasons[^1], StringComparison.Ordinal);
        Assert.False(HasDenyNew(world, "developer"));
    }

    /// <summary>What stands there and cannot be written over goes, as in the journal of stops.</summary>
    [Fact]
    public async Task A_parameter_of_another_type_in_the_journals_place_keeps_nobody_from_being_bound_and_freed()
    {
        await using var world = await CreateAsync();
        await world.As(Alpha).OwnSystems.PutParameterAsync(new() { Name = DenyJournal.ParameterName, Value = "a,b", Type = "StringList" });
        await RestrictAsync(world, DenyNew);

        Assert.Equal(RestrictionOutcome.InForce, Assert.Single((await ApplyAsync(world)).Restrictions!.Value).State);
        await RestrictAsync(world);
        await ApplyAsync(world);

        Assert.False(HasDenyNew(world, "developer"));
        var written = await world.As(Alpha).OwnSystems.GetParameterAsync(new() { Name = DenyJournal.ParameterName });
        Assert.True(OwnJournal.Read([written.Parameter.Value]).Entries.IsEmpty);
    }
}
