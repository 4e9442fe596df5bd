using BudgetSync.LocalAws.Billing;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>What made costs rise, beside the alert that they did; Cost Explorer is on in the template with channels.</summary>
public sealed class DriverTests
{
    private static readonly AwsException Unavailable = new("DataUnavailableException", "The requested data is unavailable.");

    [Fact]
    public async Task A_breach_says_which_services_rose_most_to_each_channel_for_one_request()
    {
        await using var world = await OverspentAsync();

        var wanted = "Amazon Elastic Compute Cloud - Compute +";
        var fields = Assert.Single(world.Of(ProviderWorld.Slack)).Json.GetProperty("blocks").EnumerateArray()
            .SelectMany(block => block.TryGetProperty("fields", out var some) ? some.EnumerateArray() : default)
            .Select(field => field.Text("text"));
        Assert.Contains(fields, field => field!.StartsWith($"Rose most\n{wanted}", StringComparison.Ordinal));
        Assert.Contains(wanted, world.Of(ProviderWorld.ServiceNow)[0].Json.Text("description"), StringComparison.Ordinal);
        Assert.Empty(world.Of(ProviderWorld.Slack).SelectMany(ProviderWorld.Problems));
        Assert.Equal(1, world.Organization.Cloud.CostExplorer.Requests.Values.Sum());
    }

    [Fact]
    public async Task What_is_over_asks_nothing()
    {
        await using var world = await OverspentAsync();
        await world.Organization.PutRowAsync($$"""{"AccountId":"{{ProviderWorld.Spoke}}","BudgetValue":100000,"Notify":["finops Critical"]}""");
        await world.Organization.PassAsync(TimeSpan.FromDays(2));

        Assert.Equal(["Critical", "Resolved"], world.Of(ProviderWorld.Slack).Select(request => request.Json.Text("text")!.Split(':')[0]));
        Assert.Equal(1, world.Organization.Cloud.CostExplorer.Requests.Values.Sum());
    }

    [Fact]
    public async Task An_alert_does_not_wait_for_its_explanation()
    {
        await using var world = await OverspentAsync(
            organization => organization.Cloud.Faults.OnCalls(call => call.Operation == "GetCostAndUsage" ? new Fault.Refusal(Unavailable) : null));

        Assert.DoesNotContain("Rose most", Assert.Single(world.Of(ProviderWorld.Slack)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_tried_again_has_its_explanation_and_asks_no_second_time()
    {
        var busy = new AwsException("ThrottlingException", "Rate exceeded", 400);
        await using var world = await OverspentAsync(
            organization => organization.Cloud.Faults.OnCalls(call => call.Operation == "Publish" ? new Fault.Refusal(busy) : null));
        await world.Organization.PassAsync(TimeSpan.FromHours(3));
        Assert.DoesNotContain(world.Organization.Cloud.Sns.Published, IsMail);

        world.Organization.Cloud.Faults.Reset();
        await world.Organization.PassAsync(TimeSpan.FromHours(2));

        var mail = Assert.Single(world.Organization.Cloud.Sns.Published, IsMail);
        Assert.Contains("\nRose most: Amazon Elastic Compute Cloud - Compute +", mail.Body, StringComparison.Ordinal);
        Assert.Equal(1, world.Organization.Cloud.CostExplorer.Requests.Values.Sum());

        static bool IsMail(LocalAws.Sns.PublishedMessage one) => one.TopicArn.EndsWith(":BudgetSync-Channel-mail", StringComparison.Ordinal)
            && one.Subject?.StartsWith("Critical: ", StringComparison.Ordinal) == true;
    }

    [Fact]
    public async Task Above_the_days_bound_nothing_is_asked_and_all_is_told()
    {
        await using var world = await OverspentAsync(async organization =>
        {
            using var clients = organization.As(DeployedOrganization.Management);
            await clients.Dynamo.PutItemAsync("BudgetSync-History", new()
            {
                ["AccountId"] = new() { S = ":track" },
                ["BudgetDay"] = new() { S = $"drivers#{organization.Clock.GetUtcNow():yyyy-MM-dd}" },
                ["Requests"] = new() { N = "200" },
            });
        });

        Assert.DoesNotContain("Rose most", Assert.Single(world.Of(ProviderWorld.Slack)).Body, StringComparison.Ordinal);
        Assert.Empty(world.Organization.Cloud.CostExplorer.Requests);
    }

    [Fact]
    public async Task Above_an_accounts_tenth_of_it_nothing_is_asked_about_it_and_all_is_told()
    {
        await using var world = await OverspentAsync(async organization =>
        {
            using var clients = organization.As(DeployedOrganization.Management);
            await clients.Dynamo.PutItemAsync("BudgetSync-History", new()
            {
                ["AccountId"] = new() { S = ":track" },
                ["BudgetDay"] = new() { S = $"drivers#{organization.Clock.GetUtcNow():yyyy-MM-dd}" },
                ["Requests"] = new() { N = "20" },
                [$"Of {ProviderWorld.Spoke}"] = new() { N = "20" },
            });
        });

        Assert.DoesNotContain("Rose most", Assert.Single(world.Of(ProviderWorld.Slack)).Body, StringComparison.Ordinal);
        Assert.Empty(world.Organization.Cloud.CostExplorer.Requests);
    }

    private static Task<ProviderWorld> OverspentAsync(Action<DeployedOrganization> before) => OverspentAsync(organization =>
    {
        before(organization);
        return Task.CompletedTask;
    });

    /// <summary>Machines were started yesterday, and the budget is Critical.</summary>
    private static async Task<ProviderWorld> OverspentAsync(Func<DeployedOrganization, Task>? before = null)
    {
        var world = await ProviderWorld.DeployedAsync();
        var began = DateOnly.FromDateTime(world.Organization.Clock.GetUtcNow().UtcDateTime);
        var model = new SpendModel(SpendBehaviour.Step, 10, began.AddDays(-60)) { Turn = began.AddDays(-1), Noise = 0, HasWeekdays = false };
        world.Organization.Cloud.Costs.SetSpend(ProviderWorld.Spoke, model);
        await world.Organization.PassAsync(TimeSpan.FromDays(2));
        await (before?.Invoke(world.Organization) ?? Task.CompletedTask);
        world.Organization.Cloud.Budgets.SetSpend(ProviderWorld.Spoke, ProviderWorld.Budget, 130);
        await world.Organization.SettleAsync();
        return world;
    }
}
