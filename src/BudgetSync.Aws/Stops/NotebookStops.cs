using System.Collections.Immutable;
using Amazon.SageMaker;
using Amazon.SageMaker.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Core.Stops;

namespace BudgetSync.Aws.Stops;

/// <summary>
/// The SageMaker notebook instances of one region. A stop ends the machine below a notebook and keeps its volume (SageMaker API reference,
/// StopNotebookInstance); what is in memory is lost, as with every stop.
/// </summary>
public sealed class NotebookStops(IAmazonSageMaker notebooks, string region, AwsCaller caller) : IStoppables
{
    private const string Service = "sagemaker";

    public StoppableKind Kind => StoppableKind.Notebook;

    public string Region { get; } = region;

    public int AtOnce => 1;

    /// <remarks>The listing has no tags, so each notebook is asked for its own.</remarks>
    public async Task<ImmutableArray<StoppableResource>> ListAsync(bool marked, CancellationToken cancellation)
    {
        var all = await Pages.ReadAsync(
            caller,
            Service,
            "ListNotebookInstances",
            async (string? next, CancellationToken token) =>
            {
                var answer = await notebooks.ListNotebookInstancesAsync(
                    new ListNotebookInstancesRequest { MaxResults = Limits.NotebooksPage, NextToken = next }, token);
                return (answer.NotebookInstances, answer.NextToken);
            },
            cancellation);
        var found = ImmutableArray.CreateBuilder<StoppableResource>(all.Count);
        foreach (var notebook in all) found.Add(Read(notebook, await TagsAsync(notebook.NotebookInstanceArn, cancellation)));
        return [.. found.Where(notebook => !marked || notebook.Mark is not null)];
    }

    public Task MarkAsync(IReadOnlyList<StoppableResource> resources, StopMark mark, CancellationToken cancellation) => caller.CallEachAsync(
        Service,
        "AddTags",
        resources,
        (notebook, token) => notebooks.AddTagsAsync(
            new AddTagsRequest { ResourceArn = notebook.Arn, Tags = [new Tag { Key = StopMark.Key, Value = mark.Text }] }, token),
        cancellation);

    public Task StopAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) => caller.CallEachAsync(
        Service,
        "StopNotebookInstance",
        resources,
        (notebook, token) => notebooks.StopNotebookInstanceAsync(new StopNotebookInstanceRequest { NotebookInstanceName = notebook.Id }, token),
        cancellation);

    public Task GiveBackAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) => caller.CallEachAsync(
        Service,
        "StartNotebookInstance",
        resources,
        (notebook, token) => notebooks.StartNotebookInstanceAsync(new StartNotebookInstanceRequest { NotebookInstanceName = notebook.Id }, token),
        cancellation);

    public Task UnmarkAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation) => caller.CallEachAsync(
        Service,
        "DeleteTags",
        resources,
        (notebook, token) => notebooks.DeleteTagsAsync(new DeleteTagsRequest { ResourceArn = notebook.Arn, TagKeys = [StopMark.Key] }, token),
        cancellation);

    private async Task<IReadOnlyList<Tag>> TagsAsync(string arn, CancellationToken cancellation) => await Pages.ReadAsync(
        caller,
        Service,
        "ListTags",
        async (string? next, CancellationToken token) =>
        {
            var answer = await notebooks.ListTagsAsync(new ListTagsRequest { ResourceArn = arn, NextToken = next }, token);
            return (answer.Tags, answer.NextToken);
        },
        cancellation);

    private StoppableResource Read(NotebookInstanceSummary notebook, IReadOnlyList<Tag> tags)
    {
        var runs = notebook.NotebookInstanceStatus?.Value is "Pending" or "InService" or "Updating";
        return new StoppableResource(Kind, Region, notebook.NotebookInstanceName, notebook.NotebookInstanceArn, runs)
        {
            Tags = tags.ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value ?? "", StringComparer.Ordinal),
            // The last change of a notebook that is stopped is its stop, or one that a person made since.
            StoppedAt = !runs && notebook.LastModifiedTime is { } modified ? new DateTimeOffset(modified.ToUniversalTime()) : null,
        };
    }
}
