using System.Net;
using System.Text;
using BudgetSync.Aws.AccountBudgets;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Aws.Tests.Apply;

/// <summary>
/// AWS answers amounts with more digits than a decimal holds: the CLI reference of describe-budgets shows 2641.548 followed by a tail of binary dust.
/// </summary>
public sealed class LongAmountsTests
{
    [Theory]
    [InlineData("2641.548000000000022919266484677791595458984375", "2641.548")]
    [InlineData("0.000000000000000000000000000000000000000000001", "0")]
    [InlineData("1.0E-40", "0")]
    [InlineData("123456789012345678901234567.890123456789", "123456789012345678901234567.89")]
    public async Task An_amount_of_more_than_28_digits_is_read(string sent, string meant)
    {
        using var answering = new Answering("""
            {"Budgets":[{"BudgetName":"long","BudgetType":"COST","TimeUnit":"MONTHLY","BudgetLimit":{"Amount":"3000.0","Unit":"USD"},
             "CalculatedSpend":{"ActualSpend":{"Amount":"SENT","Unit":"USD"}}}]}
            """.Replace("SENT", sent, StringComparison.Ordinal));
        using var clients = new AwsClients(
            new Dictionary<string, string> { ["AWS_REGION"] = "us-east-1", ["AWS_ACCESS_KEY_ID"] = World.Alpha, ["AWS_SECRET_ACCESS_KEY"] = "any" },
            answering);
        var caller = new AwsCaller(new ImmediateClock(World.Start), new Random(1), JsonLog.Silent);

        var actual =
            await new BudgetsReader(clients.Budgets, AccountId.Parse(World.Alpha), "aws", caller).ReadAsync(DesiredBudgets.None, CancellationToken.None);

        var read = Assert.Single(actual.Budgets).ActualSpend!.Value.Amount; // Not null: the answer has it.
        Assert.Equal(decimal.Parse(meant, System.Globalization.CultureInfo.InvariantCulture), decimal.Round(read, 3));
    }

    private sealed class Answering(string budgets) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var operation = request.Headers.TryGetValues("X-Amz-Target", out var target) ? target.First() : "";
            if (request.Content is not null) await request.Content.ReadAsByteArrayAsync(cancellationToken);
            var body = operation.EndsWith(".DescribeBudgets", StringComparison.Ordinal) ? budgets : "{}";
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.1") };
        }
    }
}
