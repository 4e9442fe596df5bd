namespace BudgetSync.Cli.Tests.Features;

/// <summary>Files that commands of models read: a log of invocations, and AWS's offer files of prices.</summary>
internal static class ModelFiles
{
    /// <summary>A thousand tokens in and a hundred out of Nova Pro are $0.00112; a dearer Nova Lite than the list has.</summary>
    public static async Task WriteAsync(string folder)
    {
        await File.WriteAllLinesAsync(Path.Combine(folder, "invocations.jsonl"), Enumerable.Range(1, 2).Select(number =>
            $$"""
            {"timestamp":"2026-05-20T09:00:00Z","accountId":"111122223333","region":"us-east-1","requestId":"00000000-0000-4000-8000-00000000000{{number}}",
            "operation":"Converse","modelId":"amazon.nova-pro-v1:0","identity":{"arn":"arn:aws:iam::111122223333:user/alice"},
            "input":{"inputTokenCount":1000},"output":{"outputTokenCount":100},"schemaType":"ModelInvocationLog","schemaVersion":"1.0"}
            """.ReplaceLineEndings("")));
        await File.WriteAllTextAsync(Path.Combine(folder, "bedrock.json"), """
            {
              "offerCode": "AmazonBedrock", "version": "20260501000000", "publicationDate": "2026-05-01T00:00:00Z",
              "products": {
                "A": { "attributes": { "regionCode": "us-east-1", "usagetype": "USE1-NovaLite-input-tokens", "model": "Nova Lite",
                  "inferenceType": "Input tokens", "feature": "On-demand Inference" } },
                "B": { "attributes": { "regionCode": "us-east-1", "usagetype": "USE1-NovaLite-output-tokens", "model": "Nova Lite",
                  "inferenceType": "Output tokens", "feature": "On-demand Inference" } }
              },
              "terms": { "OnDemand": {
                "A": { "T": { "priceDimensions": { "P": { "unit": "1K tokens", "pricePerUnit": { "USD": "0.0000700000" } } } } },
                "B": { "T": { "priceDimensions": { "P": { "unit": "1K tokens", "pricePerUnit": { "USD": "0.0002400000" } } } } }
              } }
            }
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "foundation-models.json"), """
            { "offerCode": "AmazonBedrockFoundationModels", "version": "20260501000000", "publicationDate": "2026-05-01T00:00:00Z", "products": {},
              "terms": { "OnDemand": {} } }
            """);
    }
}
