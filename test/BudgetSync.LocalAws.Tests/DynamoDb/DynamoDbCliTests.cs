using System.Diagnostics;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Tests.DynamoDb;

public sealed class DynamoDbCliTests
{
    [AwsCliFact]
    public async Task The_AWS_CLI_puts_updates_gets_scans_and_deletes_a_row()
    {
        await using var budgets = await Budgets.OpenAsync();
        var address = await budgets.Cloud.ListenAsync(0, CancellationToken.None);
        const string key = """{"AccountId": {"S": "444455556666"}}""";

        await AwsAsync(
            address,
            "put-item",
            "--item",
            """{"AccountId": {"S": "444455556666"}, "BudgetValue": {"N": "1000"}, "Note": {"S": "mine"}}""",
            "--condition-expression",
            "attribute_not_exists(AccountId)");
        var updated = await AwsAsync(
            address, "update-item", "--key", key, "--return-values", "ALL_NEW",
            "--update-expression", "SET BudgetValue = :v, Thresholds = :t REMOVE Note",
            "--expression-attribute-values", """{":v": {"N": "1500.50"}, ":t": {"L": [{"N": "80"}, {"N": "100"}]}}""");
        var got = await AwsAsync(address, "get-item", "--key", key, "--consistent-read");
        var scanned = await AwsAsync(address, "scan", "--filter-expression", "BudgetValue > :v", "--expression-attribute-values", """{":v": {"N": "1"}}""");
        await AwsAsync(address, "delete-item", "--key", key);

        const string row = """{"AccountId":{"S":"444455556666"},"BudgetValue":{"N":"1500.5"},"Thresholds":{"L":[{"N":"80"},{"N":"100"}]}}""";
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(row), updated["Attributes"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(row), got["Item"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(row), scanned["Items"]![0]));
        Assert.Equal(["INSERT", "MODIFY", "REMOVE"], budgets.Records().Select(record => record.Record["eventName"]!.ToString()));
    }

    /// <summary>Runs <c>aws dynamodb</c> on the table, with nothing of this machine's own AWS settings.</summary>
    private static async Task<JsonNode> AwsAsync(Uri address, string operation, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "aws",
            ["dynamodb", operation, "--table-name", Budgets.TableName, "--endpoint-url", address.ToString(), "--output", "json", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AWS_ACCESS_KEY_ID"] = Budgets.Account;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "any";
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_CONFIG_FILE"] = Path.Combine(AppContext.BaseDirectory, "no-config");
        start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(AppContext.BaseDirectory, "no-credentials");
        start.Environment["AWS_PAGER"] = "";
        start.Environment.Remove("AWS_SESSION_TOKEN");
        start.Environment.Remove("AWS_PROFILE");
        using var process = Process.Start(start) ?? throw new InvalidOperationException("aws did not start.");
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"aws dynamodb {operation}: {await error}");
        return output.Length == 0 ? new JsonObject() : JsonNode.Parse(output)!;
    }
}
