namespace BudgetSync.LocalAws.Tests.DynamoDb;

/// <summary>The cases of conformance.json against this cloud, and against AWS's own DynamoDB Local where one listens.</summary>
public sealed class ConformanceTests
{
    [Fact]
    public Task Numbers_are_kept_exactly_and_answered_without_exponent_or_needless_digits() => HoldAsync("number");

    [Fact]
    public Task Values_that_break_a_rule_are_refused() => HoldAsync("value");

    [Fact]
    public Task Keys_are_refused_that_are_not_of_the_tables_schema() => HoldAsync("key");

    [Fact]
    public Task Conditions_hold_or_fail_or_are_refused_as_written() => HoldAsync("condition");

    [Fact]
    public Task Updates_give_the_item_or_are_refused_as_written() => HoldAsync("update");

    [Fact]
    public Task Answers_hold_what_was_asked_for() => HoldAsync("answer");

    [Fact]
    public Task Scans_and_queries_choose_the_items_that_were_asked_for() => HoldAsync("read");

    [Fact]
    public Task Transactions_are_done_whole_or_cancelled_with_a_reason_for_each_action() => HoldAsync("transaction");

    [DynamoDbLocalFact]
    public async Task DynamoDB_Local_answers_the_same_except_where_the_file_says_why()
    {
        using var handler = new SocketsHttpHandler();
        var wrong = await WrongAsync(handler, new Uri(DynamoDbLocalFactAttribute.Url!), ConformanceCase.All, one => one.DynamoDbLocal ?? one.Answer);

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private static async Task HoldAsync(string group)
    {
        var cases = ConformanceCase.All.Where(one => one.Group == group).ToList();
        await using var cloud = new LocalCloud();

        var wrong = await WrongAsync(cloud.CreateHandler(), new Uri("http://aws.localhost"), cases, one => one.Answer);

        Assert.NotEmpty(cases);
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private static async Task<List<string>> WrongAsync(
        HttpMessageHandler handler,
        Uri address,
        IReadOnlyList<ConformanceCase> cases,
        Func<ConformanceCase, System.Text.Json.Nodes.JsonNode> expected)
    {
        using var table = await ConformanceTable.CreateAsync(handler, address);
        var wrong = new List<string>();
        foreach (var one in cases)
        {
            var (should, does) = (ConformanceTable.Canonical(expected(one)), await table.RunAsync(one));
            if (should != does) wrong.Add($"{one.Name}\n  should answer {should}\n  answers       {does}");
        }

        return wrong;
    }
}
