using System.Collections.Immutable;
using Amazon.Budgets.Model;
using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Aws.AccountBudgets;
using BudgetSync.Aws.Apply;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Rows;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Iam;

namespace BudgetSync.Aws.Tests.WholeSpec;

/// <summary>
/// One account of a LocalAws cloud with the whole spoke side in it: what a parameter says is applied, and what AWS Budgets then has is read by other eyes.
/// </summary>
internal sealed class Spoke : IDisposable
{
    /// <summary>The roles that the rows of these tests run actions under.</summary>
    private static readonly string[] ActionRoles = ["BudgetActions", StackDefaults.ActionRole];

    private static readonly PolicyDocument BudgetsTrust = PolicyDocument.Parse(
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"budgets.amazonaws.com"},"Action":"sts:AssumeRole"}]}""");

    private readonly AwsClients own;
    private readonly AwsClients other;
    private readonly Applier application;
    private readonly BudgetsReader reader;
    private readonly ImmediateClock clock;

    public Spoke(LocalCloud cloud, AccountId account)
    {
        Cloud = cloud;
        Account = account;
        foreach (var role in ActionRoles) cloud.Iam.PutRole(account.Value, new RoleDefinition(role, BudgetsTrust));
        Recorder = new WriteRecorder(cloud.CreateHandler());
        clock = new ImmediateClock(cloud.Time.GetUtcNow());
        own = As(account, Recorder);
        other = As(account, cloud.CreateHandler());
        var log = new JsonLog(null, clock);
        var caller = new BudgetSync.Aws.Calls.AwsCaller(clock, new Random(1), log);
        application = new Applier(
            account,
            own.OwnSystems,
            World.Parameter,
            new BudgetsReader(own.Budgets, account, "aws", caller),
            new BudgetsWriter(own.Budgets, account, "aws", caller),
            World.Defaults,
            alertTopic: null,
            restrictions: null,
            caller,
            log,
            clock);
        reader = new BudgetsReader(other.Budgets, account, "aws", caller);
    }

    public LocalCloud Cloud { get; }

    public AccountId Account { get; }

    public WriteRecorder Recorder { get; }

    /// <summary>A person with all permissions in the account, whom the watch does not see.</summary>
    public Amazon.Budgets.IAmazonBudgets Person => other.Budgets;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Moves the function's clock; the cloud's is its own.</summary>
    public void Advance(TimeSpan by) => clock.Advance(by);

    public async Task<Report> ApplyAsync(string document)
    {
        await other.OwnSystems.PutParameterAsync(
            new PutParameterRequest { Name = World.Parameter, Value = document, Type = "String", Overwrite = true, Tier = "Intelligent-Tiering" });
        return await ApplyAsync();
    }

    /// <summary>The daily apply: of what the parameter says already.</summary>
    public Task<Report> ApplyAsync() => application.ApplyAsync(Trigger.Scheduled, CancellationToken.None);

    /// <summary>What AWS Budgets has now, read completely where <paramref name="desired"/> names it.</summary>
    public Task<ActualBudgets> ReadAsync(DesiredBudgets desired) => reader.ReadAsync(desired, CancellationToken.None);

    /// <summary>How far what is there is from what a row means today.</summary>
    public async Task<ImmutableArray<string>> DriftAsync(DesiredBudgets desired)
    {
        var timely = BudgetsAsOf.Of(desired, Now);
        var actual = await ReadAsync(timely.Budgets);
        return Drift.Between(timely.Budgets, actual with
        {
            Budgets = [.. actual.Budgets.Where(budget => !timely.Refused.Contains(budget.Settings.Name))]
        });
    }

    /// <summary>The budgets that somebody would be alerted of right now.</summary>
    public async Task<ImmutableHashSet<string>> AlertingAsync()
    {
        var answer =
            await Person.DescribeBudgetNotificationsForAccountAsync(
                new DescribeBudgetNotificationsForAccountRequest { AccountId = Account.Value, MaxResults = 1000 });
        return [.. (answer.BudgetNotificationsForAccount ?? []).Where(budget => budget.Notifications is { Count: > 0 }).Select(budget => budget.BudgetName)];
    }

    public void Dispose()
    {
        own.Dispose();
        other.Dispose();
        Recorder.Dispose();
    }

    private static AwsClients As(AccountId account, HttpMessageHandler handler) => new(
        new Dictionary<string, string> { ["AWS_REGION"] = "us-east-1", ["AWS_ACCESS_KEY_ID"] = account.Value, ["AWS_SECRET_ACCESS_KEY"] = "any" }, handler);
}
