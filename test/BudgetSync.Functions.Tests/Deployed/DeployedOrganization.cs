using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.DocumentModel;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.CloudFormation;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Organizations;
using BudgetSync.Management;
using BudgetSync.Spoke;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>
/// A small organization with BudgetSync deployed from its templates: nothing is wired by hand, and every call is judged by the templates' policies.
/// Stepped, on a clock of its own: a year of retries takes no time, and every run is the same.
/// </summary>
internal sealed class DeployedOrganization : IAsyncDisposable
{
    public const string Management = "999999999999";
    public const string Spoke = "111111111111";
    public const string SpokeStack = "StackSet-BudgetSync-Spoke";
    public const string ModelsStack = "BudgetSync-Models";
    private const string TemplateUrl = "https://artifacts.s3.amazonaws.com/spoke.template.json";
    private const string ModelsTemplateUrl = "https://artifacts.s3.amazonaws.com/models.template.json";

    /// <summary>A whole life takes about a thousand.</summary>
    private const int MaximumSteps = 20_000;

    private Templates templates;
    private int steps;
    private readonly Random? order;

    /// <param name="order">Chooses which piece of work that is ready runs next; null takes the one that waits longest.</param>
    /// <param name="options">Changes how the cloud behaves; null leaves it as it is.</param>
    /// <param name="log">What the functions log; null: it is not kept.</param>
    public DeployedOrganization(
        Templates templates, Random? order = null, Func<LocalCloudOptions, LocalCloudOptions>? options = null, Stream? log = null)
    {
        this.order = order;
        this.templates = templates;
        var behaviour = new LocalCloudOptions
        {
            Time = Clock,
            Stepped = true,
            // The cloud's clock stands while a function waits for its turn.
            Organizations = new OrganizationsOptions { ThrottlesTags = false },
        };
        Cloud = new LocalCloud(options?.Invoke(behaviour) ?? behaviour);
        Members = Cloud.Organizations.AddOrganizationalUnit(OrganizationsService.RootId, "Members");
        UncoveredUnit = Cloud.Organizations.AddOrganizationalUnit(OrganizationsService.RootId, "Outside");
        Cloud.Organizations.AddAccount(Spoke, "spoke", Members);
        Cloud.CloudFormation.UploadedTemplates[TemplateUrl] = templates.Spoke;
        Cloud.CloudFormation.UploadedTemplates[ModelsTemplateUrl] = templates.Models;
        Cloud.Lambda.RegisterInProcess("BudgetSync.Management", environment =>
        {
            var function = ManagementFunction.Create(environment.Variables, environment.CreateHandler(), new ImmediateClock(Clock), new Random(1), log);
            return (payload, context) => function.InvokeAsync(payload, context.Deadline - Clock.GetUtcNow(), context.Killed);
        });
        Cloud.Lambda.RegisterInProcess("BudgetSync.Spoke", environment =>
        {
            var function = SpokeFunction.Create(environment.Variables, environment.CreateHandler(), new ImmediateClock(Clock), new Random(1), log);
            return (payload, context) => function.InvokeAsync(payload, context.Deadline - Clock.GetUtcNow(), context.Killed);
        });
    }

