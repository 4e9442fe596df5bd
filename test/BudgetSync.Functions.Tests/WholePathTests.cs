namespace BudgetSync.Functions.Tests;

public sealed class WholePathTests
{
    [Fact]
    public async Task A_row_becomes_a_budget_and_its_status_says_Applied()
    {
        await using var line = await Line.CreateAsync();

        Assert.Equal("""{"batchItemFailures":[]}""", await line.EditAsync(Line.Spoke, "1500.50"));
        var report = await line.ApplyAndCollectAsync();

        Assert.Equal("Applied", report.GetProperty("outcome").GetString());
        Assert.Equal(1500.50m, Assert.Single(await line.BudgetsAsync()).BudgetLimit.Amount);
        var status = await line.StatusAsync(Line.Spoke);
        Assert.Equal(("Applied", status["DesiredRevision"].S), (status["State"].S, status["AppliedRevision"].S));
    }

    [Fact]
    public async Task A_failed_record_is_answered_with_its_sequence_number()
    {
        await using var line = await Line.CreateAsync();
        line.Cloud.Faults.OnCalls(call => call.Operation == "PutParameter"
            ? new LocalAws.Kernel.Fault.Refusal(new LocalAws.Kernel.AwsException("TooManyUpdates", "again"))
            : null);

        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"10000000000000000001"}]}""", await line.EditAsync(Line.Spoke, "1000"));
    }

    [Fact]
    public async Task A_reconcile_repairs_a_lost_record_and_answers_with_what_it_did()
    {
        await using var line = await Line.CreateAsync();
        using var clients = line.As(Line.Management);
        line.Cloud.Sqs.PutQueue(Line.Management, "parked");
        await clients.Dynamo.PutItemAsync("BudgetSync-Budgets", new() { ["AccountId"] = new() { S = Line.Spoke }, ["BudgetValue"] = new() { N = "1000" } });

        var answer = await Line.InvokeAsync(line.Reconcile, """{"force":true}""");

        Assert.Contains("\"written\":1,", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reconcile_of_something_that_is_no_account_says_so()
    {
        await using var line = await Line.CreateAsync();

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Line.InvokeAsync(line.Reconcile, """{"accounts":["12"]}"""));

        Assert.Contains("\"12\" is no account id", refused.Message, StringComparison.Ordinal);
    }
}
