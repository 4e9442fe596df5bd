using BudgetSync.LocalAws.CostExplorer;
using static BudgetSync.LocalAws.Tests.CostExplorer.CostExplorerTestBed;

namespace BudgetSync.LocalAws.Tests.CostExplorer;

public sealed class CostPageTests
{
    private static readonly string ByAccount = By("LINKED_ACCOUNT");
    private readonly CostExplorerTestBed bed = new(new CostExplorerOptions { GroupsPerPage = 3 });

    [Fact]
    public async Task A_page_may_end_within_a_day_which_the_next_one_goes_on_with()
    {
        var first = await bed.AskAsync("2026-05-02", "2026-05-04", ByAccount);
        var second = await bed.AskAsync("2026-05-02", "2026-05-04", $"{ByAccount},'NextPageToken':'{first["NextPageToken"]}'");

        Assert.Equal(
            ["2026-05-02* 111122223333=24.0000000000 222233334444=48.0000000000", "2026-05-03* 111122223333=24.0000000000"],
            first["ResultsByTime"]!.AsArray().Select(result => Short(result!)));
        Assert.Equal(["2026-05-03* 222233334444=48.0000000000"], second["ResultsByTime"]!.AsArray().Select(result => Short(result!)));
        Assert.Null(second["NextPageToken"]);
        Assert.Equal(2, bed.Cloud.CostExplorer.Requests.Values.Single());
    }

    [Fact]
    public async Task A_token_is_good_for_its_own_request_only()
    {
        var token = (await bed.AskAsync("2026-05-02", "2026-05-04", ByAccount))["NextPageToken"]!.ToString();

        Assert.Equal("RequestChangedException", (await bed.RefusalAsync("2026-05-02", "2026-05-05", $"{ByAccount},'NextPageToken':'{token}'")).Code);
        Assert.Equal("RequestChangedException", (await bed.RefusalAsync("2026-05-02", "2026-05-04", $"{By("SERVICE")},'NextPageToken':'{token}'")).Code);
        Assert.Equal("InvalidNextTokenException", (await bed.RefusalAsync("2026-05-02", "2026-05-04", $"{ByAccount},'NextPageToken':'x'")).Code);
    }

    [Fact]
    public async Task Pages_of_one_request_are_of_one_moment()
    {
        var first = await bed.AskAsync("2026-05-19", "2026-05-21", ByAccount);
        bed.Clock.Advance(TimeSpan.FromHours(1));
        var second = await bed.AskAsync("2026-05-19", "2026-05-21", $"{ByAccount},'NextPageToken':'{first["NextPageToken"]}'");

        // Two and a half hours at 2 an hour, not three and a half.
        Assert.Equal(["2026-05-20* 222233334444=5.0000000000"], second["ResultsByTime"]!.AsArray().Select(result => Short(result!)));
    }
}
