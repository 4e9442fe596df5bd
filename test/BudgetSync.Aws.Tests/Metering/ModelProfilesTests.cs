using BudgetSync.Aws.Faults;
using BudgetSync.Core.Ai;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.Metering;

/// <summary>What a call through an application inference profile costs, whatever Bedrock answers when it is asked for the profile.</summary>
public sealed class ModelProfilesTests
{
    private static readonly ModelPrice Price = PriceList.BuiltIn.Find(BedrockModel.Of(MeteredWorld.Nova), "us-east-1")!; // It is in the list.

    private static decimal OfOne => Price.Of(new TokenCount(1000, 0, 0, 100))!.Value; // The list has both prices.

    /// <summary>Whoever calls GetInferenceProfile in a loop throttles Meter too: a call that is counted without a price is so for good.</summary>
    [Theory]
    [InlineData("ThrottlingException", 429)]
    [InlineData("InternalServerException", 500)]
    public async Task Where_Bedrock_cannot_be_asked_now_its_calls_wait_for_another_try_and_the_others_count(string code, int status)
    {
        await using var world = await MeteredWorld.CreateAsync();
        var profile = world.Cloud.Bedrock.PutProfile(
            MeteredWorld.Account, "ab12cd34ef56", "team", $"arn:aws:bedrock:us-east-1::foundation-model/{MeteredWorld.Nova}");
        var batch = MeteredWorld.Batch(world.Record(model: profile.Arn), world.Record());
        world.Cloud.Faults.OnCalls(call => call.Operation == "GetInferenceProfile" ? new Fault.Refusal(new AwsException(code, "slow down", status)) : null);

        var failed = await Assert.ThrowsAsync<AwsFaultException>(() => world.Meter().CountAsync(batch, default));

        Assert.Equal((FaultKind.Retry, OfOne), (failed.Fault.Kind, await world.SumAsync()));
        world.Cloud.Faults.Reset();
        var again = await world.Meter().CountAsync(batch, default);
        Assert.Equal((1, 1, 0), (again.Counted, again.Doubles, again.Unpriced));
        Assert.Equal(2 * OfOne, await world.SumAsync());
    }

    /// <summary>A batch has a bound of time: Bedrock that throttles is not asked for each of its profiles in turn.</summary>
    [Fact]
    public async Task Bedrock_that_throttles_is_asked_for_few_profiles_of_a_batch_and_tried_again_for_one()
    {
        await using var world = await MeteredWorld.CreateAsync();
        world.Cloud.Faults.OnCalls(call => call.Operation == "GetInferenceProfile"
            ? new Fault.Refusal(new AwsException("ThrottlingException", "slow down", 429))
            : null);
        var batch = MeteredWorld.Batch(Enumerable.Range(0, 20).Select(number => world.Record(model: Profile(number))));

        await Assert.ThrowsAsync<AwsFaultException>(() => world.Meter().CountAsync(batch, default));

        Assert.Equal(Limits.Attempts + Limits.BusyProfiles - 1, world.Cloud.Calls.Count("bedrock", "GetInferenceProfile"));
    }

    /// <summary>One profile that is throttled neither leaves another unasked, nor keeps what is counted from being decided about.</summary>
    [Fact]
    public async Task Only_the_calls_of_a_busy_profile_wait_and_what_is_counted_is_decided_about_at_once()
    {
        await using var world = await MeteredWorld.CreateAsync();
        const string nova = $"arn:aws:bedrock:us-east-1::foundation-model/{MeteredWorld.Nova}";
        var busy = world.Cloud.Bedrock.PutProfile(MeteredWorld.Account, "ab12cd34ef00", "busy", nova);
        var free = world.Cloud.Bedrock.PutProfile(MeteredWorld.Account, "ab12cd34ef01", "free", nova);
        world.Cloud.Faults.OnCalls(call => call.Operation == "GetInferenceProfile" && call.Input.ToJsonString().Contains(busy.Id, StringComparison.Ordinal)
            ? new Fault.Refusal(new AwsException("ThrottlingException", "slow down", 429))
            : null);
        var batch = MeteredWorld.Batch(world.Record(model: busy.Arn), world.Record(model: free.Arn), world.Record());
        var decided = 0m;

        await Assert.ThrowsAsync<AwsFaultException>(() => world.Meter().CountAsync(batch, default, async _ => decided = await world.SumAsync()));

        Assert.Equal(2 * OfOne, decided);
        Assert.Equal((2, 0), ((int)await world.SumAsync("Calls"), (int)await world.SumAsync("Unpriced")));
    }

    [Theory]
    [InlineData("AccessDeniedException", 403)]
    [InlineData("ValidationException", 400)]
    [InlineData("ResourceNotFoundException", 404)]
    public async Task What_Bedrock_refuses_for_good_counts_without_a_price(string code, int status)
    {
        await using var world = await MeteredWorld.CreateAsync();
        world.Cloud.Faults.OnCalls(call => call.Operation == "GetInferenceProfile" ? new Fault.Refusal(new AwsException(code, "no", status)) : null);

        var answer = await world.Meter().CountAsync(MeteredWorld.Batch(world.Record(model: Profile(1))), default);

        Assert.Equal((1, 1), (answer.Counted, answer.Unpriced));
    }

    /// <summary>
    /// GetInferenceProfile of a global profile, and of one copied from it, lists the model of the Region and the one without a Region (Bedrock API reference,
    /// GetInferenceProfile; user guide, "Global cross-Region inference": its resource is <c>arn:aws:bedrock:::foundation-model/…</c>).
    /// </summary>
    [Theory]
    [InlineData("us-east-1", "")]
    [InlineData("", "us-east-1")]
    public async Task A_profile_that_was_copied_from_a_global_one_is_priced_as_global(string first, string second)
    {
        const string sonnet = "anthropic.claude-sonnet-4-20250514-v1:0";
        await using var world = await MeteredWorld.CreateAsync();
        var profile = world.Cloud.Bedrock.PutProfile(MeteredWorld.Account, "ab12cd34ef56", "team", Arn(first), Arn(second));

        await world.Meter().CountAsync(MeteredWorld.Batch(world.Record(model: profile.Arn)), default);

        var sum = Assert.Single(await world.ItemsAsync()).Value;
        Assert.Equal((sonnet, "Global"), (sum["Model"].S, sum["ModelKind"].S));

        static string Arn(string region) => $"arn:aws:bedrock:{region}::foundation-model/{sonnet}";
    }

    private static string Profile(int number) => $"arn:aws:bedrock:us-east-1:{MeteredWorld.Account}:application-inference-profile/ab12cd34ef{number:d2}";
}
