using System.Text.Json.Nodes;
using BudgetSync.Cli.Tests.Commands.Local;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Money;

public sealed class KeptPageTests
{
    private const string Rows = """[{ "AccountId": "222222222201", "BudgetValue": 1000 }]""";

    [Fact]
    public async Task The_hourly_page_comes_out_of_its_bucket_as_it_is_and_without_it_there_is_a_way_out()
    {
        using var rows = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", rows.Path);
        var file = Path.Combine(Path.GetDirectoryName(rows.Path)!, $"{Guid.NewGuid():N}.html");

        var without = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "report", "--html", file, "--from-bucket");
        Assert.Equal(ExitCode.Failed, without.ExitCode);
        Assert.Contains("Deploy with reportBucket=true", without.Error, StringComparison.Ordinal);

        await DeployReportAsync(local);
        var before = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "report", "--html", file, "--from-bucket");
        Assert.Equal(ExitCode.Failed, before.ExitCode);
        Assert.Contains("there is no page in budgetsync-report-pagebucket", before.Error, StringComparison.Ordinal);

        await InvokeAsync(local);
        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "report", "--html", file, "--from-bucket");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        var kept = Assert.Single(local.Cloud.S3.Versions("budgetsync-report-pagebucket", "report.html"));
        Assert.Equal(kept.Body.ToArray(), await File.ReadAllBytesAsync(file));
        Assert.Contains("222222222201", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        File.Delete(file);
    }

    [Theory]
    [InlineData("--ou", "ou-ab12-11111111")]
    [InlineData("--parts", "5")]
    public async Task What_the_hourly_page_does_not_have_cannot_be_asked_of_it(string option, string value)
    {
        var run = await Tool.RunAsync("report", "--html", "a.html", "--from-bucket", option, value);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("leave --ou and --parts away", run.Error, StringComparison.Ordinal);
    }

    private static async Task DeployReportAsync(RunningLocal local) => await local.Cloud.CloudFormation.DeployAsync(
        RunningLocal.Management,
        "BudgetSync-Report",
        File.ReadAllText(Path.Combine(RepositoryRoot.Path, "cdk", "templates", "report.template.json")),
        new Dictionary<string, string>
        {
            ["OrganizationId"] = local.Cloud.Options.OrganizationId,
            ["EmailRecipient"] = "finops@example.com",
            ["CodeBucket"] = "local-artifacts",
            ["CodeKey"] = "code.zip",
        });

    private static Task<JsonObject> InvokeAsync(RunningLocal local) => local.Cloud.Gateway.InvokeAsync(
        local.Cloud.Lambda,
        new AwsCall("lambda", "Invoke", Caller.Root(RunningLocal.Management), "us-east-1", new JsonObject { ["FunctionName"] = "BudgetSync-Report" }),
        CancellationToken.None);
}
