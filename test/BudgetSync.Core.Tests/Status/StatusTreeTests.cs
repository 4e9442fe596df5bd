using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Status;

public sealed class StatusTreeTests
{
    private const string Root = "r-ab12";
    private const string Upper = "ou-ab12-11111111";
    private const string Lower = "ou-ab12-22222222";

    [Fact]
    public void Accounts_stand_where_their_rows_say_and_orphans_are_covered_by_nothing()
    {
        var tree = StatusTree.Of(
        [
            Row("111122223333", AccountState.Applied, Lower, Upper, Root), Row("222222222222", AccountState.Applied, Upper, Root),
            Row("333333333333", AccountState.Orphan, Upper, Root), Row("444444444444", AccountState.Applied), Row("default", AccountState.Rejected, Root),
        ]);

        Assert.Equal(["111122223333", Lower, Upper, Root, "default"], tree.PathOf(AccountId.Parse("111122223333")).Select(scope => scope.Key));
        Assert.Equal(["111122223333", "222222222222"], tree.CoveredBy(Scope.TryParse(Upper)!).Select(account => account.Value));
        Assert.Equal(["111122223333"], tree.CoveredBy(Scope.TryParse(Lower)!).Select(account => account.Value));
        Assert.Equal(["111122223333", "222222222222", "444444444444"], tree.CoveredBy(new Scope.Default()).Select(account => account.Value));
        Assert.Equal(["444444444444", "default"], tree.PathOf(AccountId.Parse("444444444444")).Select(scope => scope.Key));
    }

    private static StatusRow Row(string key, AccountState state, params string[] path) =>
        new() { Key = key, State = state, FirstSeenAt = DateTimeOffset.UnixEpoch, Path = [.. path] };
}
