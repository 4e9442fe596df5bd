using System.CommandLine;
using Amazon.Budgets.Model;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Clients;
using BudgetSync.Cli.Commands.Local;
using BudgetSync.Cli.Terminal;
using BudgetSync.LocalAws;

namespace BudgetSync.Cli.Tests.Commands.Local;

/// <summary>
/// A <c>budgetsync local</c> that stays up on a port of its own until the test interrupts it; the test calls it through the AWS SDK over the socket.
/// </summary>
internal sealed class RunningLocal : IAsyncDisposable
{
    public const string Management = "999999999999";
    private readonly CancellationTokenSource interrupt = new();
    private readonly Task<int> run;
    private readonly SignallingWriter output = new();
    private readonly SignallingWriter error = new();

    private RunningLocal(string[] arguments)
    {
        var options = new LocalOptions();
        var command = new Command("local");
        options.AddTo(command);
        var parsed = command.Parse(arguments.Contains("--port") ? arguments : ["--port", "0", .. arguments]);
        Assert.Empty(parsed.Errors);
        var settings = options.Read(parsed);
        Cloud = LocalRun.CloudFor(settings, callsKept: 100_000);
        run = Task.Run(() => LocalRun.RunAsync(settings, Cloud, new ConsoleContext(output, error, Interactive: false), interrupt.Token));
    }

    public LocalCloud Cloud { get; }

    public string Out => output.ToString();

    public string Error => error.ToString();

    public string Endpoint => Cloud.Address?.ToString() ?? throw new InvalidOperationException("It does not listen.");

    /// <summary>Starts one and waits until its rows have settled.</summary>
    public static async Task<RunningLocal> StartAsync(params string[] arguments)
    {
        var local = new RunningLocal(arguments);
        var ready = local.error.UntilAsync("Ctrl+C ends it");
        // A run that ends before it is ready failed: its own words say why.
        if (await Task.WhenAny(ready, local.run) == local.run) throw new InvalidOperationException($"exit {await local.run}: {local.Error}");
        return local;
    }

    public Task UntilSaidAsync(string text) => error.UntilAsync(text);

    /// <summary>The environment of a person who works in an account of this organization.</summary>
    public Dictionary<string, string> EnvironmentOf(string account) => new()
    {
        ["AWS_ENDPOINT_URL"] = Endpoint,
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = account,
        ["AWS_SECRET_ACCESS_KEY"] = "local",
    };

    public AwsClients As(string account) => new(EnvironmentOf(account), null);

    /// <summary>Sets attributes of a row, as the console does, and waits until all that follows from it has been done.</summary>
    public async Task EditAsync(string account, string expression, Dictionary<string, AttributeValue> values)
    {
        using var clients = As(Management);
        await clients.Dynamo.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = "BudgetSync-Budgets",
            Key = new() { ["AccountId"] = new() { S = account } },
            UpdateExpression = expression,
            ExpressionAttributeValues = values.Count == 0 ? null : values,
        });
        await Cloud.Work.WhenIdleAsync();
    }

    /// <summary>Every budget in the account, each as one line, with its notifications and who hears of them.</summary>
    public async Task<IReadOnlyList<string>> BudgetsAsync(string account)
    {
        using var clients = As(account);
        var lines = new List<string>();
        foreach (var budget in (await clients.Budgets.DescribeBudgetsAsync(new DescribeBudgetsRequest { AccountId = account })).Budgets ?? [])
        {
            var alerts = new List<string>();
            foreach (var notification in (await clients.Budgets.DescribeNotificationsForBudgetAsync(
                new DescribeNotificationsForBudgetRequest { AccountId = account, BudgetName = budget.BudgetName })).Notifications
                ?? [])
            {
                var subscribers =
                    await clients.Budgets.DescribeSubscribersForNotificationAsync(
                        new DescribeSubscribersForNotificationRequest { AccountId = account, BudgetName = budget.BudgetName, Notification = notification });
                // The spoke's own topic is told of every row's; LocalOnceTests looks at it.
                var people = subscribers.Subscribers.Select(subscriber => subscriber.Address)
                    .Where(address => !address.EndsWith(":BudgetSync-Alerts", StringComparison.Ordinal));
                alerts.Add($"{notification.Threshold}: {string.Join(' ', people.Order(StringComparer.Ordinal))}");
            }

            lines.Add($"{budget.BudgetName} {budget.BudgetLimit.Amount:0.##} {string.Join("; ", alerts.Order(StringComparer.Ordinal))}");
        }

        return lines;
    }

    /// <summary>Presses Ctrl+C.</summary>
    public async Task<int> InterruptAsync()
    {
        await interrupt.CancelAsync();
        return await run;
    }

    public async ValueTask DisposeAsync()
    {
        await InterruptAsync();
        interrupt.Dispose();
        await output.DisposeAsync();
        await error.DisposeAsync();
    }
}
