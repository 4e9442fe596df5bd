using Amazon.DynamoDBv2.Model;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Tables;

public sealed class StatusTableTests
{
    [Fact]
    public async Task A_row_that_somebody_wrote_since_it_was_read_is_not_deleted()
    {
        await using var world = await World.CreateAsync();
        var read = await StepAsync(world, "first");
        await StepAsync(world, "second");

        await world.Status.DeleteAsync(read, CancellationToken.None);

        Assert.Equal("second", Assert.Single((await world.StatusAsync(Alpha)).Reasons));
        await world.Status.DeleteAsync(await world.StatusAsync(Alpha), CancellationToken.None);
        Assert.Null(await world.Status.ReadAsync(Alpha, CancellationToken.None));
    }

    [Fact]
    public async Task A_step_outlasts_several_writers_that_come_before_it()
    {
        await using var world = await World.CreateAsync();
        var conflicts = 5;
        world.Cloud.Faults.OnCalls(call => call.Operation == "PutItem" && conflicts-- > 0
            ? new Fault.Refusal(new AwsException("ConditionalCheckFailedException", "The conditional request failed"))
            : null);

        Assert.Equal("kept", Assert.Single((await StepAsync(world, "kept")).Reasons));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("seven")]
    public async Task A_row_whose_version_a_person_took_away_or_made_a_text_is_written_and_deleted_again(string? edition)
    {
        await using var world = await World.CreateAsync();
        await EditAsync();

        Assert.Equal("kept", Assert.Single((await StepAsync(world, "kept")).Reasons));
        await EditAsync();
        await world.Status.DeleteAsync(await world.StatusAsync(Alpha), CancellationToken.None);
        Assert.Null(await world.Status.ReadAsync(Alpha, CancellationToken.None));

        async Task EditAsync()
        {
            Dictionary<string, AttributeValue> item = new() { ["AccountId"] = Text(Alpha), ["State"] = Text("Pending") };
            if (edition is not null) item["Edition"] = Text(edition);
            await world.As(Management).Dynamo.PutItemAsync(new PutItemRequest { TableName = "BudgetSync-Status", Item = item });
        }
    }

    private static async Task<StatusRow> StepAsync(World world, string reason) => (await world.Status.StepAsync(
        Alpha,
        before => StatusChange.Rejected(before, Alpha, [reason], null, world.Clock.GetUtcNow()),
        CancellationToken.None)).After;
}
