using Amazon.SageMaker;

namespace BudgetSync.Compat.Tests.Clients;

internal static class NotebookExchanges
{
    public static IEnumerable<Exchange> All =>
    [
        Notebooks(
            "ListNotebookInstances",
            """{"MaxResults":100,"NextToken":"t"}""",
            """
            {"NextToken":"n","NotebookInstances":[{"NotebookInstanceName":"open","NotebookInstanceArn":"arn","NotebookInstanceStatus":"InService",
            "LastModifiedTime":1779273000.5}]}
            """,
            async notebooks =>
            {
                var answer = await notebooks.ListNotebookInstancesAsync(new() { MaxResults = 100, NextToken = "t" });
                var one = answer.NotebookInstances[0];
                return $"{one.NotebookInstanceName} {one.NotebookInstanceArn} {one.NotebookInstanceStatus == NotebookInstanceStatus.InService} "
                    + $"{one.LastModifiedTime!.Value.ToUniversalTime():HH:mm} {answer.NextToken}";
            },
            "open arn True 10:30 n"),
        Notebooks(
            "StopNotebookInstance",
            """{"NotebookInstanceName":"open"}""",
            "",
            async notebooks => $"{(await notebooks.StopNotebookInstanceAsync(new() { NotebookInstanceName = "open" })).HttpStatusCode}",
            "OK"),
        Notebooks(
            "StartNotebookInstance",
            """{"NotebookInstanceName":"open"}""",
            "",
            async notebooks => $"{(await notebooks.StartNotebookInstanceAsync(new() { NotebookInstanceName = "open" })).HttpStatusCode}",
            "OK"),
        Notebooks(
            "ListTags",
            """{"NextToken":"t","ResourceArn":"arn"}""",
            """{"Tags":[{"Key":"k","Value":"v"}],"NextToken":"n"}""",
            async notebooks =>
            {
                var answer = await notebooks.ListTagsAsync(new() { ResourceArn = "arn", NextToken = "t" });
                return $"{answer.Tags[0].Key}={answer.Tags[0].Value} {answer.NextToken}";
            },
            "k=v n"),
        Notebooks(
            "AddTags",
            """{"ResourceArn":"arn","Tags":[{"Key":"k","Value":"v"}]}""",
            """{"Tags":[{"Key":"k","Value":"v"}]}""",
            async notebooks => (await notebooks.AddTagsAsync(new() { ResourceArn = "arn", Tags = [new() { Key = "k", Value = "v" }] })).Tags[0].Value,
            "v"),
        Notebooks(
            "DeleteTags",
            """{"ResourceArn":"arn","TagKeys":["k"]}""",
            "{}",
            async notebooks => $"{(await notebooks.DeleteTagsAsync(new() { ResourceArn = "arn", TagKeys = ["k"] })).HttpStatusCode}",
            "OK"),
    ];

    private static Exchange Notebooks(string operation, string body, string answer, Func<IAmazonSageMaker, Task<string?>> call, string read) =>
        new($"SageMaker.{operation}", body, answer, async service =>
        {
            using var client = new AmazonSageMakerClient(StubService.Credentials, service.Configure(new AmazonSageMakerConfig()));
            return await call(client);
        }, read);
}
