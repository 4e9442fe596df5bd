using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.SageMaker;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.SageMaker;

public sealed class NotebookTests : IDisposable
{
    private const string Account = "111122223333";

    private readonly FakeTimeProvider clock = new(Api.Start);
    private readonly LocalCloud cloud;
    private readonly Api administrator;

    public NotebookTests()
    {
        cloud = new LocalCloud(new LocalCloudOptions { Time = clock });
        administrator = new Api(cloud, Account);
    }

    public void Dispose() => administrator.Dispose();

    [Fact]
    public async Task A_notebook_is_stopped_and_started_through_the_states_between()
    {
        var notebook = cloud.SageMaker.PutNotebook(Account, "open");

        await CallAsync("StopNotebookInstance");
        Assert.Equal("Stopping", notebook.Status);
        var refused = await Api.RefusedAsync(() => CallAsync("StartNotebookInstance"));
        Assert.Equal("ValidationException", refused.Code);
        Assert.StartsWith("Status (Stopping) not in ([Stopped]).", refused.Text, StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Stopped", notebook.Status);
        Assert.Equal("ValidationException", (await Api.RefusedAsync(() => CallAsync("StopNotebookInstance"))).Code);

        await CallAsync("StartNotebookInstance");
        Assert.Equal("Pending", notebook.Status);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("InService", notebook.Status);
        Assert.Equal("RecordNotFound", (await Api.RefusedAsync(() => CallAsync("StopNotebookInstance", "other"))).Text);
    }

    [Fact]
    public async Task Notebooks_of_the_account_and_region_come_in_pages()
    {
        for (var number = 10; number < 22; number++) cloud.SageMaker.PutNotebook(Account, $"n-{number}");
        cloud.SageMaker.PutNotebook(Account, "there", region: "eu-west-1");
        cloud.SageMaker.PutNotebook("222222222222", "other");

        var first = await JsonAsync("ListNotebookInstances", "{}");
        var second = await JsonAsync("ListNotebookInstances", $$"""{"NextToken":"{{first["NextToken"]}}"}""");

        Assert.Equal((10, 2), (first["NotebookInstances"]!.AsArray().Count, second["NotebookInstances"]!.AsArray().Count));
        Assert.Null(second["NextToken"]);
        Assert.Equal("InService", second["NotebookInstances"]![1]!["NotebookInstanceStatus"]!.ToString());
        Assert.Equal("ValidationException", (await Api.RefusedAsync(() => JsonAsync("ListNotebookInstances", """{"NextToken":"x"}"""))).Code);
    }

    [Fact]
    public async Task Tags_are_written_told_and_taken_off()
    {
        var notebook = cloud.SageMaker.PutNotebook(Account, "open");
        await TagAsync(administrator, notebook, "team");

        Assert.Equal("team", (await JsonAsync("ListTags", $$"""{"ResourceArn":"{{notebook.Arn}}"}"""))["Tags"]![0]!["Key"]!.ToString());
        Assert.Equal("ValidationException", (await Api.RefusedAsync(() => TagAsync(administrator, notebook, "aws:x"))).Code);
        await JsonAsync("DeleteTags", $$"""{"ResourceArn":"{{notebook.Arn}}","TagKeys":["team"]}""");
        Assert.Empty(notebook.Tags);
    }

    [Fact]
    public async Task IAM_is_told_the_tags_of_the_notebook_and_of_the_request()
    {
        var open = cloud.SageMaker.PutNotebook(Account, "open");
        cloud.SageMaker.PutNotebook(Account, "kept", ImmutableDictionary<string, string>.Empty.Add("keep", "true"));
        const string conditions = """
            "Effect":"Allow","Condition":{"StringNotEquals":{"aws:ResourceTag/keep":"true"},"ForAllValues:StringEquals":{"aws:TagKeys":["mark"]} }
            """;
        var role = cloud.Iam.PutRole(
            Account, Policies.Role("Worker", Policies.Allow("sagemaker:*").Replace("\"Effect\":\"Allow\"", conditions, StringComparison.Ordinal)));
        cloud.Callers.Add("ASIAWORKER", "token", new Caller(Account, role.Arn, $"arn:aws:sts::{Account}:assumed-role/Worker/s"), Api.Start.AddHours(1));
        using var worker = new Api(cloud.CreateHandler(), "ASIAWORKER", "token");

        await worker.JsonAsync("SageMaker.StopNotebookInstance", new JsonObject { ["NotebookInstanceName"] = "open" });
        Assert.Equal(
            "AccessDeniedException",
            (await Api.RefusedAsync(() => worker.JsonAsync("SageMaker.StopNotebookInstance", new JsonObject { ["NotebookInstanceName"] = "kept" }))).Code);
        await TagAsync(worker, open, "mark");
        Assert.Equal("AccessDeniedException", (await Api.RefusedAsync(() => TagAsync(worker, open, "keep"))).Code);
    }

    private static Task<JsonObject> TagAsync(Api api, Notebook notebook, string key) => api.JsonAsync("SageMaker.AddTags", new JsonObject
    {
        ["ResourceArn"] = notebook.Arn,
        ["Tags"] = new JsonArray(new JsonObject { ["Key"] = key, ["Value"] = "x" }),
    });

    private Task<JsonObject> CallAsync(string operation, string name = "open") =>
        administrator.JsonAsync($"SageMaker.{operation}", new JsonObject { ["NotebookInstanceName"] = name });

    private Task<JsonObject> JsonAsync(string operation, string input) =>
        administrator.JsonAsync($"SageMaker.{operation}", JsonNode.Parse(input)!.AsObject());
}
