using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.SageMaker;

/// <summary>Amazon SageMaker just enough for notebook instances to be found, tagged, stopped and started. They come by <see cref="PutNotebook"/>.</summary>
public sealed class SageMakerService : AwsService
{
    private readonly LocalCloud cloud;
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Notebook> notebooks = new(StringComparer.Ordinal);

    internal SageMakerService(LocalCloud cloud)
        : base("sagemaker", WireProtocol.Json11, "SageMaker")
    {
        this.cloud = cloud;
        Operation("ListNotebookInstances", SageMakerShapes.List, _ => [new IamRequest("sagemaker:ListNotebookInstances", "*")], ListNotebooks);
        Operation("StopNotebookInstance", SageMakerShapes.One, call => [On(call, ArnOf(call))], Stop);
        Operation("StartNotebookInstance", SageMakerShapes.One, call => [On(call, ArnOf(call))], Start);
        Operation("ListTags", SageMakerShapes.ListTags, call => [On(call, Resource(call))], ListTags);
        Operation("AddTags", SageMakerShapes.AddTags, call => [On(call, Resource(call)).WithRequestTags(TagsOf(call))], AddTags);
        Operation("DeleteTags", SageMakerShapes.DeleteTags, call => [On(call, Resource(call)).WithTagKeys(call.Input.Texts("TagKeys"))], DeleteTags);
    }

    /// <summary>Creates a notebook instance, which is in service at once.</summary>
    /// <param name="region">Null is the cloud's home region.</param>
    public Notebook PutNotebook(string accountId, string name, ImmutableDictionary<string, string>? tags = null, string? region = null)
    {
        lock (gate)
        {
            var notebook = new Notebook(cloud, accountId, region ?? cloud.Options.Region, name, tags ?? ImmutableDictionary<string, string>.Empty);
            notebooks.Add(notebook.Arn, notebook);
            return notebook;
        }
    }

    private static string ArnOf(AwsCall call) =>
        $"arn:aws:sagemaker:{call.Region}:{call.AccountId}:notebook-instance/{call.Input.RequiredText("NotebookInstanceName")}";

    private static string Resource(AwsCall call) => call.Input.RequiredText("ResourceArn");

    private static ImmutableSortedDictionary<string, string> TagsOf(AwsCall call) =>
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .SetItems(call.Input.Structures("Tags").Select(tag => KeyValuePair.Create(tag.RequiredText("Key"), tag.RequiredText("Value"))));

    private IamRequest On(AwsCall call, string arn)
    {
        lock (gate) return new IamRequest($"sagemaker:{call.Operation}", arn).WithResourceTags(notebooks.GetValueOrDefault(arn)?.Tags);
    }

    private Notebook Existing(AwsCall call, string arn) =>
        notebooks.TryGetValue(arn, out var notebook) && notebook.AccountId == call.AccountId && notebook.Region == call.Region
            ? notebook
            : throw Wrong("RecordNotFound");

    private JsonObject Stop(AwsCall call) => Become(call, "InService", "Stopping", running: false);

    private JsonObject Start(AwsCall call) => Become(call, "Stopped", "Pending", running: true);

    private JsonObject Become(AwsCall call, string from, string to, bool running)
    {
        lock (gate)
        {
            var notebook = Existing(call, ArnOf(call));
            if (notebook.Status != from)
                throw Wrong($"Status ({notebook.Status}) not in ([{from}]). Unable to transition to ({to}) for Notebook Instance ({notebook.Arn})");
            notebook.Become(running);
            return [];
        }
    }

    private JsonObject ListTags(AwsCall call)
    {
        lock (gate)
        {
            return Page(call, Resource(call), AwsLimits.SageMaker.TagsPage).Answer(
                call.Input,
                "Tags",
                Existing(call, Resource(call)).Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal),
                tag => tag.Key,
                tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value });
        }
    }

    private JsonObject AddTags(AwsCall call)
    {
        lock (gate)
        {
            var notebook = Existing(call, Resource(call));
            if (TagsOf(call).Keys.FirstOrDefault(key => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) is { } reserved)
                throw Wrong($"The tag key {reserved} begins with aws:, which is reserved for AWS use");
            var tags = notebook.Tags.SetItems(TagsOf(call));
            if (tags.Count > AwsLimits.Ec2.TagsPerResource) throw Wrong("A resource has 50 tags at most.");
            notebook.Tags = tags;
            return new JsonObject { ["Tags"] = call.Input["Tags"]!.DeepClone() };
        }
    }

    private JsonObject DeleteTags(AwsCall call)
    {
        lock (gate)
        {
            var notebook = Existing(call, Resource(call));
            notebook.Tags = notebook.Tags.RemoveRange(call.Input.Texts("TagKeys"));
            return [];
        }
    }

    private JsonObject ListNotebooks(AwsCall call)
    {
        lock (gate)
        {
            var all = notebooks.Values.Where(one => one.AccountId == call.AccountId && one.Region == call.Region);
            return Page(call, "", AwsLimits.SageMaker.Page).Answer(call.Input, "NotebookInstances", all, one => one.Name, Write);
        }
    }

    private static JsonObject Write(Notebook notebook) => new()
    {
        ["NotebookInstanceName"] = notebook.Name,
        ["NotebookInstanceArn"] = notebook.Arn,
        ["NotebookInstanceStatus"] = notebook.Status,
        ["InstanceType"] = "ml.t3.medium",
        ["CreationTime"] = notebook.CreatedAt.ToEpochSeconds(),
        ["LastModifiedTime"] = notebook.ModifiedAt.ToEpochSeconds(),
    };

    private static Paginator Page(AwsCall call, string of, int usual) =>
        new($"{call.Operation} {call.AccountId} {call.Region} {of}", usual, "ValidationException") { InvalidTokenMessage = "Invalid pagination token" };

    private static AwsException Wrong(string message) => new("ValidationException", message);
}
