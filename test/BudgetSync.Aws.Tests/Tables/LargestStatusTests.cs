using System.Text;
using Amazon.DynamoDBv2.Model;
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
    private const int Count = 10 + 10 + Ended;

    private const int Ended = 20;

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
        // The tool takes a thousand letters, of three bytes at most (or four, for two).
        var why = $"{new string('a', 300)} took it back: {new string('語', 1_000)}";
        EquatableArray<Restriction> restrictions =
        [
            .. Enumerable.Range(0, Count).Select(number => new Restriction(
                $"r-{number:000000000000}", new string('b', 100), rule, number < Count - Ended ? inForce : new RestrictionState.Lifted(Start, why))
            {
                Fact = new string('f', 300),
                HeldBack = number < Count - Ended ? new string('h', 500) : "",
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
        var item = (await world.As(Management).Dynamo.GetItemAsync(
            new GetItemRequest { TableName = "BudgetSync-Status", Key = new() { ["AccountId"] = Text(Alpha) } })).Item;
        // RestrictionLimits.Ended of Core says so.
        Assert.InRange(item["Restrictions"].L.Max(Size), 7 * 1024, 8 * 1024);
    }

    /// <summary>DynamoDB developer guide, "DynamoDB item sizes and formats".</summary>
    private static int Size(AttributeValue value) => value switch
    {
        { S: { } text } => Encoding.UTF8.GetByteCount(text),
        { N: { } number } => number.Length,
        { M: { Count: > 0 } map } => 3 + map.Sum(member => Encoding.UTF8.GetByteCount(member.Key) + Size(member.Value) + 1),
        { L: { Count: > 0 } list } => 3 + list.Sum(member => Size(member) + 1),
        { SS: { Count: > 0 } texts } => texts.Sum(Encoding.UTF8.GetByteCount),
        _ => 3,
    };
}
