using System.CommandLine.Parsing;
using System.IO.Compression;
using System.Text;
using BudgetSync.Cli.Commands.Local.Models;
using BudgetSync.Cli.Tests.Commands.Local;
using BudgetSync.Cli.Tests.Features;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Documents;

/// <summary>A team that was suspended, for the documents' commands about models.</summary>
internal sealed class ModelWorld : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 20, 10, 30, 0, TimeSpan.Zero);

    private const string Bill = "lineItem/UsageAccountId,lineItem/UsageStartDate,lineItem/LineItemType,lineItem/UsageType,lineItem/UnblendedCost,"
        + "product/ProductName\n"
        + ShownModels.Account + ",2026-05-10T00:00:00Z,Usage,USE1-NovaPro-input-tokens,0,Amazon Bedrock\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("budgetsync-test-");
    private readonly RunningModels models;

    private ModelWorld(RunningModels models) => this.models = models;

    public static async Task<ModelWorld> StartAsync() => new(await RunningModels.StartAsync(Now));

    public async Task<ToolResult> RunAsync(string line)
    {
        await WriteFilesAsync();
        var words = CommandLineParser.SplitCommandLine(line).Select(word => word switch
        {
            "ACCOUNT" or DocumentWorld.Account => ShownModels.Account,
            "PRINCIPAL" or "BedrockAPIKey-ab12" => ShownModels.Key,
            // The role is suspended; the user waits.
            "role/DataScience" when line.StartsWith("ai approve", StringComparison.Ordinal) => ShownModels.User,
            "FILE" => In(line.StartsWith("ai spend", StringComparison.Ordinal) ? "invocations.jsonl" : "bedrock.json"),
            _ when Path.HasExtension(word) => In(word),
            _ => word,
        }).ToList();
        // What only reads files knows no deployment.
        if (words is not (["ai", "spend", ..] or ["ai", "prices", ..])) words.AddRange(["--local", models.Port]);
        using var yes = new MemoryStream("y\ny\n"u8.ToArray());
        return await Tool.RunAsync(terminal => terminal with { Time = new VirtualClock(Now), Width = 200, Answers = true, In = yes }, [.. words]);
    }

    public async ValueTask DisposeAsync()
    {
        await models.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private string In(string file) => Path.Combine(folder.FullName, file.Replace('/', '-'));

    private async Task WriteFilesAsync()
    {
        await ModelFiles.WriteAsync(folder.FullName);
        File.Copy(In("foundation-models.json"), In("names.json"), overwrite: true);
        var log = await File.ReadAllTextAsync(In("invocations.jsonl"));
        foreach (var name in new[] { "20261129T06_0.json.gz", "20261129T07_0.json.gz" }) await ZipAsync(name, log);
        await ZipAsync("bedrock-2026-11.csv.gz", Bill);
    }

    private async Task ZipAsync(string name, string text)
    {
        await using var zip = new GZipStream(File.Create(In(name)), CompressionLevel.Fastest);
        await zip.WriteAsync(Encoding.UTF8.GetBytes(text));
    }
}
