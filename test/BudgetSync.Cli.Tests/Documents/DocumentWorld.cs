using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Budgets.Model;
using BudgetSync.Cli.Tests.Commands.Alerts;
using BudgetSync.Cli.Tests.Commands.Local;
using BudgetSync.Core.Alerts;

namespace BudgetSync.Cli.Tests.Documents;

/// <summary>
/// A deployment where each command that a document shows finds what it speaks of: a budget with an action, accounts that wait for an approval, an envelope,
/// channels, a file of each name. What the documents make up has its counterpart here: a unit for ou-ab12-11111111, a restriction for r-0123456789ab.
/// </summary>
internal sealed class DocumentWorld : IAsyncDisposable
{
    /// <summary>The one account of the documents.</summary>
    public const string Account = "111122223333";

    private const string Rows = """
        [
          { "AccountId": "111122223333", "BudgetName": "team-a", "BudgetValue": 1000, "Actions": [
            { "NotificationType": "ACTUAL", "ActionType": "APPLY_IAM_POLICY", "ApprovalModel": "MANUAL",
              "ActionThreshold": { "ActionThresholdValue": 50, "ActionThresholdType": "PERCENTAGE" },
              "Definition": { "IamActionDefinition": { "PolicyArn": "arn:aws:iam::{AccountId}:policy/DenyNewResources", "Roles": ["developer"] } } }] },
          { "AccountId": "111111111101", "BudgetValue": 1000 },
          { "AccountId": "111111111102", "BudgetValue": 900 },
          { "AccountId": "111111111103", "BudgetValue": 900 },
          { "AccountId": "ou-local-00000001", "BudgetValue": 700, "Envelope": { "Amount": 5000 } }
        ]
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("budgetsync-test-");
    private readonly RunningLocal local;
    private readonly RowsOnDisk rows;
    private readonly Dictionary<string, string> environment;

    private DocumentWorld(RunningLocal local, RowsOnDisk rows, Dictionary<string, string> person)
    {
        (this.local, this.rows) = (local, rows);
        environment = new(person) { ["BUDGETSYNC_HOME"] = In("edits") };
    }

    public string Port => new Uri(local.Endpoint).Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>With a budget made by hand, and somebody who hears the operations topic.</summary>
    /// <param name="policies">So many of SECURITY.md's has the person who runs commands.</param>
    public static async Task<DocumentWorld> StartAsync(int policies = int.MaxValue)
    {
        var rows = new RowsOnDisk(Rows);
        var local = await RunningLocal.StartAsync("--responses", "--channels", "--rows", rows.Path);
        using var clients = local.As("111111111102");
        await clients.Budgets.CreateBudgetAsync(new CreateBudgetRequest
        {
            AccountId = "111111111102",
            Budget = new() { BudgetName = "by hand", BudgetType = "COST", TimeUnit = "MONTHLY", BudgetLimit = new() { Amount = 12, Unit = "USD" } },
        });
        var topic = $"arn:aws:sns:us-east-1:{RunningLocal.Management}:BudgetSync-Operations";
        local.Cloud.Sns.Confirm(local.Cloud.Sns.Subscribe(topic, "email", "finops@example.com").Arn);
        return new(local, rows, await DocumentPerson.SessionAsync(local, policies));
    }

    public string In(string file) => Path.Combine(folder.FullName, file);

    /// <summary>As a person at a terminal, who says yes; and all that follows has happened.</summary>
    public async Task<ToolResult> RunAsync(params string[] words)
    {
        using var yes = new MemoryStream(Encoding.UTF8.GetBytes("y\ny\n"));
        var run = await Tool.RunAsync(terminal => terminal with { Environment = environment, Width = 200, Answers = true, In = yes }, words);
        // What begins anew leaves that cloud behind.
        if (words is not ["local", "reset", ..]) await local.Cloud.Work.WhenIdleAsync();
        return run;
    }

    /// <summary>A look that goes on until it is interrupted, once it has said so.</summary>
    public async Task<ToolResult> WatchAsync(params string[] words)
    {
        using var interrupt = new CancellationTokenSource();
        await using var output = new SignallingWriter();
        await using var error = new SignallingWriter();
        var run = BudgetSync.Cli.Commands.CommandLine.RunAsync(words, new(output, error, Interactive: false) { Environment = environment }, interrupt.Token);
        await output.UntilAsync("until Ctrl+C");
        await interrupt.CancelAsync();
        return new(await run, output.ToString(), error.ToString());
    }

    /// <summary>A restriction of the account that is in a state. What leads to it is done first: money is spent, somebody approves.</summary>
    /// <returns>Its account and its id: of an account more each time, for what was lifted does not come back in this month.</returns>
    public async Task<(string Account, string Id)> RestrictionAsync(string state)
    {
        var all = await RestrictionsAsync();
        if (Find(all, state) is { } there) return there;
        if (state == "InForce")
        {
            var (account, id) = await RestrictionAsync("AwaitingApproval");
            var approved = await RunAsync("approve", account, id);
            Assert.True(approved.ExitCode == ExitCode.Done, approved.Error);
        }
        else
        {
            var next = new[] { "111111111101", "111111111102", "111111111103" }.First(account => all.All(one => (string?)one!["accountId"] != account));
            local.Cloud.Budgets.SetSpend(next, "SpokeAccountBudget", 5000);
            await local.Cloud.Work.WhenIdleAsync();
        }

        for (var look = 0; look < 100; look++)
        {
            if (Find(await RestrictionsAsync(), state) is { } found) return found;
            await local.Cloud.Work.WhenIdleAsync();
        }

        throw new InvalidOperationException($"No restriction is {state}: {(await RunAsync("restrictions")).Out}");
    }

    /// <summary>Brings the budget action to where a command may be asked of it.</summary>
    public async Task ActionAsync(string word)
    {
        var wanted = word switch { "approve" => "PENDING", "reverse" => "EXECUTION_SUCCESS", "reset" => "REVERSE_SUCCESS", _ => "EXECUTION_FAILURE" };
        var state = await StateAsync();
        if (state == wanted) return;
        if (state == "EXECUTION_SUCCESS") await DoAsync("reverse");
        if (wanted == "REVERSE_SUCCESS" && await StateAsync() == wanted) return;
        if (await StateAsync() == "REVERSE_SUCCESS") await DoAsync("reset");
        local.Cloud.Budgets.SetSpend(Account, "team-a", 100);
        local.Cloud.Budgets.SetSpend(Account, "team-a", 1500);
        if (wanted == "EXECUTION_FAILURE") local.Cloud.Budgets.SetActionFailure(Account, fails: true);
        if (wanted != "PENDING") await DoAsync("approve");
        local.Cloud.Budgets.SetActionFailure(Account, fails: false);
        if (wanted == "REVERSE_SUCCESS") await DoAsync("reverse");
        Assert.Equal(wanted, await StateAsync());

        Task DoAsync(string what) => RunAsync("action", what, Account, "team-a", "--yes");

        async Task<string?> StateAsync() => (string?)Assert.Single((await RunAsync("action", "list", "--json")).JsonArray)!["status"];
    }

    /// <summary>A file by which an edit of the amount of a row can be taken back.</summary>
    public async Task EditAsync(string undoFile)
    {
        await File.WriteAllTextAsync(In("edit.csv"), $"AccountId,BudgetValue\n111111111101,{1300 + undoFile.Length}\n");
        var run = await RunAsync("rows", "import", In("edit.csv"), "--merge", "--yes", "--undo-file", undoFile);
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
    }

    /// <summary>A message to PagerDuty that did not arrive.</summary>
    public Task LoseAsync() => AlertsTests.LoseAsync(
        local.Cloud,
        local.EnvironmentOf(RunningLocal.Management),
        $$"""{ "detail": {{AlertJson.Notification(AlertsTests.Critical, new Channel("pager", ChannelKind.PagerDuty))}} }""");

    /// <summary>The actions of IAM that the person was allowed and made use of.</summary>
    public IReadOnlySet<string> Used() => local.Cloud.Iam.Exercised.Where(one => one.RoleArn.EndsWith("/FinOps", StringComparison.Ordinal))
        .Select(one => one.Action).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public async ValueTask DisposeAsync()
    {
        await local.DisposeAsync();
        rows.Dispose();
        folder.Delete(recursive: true);
    }

    private static (string Account, string Id)? Find(JsonArray all, string state) =>
        all.FirstOrDefault(one => (string?)one!["state"] == state) is { } found ? ((string)found["accountId"]!, (string)found["restriction"]!) : null;

    private async Task<JsonArray> RestrictionsAsync() => (await RunAsync("restrictions", "--json")).JsonArray;
}
