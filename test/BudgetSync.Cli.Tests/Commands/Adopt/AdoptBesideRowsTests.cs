using System.Text.Json.Nodes;
using Amazon.Budgets.Model;
using BudgetSync.Cli.Tests.Commands.Rows.Editing;

namespace BudgetSync.Cli.Tests.Commands.Adopt;

/// <summary>The whole way, adopt and import: what rows said of the account before, they say after.</summary>
public sealed class AdoptBesideRowsTests
{
    private const string A = "222222222201";
    private const string B = "222222222202";
    private const string Unit = "ou-local-00000001";
    private const string Topic = "arn:aws:sns:us-east-1:{AccountId}:finance";

    /// <summary>1,000 and a grant of 500 are 1,500 in AWS, and the row goes on to say 1,000 and the grant.</summary>
    [Fact]
    public async Task An_accounts_row_keeps_its_grants_and_what_else_it_says_and_the_topic_above_comes_to_no_adopted_budget()
    {
        await using var local = await EditedLocal.StartAsync($$"""
            [{ "AccountId": "{{A}}", "BudgetValue": 1000, "EmailRecipients": "own@example.com", "SnsTopicArn": null, "Notify": "operations Critical",
               "Grants": [{ "Amount": 500, "Until": "2086-11-30", "Why": "load test" }], "x-Cost": "00420" },
             { "AccountId": "default", "SnsTopicArn": "{{Topic}}", "Thresholds": [70] }]
            """);
        await MakeAsync(local, A);
        var before = await BudgetsAsync(local, A);
        Assert.Contains("SpokeAccountBudget 1500", before, StringComparison.Ordinal);

        var run = await local.RunAsync("adopt", "--all", "--rows", local.File("adopted.json"));
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        var row = Assert.Single(JsonNode.Parse(await File.ReadAllTextAsync(local.File("adopted.json")))!.AsArray())!; // The command wrote it.
        Assert.Equal("""
            {"BudgetValue":1000,"EmailRecipients":"own@example.com","Grants":[{"Amount":500,"Until":"2086-11-30","Why":"load test"}],"SnsTopicArn":null}
            """.Trim(), row["Budgets"]![0]!.ToJsonString());
        Assert.Equal(("operations Critical", "00420"), ((string?)row["Notify"], (string?)row["x-Cost"]));
        Assert.True(row["Budgets"]![1]!.AsObject().TryGetPropertyValue("SnsTopicArn", out var none) && none is null);

        local.Cloud.Calls.Clear();
        var imported = await local.RunAsync("rows", "import", local.File("adopted.json"), "--yes", "--wait");
        Assert.True(imported.ExitCode == ExitCode.Done, imported.Out + imported.Error);
        Assert.Equal(before, await BudgetsAsync(local, A));
        Assert.DoesNotContain(local.Cloud.Calls.Calls, call => call.Call.Service == "budgets"
            && call.Call.Operation is "UpdateBudget" or "CreateBudget" or "DeleteBudget" or "CreateNotification" or "DeleteNotification" or "DeleteSubscriber");
        Assert.DoesNotContain(local.Cloud.Calls.Calls, call => call.Call.Input.ToJsonString().Contains(":finance", StringComparison.Ordinal));
        Assert.Equal(["Notify", "x-Cost"], ((JsonObject)JsonNode.Parse((await local.RowsAsync())[A])!).Select(each => each.Key) // The table's own JSON.
            .Where(name => name != "Budgets"));
    }

    /// <summary>Of two accounts below an OU's row one has an amount of its own: only there the budgets can be put beside it.</summary>
    [Fact]
    public async Task What_an_OU_gives_an_account_goes_on_to_follow_the_OU()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf([A, B]));
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "set", Unit, "--value", "500", "--yes", "--wait")).ExitCode);
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "delete", A, "--yes", "--allow-large", "--wait")).ExitCode);
        await MakeAsync(local, A);
        await MakeAsync(local, B);

        var run = await local.RunAsync("adopt", "--all", "--rows", local.File("adopted.json"));
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(
            $"{A}: no row is written: \"SpokeAccountBudget\" of row \"{Unit}\" would be deleted, because Budgets of a row take the place of inherited ones; "
                + "give the account a row with an amount of its own first",
            run.Error.ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Contains("2 with budgets to adopt (1 of them not written)", run.Error, StringComparison.Ordinal);
        Assert.Equal([B], JsonNode.Parse(await File.ReadAllTextAsync(local.File("adopted.json")))!.AsArray().Select(row => (string?)row!["AccountId"]));
        var imported = await local.RunAsync("rows", "import", local.File("adopted.json"), "--yes", "--wait");
        Assert.True(imported.ExitCode == ExitCode.Done, imported.Out + imported.Error);
        Assert.Contains("SpokeAccountBudget 500", await BudgetsAsync(local, A), StringComparison.Ordinal);

        // With an amount of its own the account has both.
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "set", A, "--value", "500", "--yes", "--wait")).ExitCode);
        var again = await local.RunAsync("adopt", "--account", A, "--rows", local.File("again.json"));
        Assert.True(again.ExitCode == ExitCode.Done, again.Error);
        var row = Assert.Single(JsonNode.Parse(await File.ReadAllTextAsync(local.File("again.json")))!.AsArray())!; // The command wrote it.
        Assert.Equal("""{"BudgetValue":500}""", row["Budgets"]![0]!.ToJsonString());
        Assert.Equal("Team", (string?)row["Budgets"]![1]!["BudgetName"]);
    }

    private static async Task MakeAsync(EditedLocal local, string account)
    {
        using var clients = local.Local.As(account);
        await clients.Budgets.CreateBudgetAsync(new CreateBudgetRequest
        {
            AccountId = account,
            Budget = new Budget { BudgetName = "Team", BudgetType = "COST", TimeUnit = "MONTHLY", BudgetLimit = new() { Amount = 1200.5m, Unit = "USD" } },
            NotificationsWithSubscribers =
            [
                new()
                {
                    Notification = new() { NotificationType = "ACTUAL", ComparisonOperator = "GREATER_THAN", Threshold = 80 },
                    Subscribers = [new() { SubscriptionType = "EMAIL", Address = "owner@example.com" }],
                },
            ],
        });
    }

    private static async Task<string> BudgetsAsync(EditedLocal local, string account)
    {
        using var clients = local.Local.As(account);
        var answer = await clients.Budgets.DescribeBudgetsAsync(new DescribeBudgetsRequest { AccountId = account });
        return string.Join('\n', answer.Budgets.Select(budget => $"{budget.BudgetName} {budget.BudgetLimit.Amount} {budget.LastUpdatedTime:O}"));
    }
}
