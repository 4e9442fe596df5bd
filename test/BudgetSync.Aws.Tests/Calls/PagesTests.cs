using Amazon.Runtime;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;

namespace BudgetSync.Aws.Tests.Calls;

public sealed class PagesTests
{
    private readonly AwsCaller caller = new(new ImmediateClock(World.Start), new Random(7), JsonLog.Silent);

    [Theory]
    [InlineData("ExpiredNextTokenException")]
    [InlineData("InvalidNextTokenException")]
    public async Task A_token_that_is_not_taken_any_more_begins_the_reading_again(string code)
    {
        var lost = 0;

        var all = await ReadAsync(token => token == "2" && lost++ == 0 ? throw Error(code) : token);

        Assert.Equal([1, 2, 3], all);
    }

    [Fact]
    public async Task A_token_that_is_never_taken_ends_the_reading()
    {
        var asked = 0;

        var failure = await Assert.ThrowsAsync<AwsFaultException>(() => ReadAsync(token =>
        {
            asked++;
            return token is null ? token : throw Error("ExpiredNextTokenException");
        }));

        Assert.Equal(("ExpiredNextToken", 2 * (1 + Limits.PageRestarts)), (failure.Fault.Code, asked));
    }

    [Fact]
    public async Task Another_fault_of_a_page_is_not_hidden_by_reading_again()
    {
        var asked = 0;

        await Assert.ThrowsAsync<AwsFaultException>(() => ReadAsync(token =>
        {
            asked++;
            return token is null ? token : throw Error("NotFoundException");
        }));

        Assert.Equal(2, asked);
    }

    /// <summary>Three pages of one number each; the token is the next number.</summary>
    private Task<IReadOnlyList<int>> ReadAsync(Func<string?, string?> asked) => Pages.ReadAsync<int, string>(
        caller,
        "budgets",
        "DescribeBudgets",
        (token, _) =>
        {
            var number = int.Parse(asked(token) ?? "1", System.Globalization.CultureInfo.InvariantCulture);
            return Task.FromResult<(List<int>?, string?)>(([number], number == 3 ? null : $"{number + 1}"));
        },
        CancellationToken.None);

    private static AmazonServiceException Error(string code) => new("x") { ErrorCode = code, StatusCode = System.Net.HttpStatusCode.BadRequest };
}
