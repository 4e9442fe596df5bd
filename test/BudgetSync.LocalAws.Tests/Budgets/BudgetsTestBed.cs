using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Budgets;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.Budgets;

/// <summary>A cloud with AWS Budgets on 20 May 2026, and words for the requests that tests make over and over.</summary>
internal sealed class BudgetsTestBed
{
    public const string Spoke = "111122223333";
    public const string Management = "999999999999";
    public const string Topic = "arn:aws:sns:us-east-1:111122223333:alerts";

    /// <summary>The trust of a role that AWS Budgets runs actions under (Cost Management user guide, "Configuring a budget action").</summary>
    private const string BudgetsTrust =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"budgets.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private readonly Wire wire;

    public BudgetsTestBed(BudgetsOptions? options = null)
    {
        Cloud = new LocalCloud(new LocalCloudOptions { Time = Clock, Stepped = true, Budgets = options ?? new BudgetsOptions() });
        foreach (var account in new[] { Spoke, Management }) Cloud.Iam.PutRole(account, Policies.Role("Budgets", BudgetsTrust, []));
        wire = new Wire(Cloud, "AWSBudgetServiceGateway", "budgets");
    }

    public FakeTimeProvider Clock { get; } = new(Api.Start);

    public LocalCloud Cloud { get; }

    /// <summary>Calls with <c>AccountId</c> set to the caller's and <paramref name="members"/> behind it.</summary>
    public Task<JsonObject> CallAsync(string operation, string members = "", string account = Spoke) =>
        wire.CallAsync(account, operation, Input(members, account));

    public Task<string> RefusedAsync(string operation, string members = "", string account = Spoke) =>
        wire.RefusedAsync(account, operation, Input(members, account));

    public Task<(string Code, string Message)> RefusalAsync(string operation, string members = "") =>
        wire.RefusalAsync(Spoke, operation, Input(members, Spoke));

    /// <summary>Calls with exactly this input: no AccountId is added.</summary>
    public Task<JsonObject> RawAsync(string operation, string input, string account = Spoke) => wire.CallAsync(account, operation, input);

    public Task<string> RawRefusedAsync(string operation, string input, string account = Spoke) => wire.RefusedAsync(account, operation, input);

    public Task<JsonObject> CreateAsync(string budget, string account = Spoke) => CallAsync("CreateBudget", $"'Budget':{budget}", account);

    public Task<string> CreateRefusedAsync(string budget, string account = Spoke) => RefusedAsync("CreateBudget", $"'Budget':{budget}", account);

    public Task<JsonObject> UpdateAsync(string budget) => CallAsync("UpdateBudget", $"'NewBudget':{budget}");

    public async Task<JsonObject> DescribeAsync(string name = "b", bool showFilterExpression = false, string account = Spoke) =>
        (await CallAsync("DescribeBudget", $"'BudgetName':'{name}','ShowFilterExpression':{(showFilterExpression ? "true" : "false")}", account))[
            "Budget"]!.AsObject();

    public async Task<IReadOnlyList<string>> NotificationsAsync(string name = "b") =>
        [
            .. (await CallAsync("DescribeNotificationsForBudget", $"'BudgetName':'{name}'"))["Notifications"]!
                .AsArray()
                .Select(notification => notification!.ToJsonString())
        ];

    public async Task<IReadOnlyList<string>> SubscribersAsync(string notification, string name = "b") =>
        [
            .. (await CallAsync("DescribeSubscribersForNotification", $"'BudgetName':'{name}','Notification':{notification}"))["Subscribers"]!
                .AsArray()
                .Select(subscriber => subscriber!["Address"]!.GetValue<string>())
        ];

    /// <summary>A MONTHLY COST budget over 1000 USD with more members where given.</summary>
    public static string Monthly(string name = "b", string amount = "1000", string more = "") =>
        $"{{'BudgetName':'{name}','BudgetType':'COST','TimeUnit':'MONTHLY','BudgetLimit':{{'Amount':'{amount}','Unit':'USD'}}{more}}}";

    public static string Budget(string type, string timeUnit, string more = "") =>
        $"{{'BudgetName':'b','BudgetType':'{type}','TimeUnit':'{timeUnit}'{more}}}";

    public static string Notification(string threshold = "80", string type = "ACTUAL", string comparison = "GREATER_THAN", string more = "") =>
        $"{{'NotificationType':'{type}','ComparisonOperator':'{comparison}','Threshold':{threshold}{more}}}";

    public static string Email(string address = "a@example.com") => $"{{'SubscriptionType':'EMAIL','Address':'{address}'}}";

    public static string ByTopic(string address = Topic) => $"{{'SubscriptionType':'SNS','Address':'{address}'}}";

    /// <summary>What IAM would be asked about a call.</summary>
    public IReadOnlyList<IamRequest> Needs(string operation, string input)
    {
        var call = new AwsCall("budgets", operation, Caller.Root(Spoke), "us-east-1", JsonNode.Parse(input.Replace('\'', '"'))!.AsObject());
        return [.. Cloud.Budgets.Find(operation)!.Needs(call)];
    }

    private static string Input(string members, string account) => $"{{'AccountId':'{account}'{(members.Length > 0 ? "," : "")}{members}}}";
}
