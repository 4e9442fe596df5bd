using BudgetSync.Core;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Status;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Tables;

/// <summary>An item of DynamoDB has 400 KB: more would be refused, and nothing of the account decided or told any more.</summary>
public sealed class LargestStatusTests
{
    /// <summary>Restrictions of an account at a time, in earnest or watched, and those that ended (RestrictionLimits of Core, which are its own).</summary>
    private const int Count = 10 + 10 + 20;

    private const int Names = 20;
    private const int NameLength = 64;
    private const int LeftOut = 50;

    [Fact]
    public async Task An_account_with_as_many_and_as_large_restrictions_as_there_may_be_is_written()
    {
        await using var world = await World.CreateAsync();
        var most = new string('r', NameLength - 2);
        var names = string.Join(',', Enumerable.Range(10, Names).Select(number => $"\"{most}{number}\""));
        var rule = ResponseText.Parse($$$"""{"At":"Over","Do":"DENY_NEW","Mode":"ARMED","Roles":[{{{names}}}],"Users":[{{{names}}}]}""")!; // It is one.
        var inForce = new RestrictionState.InForce(Start);
        EquatableArray<Restriction> restrictions =
        [
            .. Enumerable.Range(0, Count).Select(number => new Restriction($"r-{number:000000000000}", new string('b', 100), rule, inForce)
            {
                Fact = new string('f', 300),
                HeldBack = new string('h', 500),
                Remarks = [new string('w', 664)],
                ApprovedBy = new string('a', 300),
                ReleasedBy = new string('a', 300),
            }),
        ];

        var (_, written) = await world.Status.StepAsync(
            Alpha,
            row => (row ?? new StatusRow { Key = Alpha, State = AccountState.Applied, FirstSeenAt = Start }) with
            {
                Restrictions = restrictions,
                LeftOut = [.. Enumerable.Range(0, LeftOut).Select(number => $"r-{number:000000000000}")],
                ItemVersion = 1,
            },
            CancellationToken.None);

        Assert.Equal(Count, written.Restrictions.Length);
        var read = await world.StatusAsync(Alpha);
        Assert.Equal((Count, LeftOut), (read.Restrictions.Length, read.LeftOut.Count));
    }
}