    public VirtualClock Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero));

    public LocalCloud Cloud { get; }

    /// <summary>The OU that the stack set targets.</summary>
    public string Members { get; }

    /// <summary>An OU that it does not target.</summary>
    public string UncoveredUnit { get; }

    /// <summary>Deploys the tables, the management stack, and then the stack set of spokes.</summary>
    /// <exception cref="StackException">One of them cannot be deployed.</exception>
    public async Task DeployAsync()
    {
        await DeployTablesAsync();
        await DeployManagementAsync();
        await DeployRolloutAsync();
        await SettleAsync();
    }

    /// <summary>Deploys from other templates from now on.</summary>
    public void Use(Templates others)
    {
        templates = others;
        Cloud.CloudFormation.UploadedTemplates[TemplateUrl] = others.Spoke;
        Cloud.CloudFormation.UploadedTemplates[ModelsTemplateUrl] = others.Models;
    }

    public Task DeployTablesAsync() => DeployAsync("BudgetSync-Tables", templates.Tables, []);

    public Task DeployManagementAsync()
    {
        Dictionary<string, string> given = new(Common) { ["CodeBucket"] = "artifacts", ["CodeKey"] = "code.zip" };
        // The hub lives in a delegated administrator's account, and is told whose organization it is.
        if (Cloud.Options.ManagementAccountId != Management) given["OrganizationManagementAccountId"] = Cloud.Options.ManagementAccountId;
        return DeployAsync("BudgetSync-Management", templates.Management, given);
    }

    /// <summary>Deploys the stack that asks Cost Explorer.</summary>
    /// <param name="most">Requests a day.</param>
    public async Task DeployTrackAsync(int most)
    {
        Dictionary<string, string> given = new() { ["CostRequestsPerDay"] = $"{most}", ["CodeBucket"] = "artifacts", ["CodeKey"] = "code.zip" };
        await DeployAsync("BudgetSync-Track", templates.Track, given);
        await SettleAsync();
    }

    /// <summary>Deploys the stack that makes the hourly page, with its dashboard.</summary>
    public async Task DeployReportAsync()
    {
        await DeployAsync(
            "BudgetSync-Report", templates.Report, new(Common) { ["Dashboard"] = "Enabled", ["CodeBucket"] = "artifacts", ["CodeKey"] = "code.zip" });
        await SettleAsync();
    }

    public Task DeployRolloutAsync()
    {
        Dictionary<string, string> given = new(Common)
        {
            ["BudgetActions"] = "Enabled",
            ["TargetOrganizationalUnitIds"] = Members,
            ["SpokeTemplateUrl"] = TemplateUrl,
            ["SpokeCodeBucket"] = "artifacts",
            ["SpokeCodeKey"] = "code.zip",
        };
        // Only the rollout that has a second stack set, for other Regions, knows these.
        if (Template.Parse(templates.Rollout).Resources.ContainsKey("ModelsRollout"))
            (given["ModelsTemplateUrl"], given["ModelsCodeBuckets"]) = (ModelsTemplateUrl, "artifacts");
        return DeployAsync("BudgetSync-Rollout", templates.Rollout, given);
    }

    /// <summary>Deploys the stack of a Region's models by itself.</summary>
    /// <exception cref="StackException">It cannot be deployed.</exception>
    public async Task<Stack> DeployModelsAsync(string account, string region, string code = "code.zip")
    {
        Dictionary<string, string> given = new() { ["HomeRegion"] = "us-east-1", ["CodeBuckets"] = "artifacts", ["CodeKey"] = code };
        return await UntilDoneAsync(Cloud.CloudFormation.DeployAsync(account, region, ModelsStack, Template.Parse(templates.Models), given));
    }

    /// <summary>Deploys a spoke stack by itself, as one does in the console.</summary>
    /// <exception cref="StackException">It cannot be deployed.</exception>
    public async Task<Stack> DeploySpokeAsync(
        string account, string region = "us-east-1", string homeRegion = "us-east-1", string name = "BudgetSync-Spoke", string code = "code.zip") =>
        await UntilDoneAsync(Cloud.CloudFormation.DeployAsync(
            account,
            region,
            name,
            Template.Parse(templates.Spoke),
            new Dictionary<string, string>(Common)
            {
                ["BudgetActions"] = "Enabled",
                ["CodeBucket"] = "artifacts",
                ["CodeKey"] = code,
                ["ManagementAccountId"] = Management,
                ["HomeRegion"] = homeRegion,
            }));

    /// <summary>Puts a row, written as people write it in JSON.</summary>
    public async Task PutRowAsync(string json)
    {
        using var clients = As(Management);
        await clients.Dynamo.PutItemAsync("BudgetSync-Budgets", Document.FromJson(json).ToAttributeMap());
        await SettleAsync();
    }

    public async Task DeleteRowAsync(string key)
    {
        using var clients = As(Management);
        await clients.Dynamo.DeleteItemAsync("BudgetSync-Budgets", new() { ["AccountId"] = new() { S = key } });
        await SettleAsync();
    }

    /// <summary>What the status table says of a row: state and reasons; null where it says nothing.</summary>
    public async Task<string?> StateAsync(string key)
    {
        using var clients = As(Management);
        var item = (await clients.Dynamo.GetItemAsync("BudgetSync-Status", new() { ["AccountId"] = new() { S = key } })).Item;
        return item is { Count: > 0 } ? item["State"].S : null;
    }

    public async Task<List<string>> BudgetNamesAsync(string account)
    {
        using var clients = As(account);
        var answer = await clients.Budgets.DescribeBudgetsAsync(new Amazon.Budgets.Model.DescribeBudgetsRequest { AccountId = account });
        return [.. (answer.Budgets ?? []).Select(budget => budget.BudgetName).Order(StringComparer.Ordinal)];
    }

    /// <summary>A budget that somebody in the account made by hand.</summary>
    public Task CreateForeignBudgetAsync(string account, string name) => CallAsync(Cloud.Budgets, account, "CreateBudget", new JsonObject
    {
        ["AccountId"] = account,
        ["Budget"] = new JsonObject
        {
            ["BudgetName"] = name,
            ["BudgetType"] = "COST",
            ["TimeUnit"] = "MONTHLY",
            ["BudgetLimit"] = new JsonObject { ["Amount"] = "5", ["Unit"] = "USD" },
        },
    });

    /// <summary>Makes one call as an account's administrator.</summary>
    public Task<JsonObject> CallAsync(AwsService service, string account, string operation, JsonObject input) =>
        CallAsync(service, Caller.Root(account), operation, input);

    public Task<JsonObject> CallAsync(AwsService service, Caller caller, string operation, JsonObject input, string region = "us-east-1") =>
        Cloud.Gateway.InvokeAsync(service, new AwsCall(service.SigningName, operation, caller, region, input), CancellationToken.None);

    /// <summary>What a test reads tables with.</summary>
    public AwsCaller CallerOfTest => new(Clock, new Random(1), new JsonLog(null, Clock));

    public AwsClients As(string account) => new(
        new Dictionary<string, string> { ["AWS_REGION"] = "us-east-1", ["AWS_ACCESS_KEY_ID"] = account, ["AWS_SECRET_ACCESS_KEY"] = "any" },
        Cloud.CreateHandler());

    /// <summary>Runs everything to its end, moving the clock to whatever is due next; schedules that come due on the way fire.</summary>
    public async Task SettleAsync()
    {
        await RunReadyAsync();
        while (Cloud.Work.NextDue is { } due)
        {
            Clock.AdvanceTo(due);
            await RunReadyAsync();
        }
    }

    /// <summary>Runs what needs no time to pass.</summary>
    public Task RunAsync() => RunReadyAsync();

    /// <summary>Lets time pass, with all that is scheduled in it.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var end = Clock.GetUtcNow() + time;
        await SettleAsync();
        while (Cloud.EventBridge.NextSchedule is { } next && next <= end)
        {
            Clock.AdvanceTo(next);
            await SettleAsync();
        }

        Clock.AdvanceTo(end);
        await SettleAsync();
    }

    /// <summary>Lets the cloud work until something that waits for it, a deployment for example, is done.</summary>
    public async Task<T> UntilDoneAsync<T>(Task<T> waiting)
    {
        await UntilDoneAsync((Task)waiting);
        return await waiting;
    }

    /// <inheritdoc cref="UntilDoneAsync{T}(Task{T})"/>
    public async Task UntilDoneAsync(Task waiting)
    {
        while (!waiting.IsCompleted)
        {
            await RunReadyAsync();
            if (waiting.IsCompleted) break;
            if ((Cloud.Work.NextDue ?? Clock.NextDue) is not { } due) throw new InvalidOperationException("It waits for something that nobody does.");
            Clock.AdvanceTo(due);
        }

        await waiting;
    }

    public ValueTask DisposeAsync() => Cloud.DisposeAsync();

    private Dictionary<string, string> Common => new()
    {
        ["OrganizationId"] = Cloud.Options.OrganizationId,
        ["EmailRecipient"] = "finops@example.com",
    };

    private Task<Stack> DeployAsync(string stack, string template, Dictionary<string, string> parameters) =>
        UntilDoneAsync(Cloud.CloudFormation.DeployAsync(Management, stack, template, parameters));

    private async Task RunReadyAsync()
    {
        while (Cloud.Work.Ready is { Count: > 0 } ready)
        {
            var index = order?.Next(ready.Count) ?? 0;
            var piece = ready[index];
            if (++steps > MaximumSteps)
                throw new InvalidOperationException(
                    $"The cloud does not come to rest; after {MaximumSteps} pieces of work the next is \"{piece}\" at {Clock.GetUtcNow():O}.");
            var run = Cloud.Work.RunOneAsync(index);
            // A stack set waits for custom resources, which are pieces of their own: it ends when they have.
            if (!piece.StartsWith("StackSets", StringComparison.Ordinal)) await run;
        }
    }
}
