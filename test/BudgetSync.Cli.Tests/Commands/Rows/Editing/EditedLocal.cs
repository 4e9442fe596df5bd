using System.Diagnostics;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Terminal;
using BudgetSync.Cli.Tests.Commands.Local;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

/// <summary>A running local organization whose rows the tool edits, with a folder for files of the test.</summary>
internal sealed class EditedLocal : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("budgetsync-test-");
    private readonly RunningLocal local;

    private EditedLocal(RunningLocal local) => this.local = local;

    public LocalCloud Cloud => local.Cloud;

    public RunningLocal Local => local;

    public string Edits => Path.Combine(folder.FullName, "edits");

    public IReadOnlyList<string> EditFiles => Directory.Exists(Edits) ? [.. Directory.GetFiles(Edits).Order(StringComparer.Ordinal)] : [];

    /// <summary>As a person works in the management account; the undo files are kept in the test's folder.</summary>
    public Dictionary<string, string> Environment => new(local.EnvironmentOf(RunningLocal.Management)) { ["BUDGETSYNC_HOME"] = Edits };

    public static async Task<EditedLocal> StartAsync(string rows, params string[] options)
    {
        using var file = new RowsOnDisk(rows);
        var local = new EditedLocal(await RunningLocal.StartAsync([.. options, "--rows", file.Path]));
        local.Cloud.Calls.Clear();
        return local;
    }

    /// <summary>Rows of 1 USD as JSON.</summary>
    public static string RowsOf(IEnumerable<string> keys) =>
        $"[{string.Join(",", keys.Select(key => $$"""{ "AccountId": "{{key}}", "BudgetValue": 1 }"""))}]";

    public string File(string name) => Path.Combine(folder.FullName, name);

    public string File(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public Task<ToolResult> RunAsync(params string[] arguments) => Tool.RunAsync(Environment, arguments);

    /// <param name="change">Puts into the terminal what the test needs.</param>
    public Task<ToolResult> RunAsync(Func<ConsoleContext, ConsoleContext> change, CancellationToken cancellation, params string[] arguments) =>
        Tool.RunAsync(terminal => change(terminal with { Environment = Environment }), cancellation, arguments);

    /// <summary>Every row of the table as plain JSON by key, without who wrote it.</summary>
    public async Task<SortedDictionary<string, string>> RowsAsync()
    {
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in await ImagesAsync())
        {
            var own = row.Attributes.Items.RemoveRange(row.Attributes.Keys.Where(RowEquivalence.IsProvenance).Append("AccountId"));
            rows[row.Key] = RowValueText.Json(new RowValue.Map(own));
        }

        return rows;
    }

    public async Task<IReadOnlyList<RowImage>> ImagesAsync()
    {
        using var clients = local.As(RunningLocal.Management);
        var scan = await clients.Dynamo.ScanAsync(new ScanRequest { TableName = "BudgetSync-Budgets", ConsistentRead = true });
        return [.. scan.Items.Select(RowImageMapper.Row)];
    }

    /// <summary>A call that writes rows of the table: one of them, or a group in a transaction.</summary>
    public static bool IsRowWrite(AwsCall call) => call is { Service: "dynamodb", Operation: "PutItem" or "UpdateItem" or "DeleteItem" or "TransactWriteItems" }
        && (call.Input["TableName"] ?? call.Input["TransactItems"]?[0]?.AsObject().First().Value?["TableName"])?.ToString() == "BudgetSync-Budgets";

    /// <summary>The tool in a process of its own.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "budgetsync.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        await local.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
