namespace BudgetSync.Cli.Tests.Commands.Local;

/// <summary>Every wrong row that was thought of, in one organization with two right ones.</summary>
public sealed class WrongRowsTests
{
    private const string Rows = """
        [
          { "AccountId": "222222222201", "BudgetValue": 1000 },
          { "AccountId": "222222222202", "Thresholds": 90 },
          { "AccountId": "222222222203", "BudgetValue": 0 },
          { "AccountId": "222222222204", "BudgetValue": -5 },
          { "AccountId": "222222222205", "BudgetValue": "a lot" },
          { "AccountId": "222222222206", "BudgetValue": "1e999" },
          { "AccountId": "222222222207", "BudgetValue": 1e999 },
          { "AccountId": "222222222208", "BudgetValue": 10.005 },
          { "AccountId": "22222222220", "BudgetValue": 10 },
          { "AccountId": "222222222210", "BudgetValue": 10, "Treshold": 80 },
          { "AccountId": "222222222211", "BudgetValue": 10,
            "EmailRecipients": "a@x.com,b@x.com,c@x.com,d@x.com,e@x.com,f@x.com,g@x.com,h@x.com,i@x.com,j@x.com,k@x.com" },
          { "AccountId": "222222222212", "BudgetValue": 10, "EmailRecipients": "nobody.example.com" },
          { "AccountId": "222222222213", "BudgetValue": 10, "Thresholds": [0] },
          { "AccountId": "222222222214", "BudgetValue": 10, "Thresholds": "ninety" },
          { "AccountId": "222222222215", "BudgetValue": -1, "Treshold": 80, "Thresholds": [0], "EmailRecipients": "nobody" },
          { "AccountId": "", "BudgetValue": 10 },
          { "BudgetValue": 11 },
          { "AccountId": "222222222299", "BudgetValue": 20.5 }
        ]
        """;

    /// <summary>Account, and words that its reasons must have.</summary>
    private static readonly (string Account, string[] Words)[] Wrong =
    [
        ("222222222202", ["BudgetValue"]),
        ("222222222203", ["BudgetValue", "0"]),
        ("222222222204", ["BudgetValue", "-5"]),
        ("222222222205", ["BudgetValue", "a lot"]),
        ("222222222206", ["BudgetValue", "1e999"]),
        ("222222222207", ["DynamoDB", "line 8"]),
        ("222222222208", ["BudgetValue", "10.005"]),
        ("22222222220", ["AccountId", "22222222220"]),
        ("222222222210", ["Treshold", "Thresholds"]),
        ("222222222211", ["EmailRecipients", "11"]),
        ("222222222212", ["EmailRecipients", "nobody.example.com"]),
        ("222222222213", ["Thresholds", "0"]),
        ("222222222214", ["Thresholds", "ninety"]),
    ];

    [Fact]
    public async Task Each_wrong_row_is_rejected_with_its_reason_and_every_other_is_applied()
    {
        using var file = new RowsOnDisk(Rows);
        var run = await Tool.RunAsync("local", "--once", "--json", "--rows", file.Path);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.All(Wrong, wrong =>
        {
            var account = run.Account(wrong.Account);
            Assert.Equal("Rejected", (string?)account["state"]);
            Assert.Empty(account["budgets"]!.AsArray());
            Assert.All(wrong.Words, word => Assert.Contains(word, string.Join('\n', ToolResult.Texts(account["reasons"])), StringComparison.Ordinal));
        });
        Assert.Equal(
            ["222222222201", "222222222299"],
            run.JsonArray.Where(account => (string?)account!["state"] == "Applied").Select(account => (string)account!["accountId"]!));

        // All that is wrong with a row is named at once.
        var all = ToolResult.Texts(run.Account("222222222215")["reasons"]);
        Assert.All(
            ["BudgetValue", "Treshold", "Thresholds", "EmailRecipients"],
            name => Assert.Contains(all, reason => reason.StartsWith(name, StringComparison.Ordinal)));

        // A row without a key cannot even be written; both of them are there all the same.
        var keyless = run.JsonArray.Where(account => (string?)account!["accountId"] is "").ToList();
        Assert.Equal(2, keyless.Count);
        Assert.All(keyless, account => Assert.Contains("AccountId", string.Join('\n', ToolResult.Texts(account!["reasons"])), StringComparison.Ordinal));
        Assert.Equal(18, run.JsonArray.Count);
    }

    [Fact]
    public async Task The_same_rows_as_a_table_say_why_under_it()
    {
        using var file = new RowsOnDisk(Rows);
        var run = await Tool.RunAsync("local", "--once", "--rows", file.Path);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Golden.Same("local-wrong-rows.txt", Timeless.Of(run.Out));
    }
}
