using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.DocumentModel;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Status;
using BudgetSync.Core.Tests.Generators;

namespace BudgetSync.Aws.Tests.WholeSpec;

public sealed class InvalidRowsTests
{
    private const int UsualSeeds = 60;

    [Fact]
    public async Task A_broken_row_never_reaches_a_spoke_and_its_status_says_what_is_wrong()
    {
        var seeds = Cases.Seeds(UsualSeeds).ToList();
        var accounts = seeds.Select(seed => Cases.Account(seed).Value).ToArray();
        await using var world = await World.CreateAsync(accounts);
        foreach (var account in accounts) await world.PutRowAsync(account, ("BudgetValue", World.Number("1000")));
        Assert.Null(await world.PropagateAsync(accounts));
        using var management = world.As(World.Management);

        var refused = 0;
        foreach (var (seed, account) in seeds.Zip(accounts))
        {
            var random = new Random(seed);
            var row = BrokenRows.Break(random, RandomRows.Valid(random, account));
            try
            {
                await management.Dynamo.PutItemAsync(
                    new PutItemRequest { TableName = "BudgetSync-Budgets", Item = Document.FromJson(row.ToJsonString()).ToAttributeMap() });
            }
            catch (AmazonDynamoDBException)
            {
                // DynamoDB itself takes no number such as 1e999 and no key of another type: the row is not in the table at all.
                refused++;
                await world.PutRowAsync(account, ("BudgetValue", World.Number("-1")));
                continue;
            }

            // A slip in the key makes it another row, and this one stays as it was.
            if (row["AccountId"]!.ToString() != account) await world.PutRowAsync(account, ("BudgetValue", World.Number("-1"))); // A generated row has a key.
        }

        Assert.Null(await world.PropagateAsync([.. accounts, "12345678901"]));

        Assert.InRange(refused, 1, seeds.Count / 2);
        foreach (var account in accounts)
        {
            var status = await world.StatusAsync(account);
            Assert.Equal((AccountState.Rejected, null), (status.State, status.DesiredRevision));
            Assert.NotEmpty(status.Reasons);
            var parameter = await world.ParameterAsync(account);
            Assert.Equal(1, parameter!.Version); // Written before the row was broken.
            Assert.NotEqual(ParameterDocument.Released, parameter.Value);
        }
    }
}
