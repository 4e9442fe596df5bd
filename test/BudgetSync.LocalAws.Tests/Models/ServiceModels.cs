using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Tests.Models;

/// <summary>constraints.json: operations and the shapes of their requests, by service.</summary>
internal sealed class ServiceModels(JsonObject table)
{
    /// <summary>The table's names of services, and what LocalAws knows them by.</summary>
    public static readonly IReadOnlyDictionary<string, string> Targets = new Dictionary<string, string>
    {
        ["autoscaling"] = "autoscaling",
        ["bedrock"] = "bedrock",
        ["budgets"] = "AWSBudgetServiceGateway",
        ["cloudwatch"] = "GraniteServiceVersion20100801",
        ["compute-optimizer"] = "ComputeOptimizerService",
        ["dynamodb"] = "DynamoDB_20120810",
        ["dynamodbstreams"] = "DynamoDBStreams_20120810",
        ["ecs"] = "AmazonEC2ContainerServiceV20141113",
        ["iam"] = "iam",
        ["logs"] = "Logs_20140328",
        ["organizations"] = "AWSOrganizationsV20161128",
        ["rds"] = "rds",
        ["sagemaker"] = "SageMaker",
        ["secretsmanager"] = "secretsmanager",
        ["ssm"] = "AmazonSSM",
        ["sts"] = "sts",
    };

    public IReadOnlyList<(string Service, string Operation)> Operations { get; } =
        [.. Targets.Keys.SelectMany(service => table[service]!["operations"]!.AsObject().Select(operation => (service, operation.Key)))];

    public static ServiceModels Load() =>
        new(JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Models", "constraints.json")))!.AsObject());

    public static string? Name(AwsService service)
    {
        var target = service.TargetPrefix.Length > 0 ? service.TargetPrefix : service.SigningName;
        return Targets.FirstOrDefault(known => known.Value == target).Key;
    }

    public JsonObject ShapesOf(string service) => table[service]!["shapes"]!.AsObject();

    /// <summary>The name of the request's shape; empty where the operation takes nothing.</summary>
    public string InputOf(string service, string operation) => table[service]!["operations"]![operation]!.GetValue<string>();
}
