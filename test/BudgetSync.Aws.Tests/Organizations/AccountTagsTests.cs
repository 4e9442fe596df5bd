using BudgetSync.Aws.Organizations;
using BudgetSync.Core;
using BudgetSync.Core.Responses;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Organizations;

public sealed class AccountTagsTests
{
    private static readonly AccountId Account = AccountId.Parse(Alpha);

    [Theory]
    [InlineData(null, false)]
    [InlineData("true", true)]
    [InlineData("", true)]
    [InlineData("FALSE", false)]
    public async Task A_tag_protects_whatever_its_value_but_false(string? value, bool protects)
    {
        await using var world = await CreateAsync(Alpha);
        // More than a page of others before it.
        for (var number = 0; number < 25; number++) world.Cloud.Organizations.Tag(Alpha, $"a{number}", "true");
        if (value is not null) world.Cloud.Organizations.Tag(Alpha, "budgetsync:protect", value);

        Assert.Equal(protects, await Of(world).ReadAsync(Account, insists: true, default) is AccountProtection.Tagged);
    }

    [Fact]
    public async Task What_was_read_is_known_for_an_hour()
    {
        await using var world = await CreateAsync(Alpha);
        var tags = Of(world);
        Assert.IsType<AccountProtection.NotAsked>(tags.Known(Account));
        await tags.ReadAsync(Account, insists: true, default);
        Assert.IsType<AccountProtection.None>(tags.Known(Account));
        world.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.IsType<AccountProtection.NotAsked>(tags.Known(Account));
    }

    /// <summary>What is refused is nothing that is known, and an account that has left has no tags.</summary>
    [Fact]
    public async Task What_AWS_refuses_is_unknown_and_an_account_that_has_left_has_no_tag()
    {
        await using var world = await CreateAsync(Alpha);
        var tags = Of(world);
        Assert.IsType<AccountProtection.None>(await tags.ReadAsync(AccountId.Parse("123412341234"), insists: true, default));
        world.Cloud.Faults.OnCalls(call => call.Operation == "ListTagsForResource"
            ? new Fault.Refusal(new AwsException("AccessDeniedException", "no", 400))
            : null);
        Assert.Equal(
            "whether the account has the tag budgetsync:protect is not known: organizations:ListTagsForResource answered AccessDenied: no",
            Assert.IsType<AccountProtection.Unknown>(await tags.ReadAsync(Account, insists: true, default)).Why);
        Assert.IsType<AccountProtection.NotAsked>(tags.Known(Account));
    }

    /// <summary>Ten thousand accounts that are over their limit at once are asked about at AWS's pace and not at ours.</summary>
    [Fact]
    public async Task Accounts_are_asked_about_five_times_a_second()
    {
        await using var world = await CreateAsync(Alpha);
        var tags = Of(world);
        var began = world.Clock.GetUtcNow();
        await Task.WhenAll(Enumerable.Range(0, 55).Select(_ => tags.ReadAsync(Account, insists: true, default)));
        Assert.InRange((world.Clock.GetUtcNow() - began).TotalSeconds, 9.9, 11);
    }

    [Theory]
    [InlineData(true, 6)]
    [InlineData(false, 1)]
    public async Task Who_does_not_insist_asks_AWS_once(bool insists, int calls)
    {
        await using var world = await CreateAsync(Alpha);
        var asked = 0;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation != "ListTagsForResource") return null;
            asked++;
            return new Fault.Refusal(new AwsException("TooManyRequestsException", "slower", 400));
        });
        Assert.IsType<AccountProtection.Unknown>(await Of(world).ReadAsync(Account, insists, default));
        Assert.Equal(calls, asked);
    }

    private static AccountTags Of(World world) => new(world.As(Management).Organizations, world.Caller, world.Clock);
}
