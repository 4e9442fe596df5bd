using System.Text.Json.Nodes;
using Amazon.Budgets.Model;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests;

/// <summary>The hub asks a spoke, and reads the answer: an exception would be no answer, and tell nothing of what was seen.</summary>
public sealed class AskedLookTests
{
    [Fact]
    public async Task What_was_seen_is_answered_with_the_reason_where_an_altered_budget_cannot_be_put_back()
    {
        await using var line = await Line.CreateAsync(new ImmediateClock(TimeProvider.System));
        await line.EditAsync(Line.Spoke, "100");
        await line.ApplyAndCollectAsync();
        var budget = Assert.Single(await line.BudgetsAsync());
        using var clients = line.As(Line.Spoke);
        await clients.Budgets.UpdateBudgetAsync(new UpdateBudgetRequest
        {
            AccountId = Line.Spoke,
            NewBudget = new Budget
            {
                BudgetName = budget.BudgetName,
                BudgetLimit = budget.BudgetLimit,
                BudgetType = budget.BudgetType,
                TimeUnit = Amazon.Budgets.TimeUnit.DAILY,
            },
        });
        line.Cloud.Faults.OnCalls(call => call.Operation == "UpdateBudget"
            ? new Fault.Refusal(new AwsException("InternalErrorException", "later", 500))
            : null);

        var answer = JsonNode.Parse(await Line.InvokeAsync(line.Apply, """{"look":true,"because":"hub"}"""))!;

        Assert.Equal("Looked", answer["outcome"]!.ToString());
        Assert.True(answer["budgets"]![0]!["altered"]!.GetValue<bool>());
        Assert.Contains("budgets:UpdateBudget answered InternalError", answer["reasons"]![0]!.ToString(), StringComparison.Ordinal);
        // Nobody reads the answer of the schedule's: Lambda runs it again.
        await Assert.ThrowsAnyAsync<Exception>(() => Line.InvokeAsync(line.Apply, """{"look":true}"""));
    }
}
