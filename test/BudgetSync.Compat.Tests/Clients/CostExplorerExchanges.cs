using Amazon.CostExplorer;

namespace BudgetSync.Compat.Tests.Clients;

internal static class CostExplorerExchanges
{
    public static IEnumerable<Exchange> All =>
    [
        new(
            "AWSInsightsIndexService.GetCostAndUsage",
            """
            {"Filter":{"And":[{"Not":{"Dimensions":{"Key":"RECORD_TYPE","Values":["Credit","Refund"]}}},
              {"Dimensions":{"Key":"LINKED_ACCOUNT","MatchOptions":["EQUALS"],"Values":["111122223333"]}}]},"Granularity":"DAILY",
             "GroupBy":[{"Key":"LINKED_ACCOUNT","Type":"DIMENSION"}],"Metrics":["UnblendedCost"],"NextPageToken":"t",
             "TimePeriod":{"End":"2026-05-21","Start":"2026-05-20"}}
            """,
            """
            {"NextPageToken":"n","GroupDefinitions":[{"Type":"DIMENSION","Key":"LINKED_ACCOUNT"}],
             "ResultsByTime":[{"TimePeriod":{"Start":"2026-05-20","End":"2026-05-21"},"Total":{},"Estimated":true,
              "Groups":[{"Keys":["111122223333"],"Metrics":{"UnblendedCost":{"Amount":"-0.0000013750","Unit":"USD"}}}]}],
             "DimensionValueAttributes":[{"Value":"111122223333","Attributes":{"description":"payments"}}]}
            """,
            CallAsync,
            "2026-05-20 True 111122223333 -0.0000013750 USD payments n"),
    ];

    private static async Task<string?> CallAsync(StubService service)
    {
        using var client = new AmazonCostExplorerClient(StubService.Credentials, service.Configure(new AmazonCostExplorerConfig()));
        var answer = await client.GetCostAndUsageAsync(new()
        {
            TimePeriod = new() { Start = "2026-05-20", End = "2026-05-21" },
            Granularity = Granularity.DAILY,
            Metrics = ["UnblendedCost"],
            GroupBy = [new() { Type = GroupDefinitionType.DIMENSION, Key = "LINKED_ACCOUNT" }],
            Filter = new()
            {
                And =
                [
                    new() { Not = new() { Dimensions = new() { Key = Dimension.RECORD_TYPE, Values = ["Credit", "Refund"] } } },
                    new() { Dimensions = new() { Key = Dimension.LINKED_ACCOUNT, Values = ["111122223333"], MatchOptions = ["EQUALS"] } },
                ]
            },
            NextPageToken = "t",
        });
        var result = answer.ResultsByTime[0];
        var spend = result.Groups[0].Metrics["UnblendedCost"];
        return $"{result.TimePeriod.Start} {result.Estimated} {result.Groups[0].Keys[0]} {spend.Amount} {spend.Unit} "
            + $"{answer.DimensionValueAttributes[0].Attributes["description"]} {answer.NextPageToken}";
    }
}
