using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using static BudgetSync.Aws.Tests.Restrictions.DeniedAccount;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Restrictions;

/// <summary>
/// Whoever may write parameters, and administers nothing else, keeps nobody bound by that: an attachment that neither the journal nor the hub's versions
/// explain is told as such, and none is forgotten because a part of the journal is gone (RESPONSES.md, "Whose an attachment is").
/// </summary>
public sealed class LostJournalTests
{
    /// <summary>What AWS keeps of a parameter (Systems Manager user guide, "Working with parameter versions").</summary>
    private const int VersionsKept = 100;

    [Fact]
    public async Task Where_nothing_says_any_more_whose_an_attachment_is_the_report_names_it_until_it_is_detached()
    {
        await using var world = await AppliedAsync();
        await DeleteAsync(world, DenyJournal.ParameterName, Parameter);
        await RestrictAsync(world);

        for (var apply = 0; apply < 2; apply++)
        {
            var report = await ApplyAsync(world);
            Assert.Equal(ReportOutcome.Applied, report.Outcome);
            Assert.Contains("DenyNew is attached to role/developer, role/worker", ReportJson.Format(report), StringComparison.Ordinal);
        }

        Assert.True(HasDenyNew(world, "developer"));
        await DetachAsync(world, "developer");
        await DetachAsync(world, "worker");
        Assert.DoesNotContain("DenyNew", ReportJson.Format(await ApplyAsync(world)), StringComparison.Ordinal);
        // What is attached from now on is a person's, and that is known.
        world.Clock.Advance(TimeSpan.FromHours(1));
        await ApplyAsync(world);
        await AttachAsync(world, "worker");
        Assert.DoesNotContain("DenyNew", ReportJson.Format(await ApplyAsync(world)), StringComparison.Ordinal);
        Assert.True(HasDenyNew(world, "worker"));
    }

    [Fact]
    public async Task A_journal_of_which_the_first_page_was_pushed_out_keeps_nobody_bound()
    {
        await using var world = await CreateAsync();
        for (var number = 0; number < 400; number++) Put(world, $"role{number}");
        await RestrictAsync(world, DenyNew);
        await ApplyAsync(world);
        Assert.True(HasDenyNew(world, "role0"));
        var systems = world.As(Alpha).OwnSystems;
        for (var version = 1; version < VersionsKept; version++)
            await systems.PutParameterAsync(new() { Name = DenyJournal.ParameterName, Value = "x", Type = "String", Overwrite = true });

        await RestrictAsync(world);
        await ApplyAsync(world);

        Assert.Empty(world.Cloud.Iam.Roles.Where(role => role.Definition.ManagedPolicyArns.Contains(DenyNewArn)));
    }

    /// <summary>Somebody deleted their lease. A look reads an old journal, and an apply binds others before the look reads what is attached.</summary>
    [Fact]
    public async Task What_another_run_attached_meanwhile_is_not_struck_out_of_the_journal()
    {
        await using var world = await CreateAsync();
        await RestrictAsync(world, DenyNew with { Binds = new PrincipalNames(["worker"], []) });
        await ApplyAsync(world);
        world.Clock.Advance(TimeSpan.FromHours(1));
        await RestrictAsync(world, DenyNew);
        var between = 0;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation != "ListEntitiesForPolicy" || Interlocked.Increment(ref between) > 1) return null;
            DeleteAsync(world, RunLease.ParameterName).GetAwaiter().GetResult();
            ApplyAsync(world).GetAwaiter().GetResult();
            Put(world, "newcomer");
            return null;
        });
        await ApplyAsync(world);
        Assert.Equal((true, true), (HasDenyNew(world, "developer"), HasDenyNew(world, "newcomer")));

        await RestrictAsync(world);
        await ApplyAsync(world);

        Assert.Equal((false, false), (HasDenyNew(world, "developer"), HasDenyNew(world, "newcomer")));
    }

    /// <summary>So too here. Somebody died before he attached what he had written down; a run that read it does not know that another attaches now.</summary>
    [Fact]
    public async Task What_another_run_attached_and_this_one_took_over_is_not_struck_out_as_never_attached()
    {
        await using var world = await AppliedAsync();
        await DetachAsync(world, "developer");
        await DetachAsync(world, "worker");
        world.Clock.Advance(TimeSpan.FromHours(1));
        await RestrictAsync(world, DenyNew with { Binds = new PrincipalNames(["worker"], []) });
        var between = 0;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation != "ListRoles" || Interlocked.Increment(ref between) > 1) return null;
            DeleteAsync(world, RunLease.ParameterName).GetAwaiter().GetResult();
            RestrictAsync(world, DenyNew with { Id = "r-000000000002" }).GetAwaiter().GetResult();
            ApplyAsync(world).GetAwaiter().GetResult();
            return null;
        });
        await ApplyAsync(world);
        Assert.Equal((true, true), (HasDenyNew(world, "developer"), HasDenyNew(world, "worker")));

        await RestrictAsync(world);
        await ApplyAsync(world);

        Assert.Equal((false, false), (HasDenyNew(world, "developer"), HasDenyNew(world, "worker")));
    }

    private static async Task DeleteAsync(World world, params string[] names)
    {
        foreach (var name in names) await world.As(Alpha).OwnSystems.DeleteParameterAsync(new() { Name = name });
    }
}
