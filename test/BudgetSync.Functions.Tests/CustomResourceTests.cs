using System.Text.Json;

namespace BudgetSync.Functions.Tests;

public sealed class CustomResourceTests
{
    [Fact]
    public async Task A_stack_that_comes_is_answered_SUCCESS_though_no_parameter_is_there_yet()
    {
        await using var line = await Line.CreateAsync();

        await Line.InvokeAsync(line.Apply, Request("Create"));

        Assert.Equal("SUCCESS", Answer(line).GetProperty("Status").GetString());
        Assert.Null(Assert.Single(line.Answers.ContentTypes));
    }

    [Fact]
    public async Task A_stack_that_goes_takes_our_budgets_along_and_is_answered_under_the_same_id()
    {
        await using var line = await Line.CreateAsync();
        await line.EditAsync(Line.Spoke, "1000");
        await line.ApplyAndCollectAsync();

        await Line.InvokeAsync(line.Apply, Request("Delete"));

        Assert.Empty(await line.BudgetsAsync());
        Assert.Equal(("SUCCESS", "the-id"), (Answer(line).GetProperty("Status").GetString(), Answer(line).GetProperty("PhysicalResourceId").GetString()));
    }

    [Fact]
    public async Task A_stack_that_comes_while_a_service_is_down_is_not_rolled_back_for_it()
    {
        await using var line = await Line.CreateAsync();
        line.Cloud.Faults.OnCalls(call => call.Operation == "GetParameter"
            ? new LocalAws.Kernel.Fault.Refusal(new LocalAws.Kernel.AwsException("InternalServerError", "The service is down.", 500))
            : null);

        // Thrown all the same: Lambda tries again in a minute.
        await Assert.ThrowsAnyAsync<Exception>(() => Line.InvokeAsync(line.Apply, Request("Create")));

        Assert.Equal("SUCCESS", Answer(line).GetProperty("Status").GetString());
    }

    [Fact]
    public async Task Work_that_fails_is_answered_FAILED_and_is_a_function_error_too()
    {
        await using var line = await Line.CreateAsync();
        line.Cloud.Faults.OnCalls(call => call.Operation == "DescribeBudgets"
            ? new LocalAws.Kernel.Fault.Refusal(new LocalAws.Kernel.AwsException("ThrottlingException", "Rate exceeded"))
            : null);

        await Assert.ThrowsAnyAsync<Exception>(() => Line.InvokeAsync(line.Apply, Request("Delete")));

        Assert.Equal("FAILED", Answer(line).GetProperty("Status").GetString());
        Assert.Contains("Rate exceeded", Answer(line).GetProperty("Reason").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Create")]
    [InlineData("Delete")]
    public async Task The_report_leaves_before_the_answer_and_without_the_presigned_URL(string type)
    {
        await using var line = await Line.CreateAsync();
        var sent = new List<string>();
        line.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation == "PutEvents") sent.Add($"{line.Answers.Answers.Count} answers: {(string?)call.Input["Entries"]![0]!["Detail"]}");
            return null;
        });

        await Line.InvokeAsync(line.Apply, Request(type));

        var report = Assert.Single(sent);
        Assert.StartsWith("0 answers", report, StringComparison.Ordinal);
        Assert.Contains($"\"RequestType\":\"{type}\"", report, StringComparison.Ordinal);
        Assert.DoesNotContain(AnswerCatcher.Url, report, StringComparison.Ordinal);
        Assert.DoesNotContain("ResponseURL", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_does_not_leave_is_no_fault_of_the_stack()
    {
        await using var line = await Line.CreateAsync();
        line.Cloud.Faults.OnCalls(call => call.Operation == "PutEvents"
            ? new LocalAws.Kernel.Fault.Refusal(new LocalAws.Kernel.AwsException("AccessDeniedException", "not authorized"))
            : null);

        await Line.InvokeAsync(line.Apply, Request("Create"));

        Assert.Equal("SUCCESS", Answer(line).GetProperty("Status").GetString());
    }

    private static JsonElement Answer(Line line) => JsonDocument.Parse(Assert.Single(line.Answers.Answers)).RootElement;

    [Fact]
    public async Task A_first_apply_that_goes_leaves_the_budgets_to_the_removal()
    {
        await using var line = await Line.CreateAsync();
        await line.EditAsync(Line.Spoke, "1000");
        await line.ApplyAndCollectAsync();

        await Line.InvokeAsync(line.Apply, Request("Delete", "FirstApply"));

        Assert.NotEmpty(await line.BudgetsAsync());
        Assert.Equal("SUCCESS", Answer(line).GetProperty("Status").GetString());
    }

    [Fact]
    public async Task A_removal_that_comes_does_and_reports_nothing()
    {
        await using var line = await Line.CreateAsync();
        line.Cloud.Calls.Clear();

        await Line.InvokeAsync(line.Apply, Request("Create", "Removal"));

        Assert.Equal((0, 0), (line.Cloud.Calls.Count("events", "PutEvents"), line.Cloud.Calls.Count("ssm", "GetParameter")));
        Assert.Equal(
            ("SUCCESS", "BudgetSync-Removal"),
            (Answer(line).GetProperty("Status").GetString(), Answer(line).GetProperty("PhysicalResourceId").GetString()));
    }

    private static string Request(string type) => Request(type, type == "Delete" ? "Removal" : "FirstApply");

    private static string Request(string type, string resource) =>
        "{\"RequestType\":\""
            + type
            + "\",\"ResponseURL\":\""
            + AnswerCatcher.Url
            + "\",\"StackId\":\"arn:stack\",\"RequestId\":\"r1\",\"LogicalResourceId\":\""
            + resource
            + "\",\"ResourceType\":\"Custom::BudgetSync"
            + resource
            + "\""
        + (type == "Create" ? "" : ",\"PhysicalResourceId\":\"the-id\"") + ",\"ResourceProperties\":{}}";
}
