using System.Text.Json.Nodes;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>What a stolen session puts into the members of whatever it calls: the names of what it wants to reach.</summary>
internal static class RequestMembers
{
    private const string Management = DeployedOrganization.Management;
    private const string Spoke = DeployedOrganization.Spoke;

    public static Dictionary<string, JsonNode> Of(
        string table,
        string queue,
        string stream,
        (string Shard, string Iterator) position,
        string role,
        string parameter = "/Payroll")
    {
        var queueUrl = $"https://sqs.us-east-1.amazonaws.com/{Management}/{queue}";
        var key = new JsonObject { ["AccountId"] = new JsonObject { ["S"] = Spoke } };
        return new()
        {
            ["TableName"] = table,
            ["Key"] = key,
            ["Item"] = key.DeepClone(),
            ["PointInTimeRecoverySpecification"] = new JsonObject { ["PointInTimeRecoveryEnabled"] = false },
            ["BatchGetItem.RequestItems"] = new JsonObject { [table] = new JsonObject { ["Keys"] = new JsonArray(key.DeepClone()) } },
            ["RequestItems"] = JsonNode.Parse($$$"""{"{{{table}}}":[{"DeleteRequest":{"Key":{"AccountId":{"S":"1"} } } }]}""")!,
            ["StreamArn"] = stream,
            ["ShardId"] = position.Shard,
            ["ShardIteratorType"] = "TRIM_HORIZON",
            ["ShardIterator"] = position.Iterator,
            ["Name"] = parameter,
            ["CreateTopic.Name"] = "Payroll",
            ["AttributeName"] = "DisplayName",
            ["PutRule.Name"] = "Payroll",
            ["DescribeRule.Name"] = "Payroll",
            ["DeleteRule.Name"] = "Payroll",
            ["Names"] = new JsonArray(parameter),
            ["Path"] = "/Payroll",
            ["Value"] = "1",
            ["Type"] = "String",
            ["Overwrite"] = true,
            ["ResourceType"] = "Parameter",
            ["ResourceId"] = parameter,
            ["Tags"] = JsonNode.Parse("""[{"Key":"k","Value":"v"}]""")!,
            ["TagKeys"] = new JsonArray("k"),
            ["RoleArn"] = role,
            ["RoleSessionName"] = "stolen",
            ["ExternalId"] = "BudgetSync",
            ["QueueUrl"] = queueUrl,
            ["QueueName"] = queue,
            ["MessageBody"] = "x",
            ["ReceiptHandle"] = "x",
            ["VisibilityTimeout"] = 1,
            ["Entries"] = JsonNode.Parse("""[{"Id":"a","MessageBody":"x"}]""")!,
            ["DeleteMessageBatch.Entries"] = JsonNode.Parse("""[{"Id":"a","ReceiptHandle":"x"}]""")!,
            ["PutEvents.Entries"] = JsonNode.Parse("""[{"Source":"x","DetailType":"x","Detail":"{}"}]""")!,
            ["Attributes"] = new JsonObject { ["DelaySeconds"] = "1" },
            ["TimePeriod"] = JsonNode.Parse("""{"Start":"2026-01-01","End":"2026-01-02"}""")!,
            ["Granularity"] = "DAILY",
            ["Metrics"] = new JsonArray("UnblendedCost"),
            ["TopicArn"] = $"arn:aws:sns:us-east-1:{Management}:Payroll",
            ["Message"] = "x",
            ["Protocol"] = "sqs",
            ["Endpoint"] = $"arn:aws:sqs:us-east-1:{Management}:{queue}",
            ["Rule"] = "Payroll",
            ["Targets"] = JsonNode.Parse("""[{"Id":"a","Arn":"arn:aws:sqs:us-east-1:999999999999:q"}]""")!,
            ["Ids"] = new JsonArray("a"),
            ["EventBusName"] = "default",
            ["StatementId"] = "Payroll",
            ["FunctionName"] = "BudgetSync-Collect",
            ["AccountId"] = Spoke,
            ["BudgetName"] = "Payroll",
            ["ActionId"] = "00000000-0000-4000-8000-000000000001",
            ["Budget"] = JsonNode.Parse("""{"BudgetName":"Payroll","BudgetType":"COST","TimeUnit":"MONTHLY","BudgetLimit":{"Amount":"1","Unit":"USD"} }""")!,
            ["NewBudget"] = JsonNode.Parse("""{"BudgetName":"Payroll","BudgetType":"COST","TimeUnit":"MONTHLY","BudgetLimit":{"Amount":"1","Unit":"USD"} }""")!,
            ["Notification"] = Notification(),
            ["OldNotification"] = Notification(),
            ["NewNotification"] = Notification(),
            ["Subscriber"] = Subscriber(),
            ["OldSubscriber"] = Subscriber(),
            ["NewSubscriber"] = Subscriber(),
            ["Subscribers"] = new JsonArray(Subscriber()),
            ["NotificationType"] = "ACTUAL",
            ["ActionType"] = "APPLY_IAM_POLICY",
            ["ActionThreshold"] = JsonNode.Parse("""{"ActionThresholdValue":1,"ActionThresholdType":"PERCENTAGE"}""")!,
            ["Definition"] = JsonNode.Parse("""{"IamActionDefinition":{"PolicyArn":"arn:aws:iam::aws:policy/AWSDenyAll","Roles":["x"]} }""")!,
            ["ExecutionRoleArn"] = $"arn:aws:iam::{Spoke}:role/BudgetSyncActionRole",
            ["ApprovalModel"] = "MANUAL",
            ["ExecutionType"] = "APPROVE_BUDGET_ACTION",
            ["ResourceARN"] = $"arn:aws:budgets::{Spoke}:budget/Payroll",
            ["ResourceTags"] = JsonNode.Parse("""[{"Key":"k","Value":"v"}]""")!,
            ["ResourceTagKeys"] = new JsonArray("k"),
            ["RoleName"] = "Admin",
            ["UserName"] = "alice",
            ["PolicyArn"] = "arn:aws:iam::aws:policy/AdministratorAccess",
            ["PolicyId"] = "p-FullAWSAccess",
            ["TargetId"] = Spoke,
            ["Filter"] = "SERVICE_CONTROL_POLICY",
            ["PolicyType"] = "SERVICE_CONTROL_POLICY",
            ["CreatePolicy.Type"] = "SERVICE_CONTROL_POLICY",
            ["Content"] = """{"Statement":[]}""",
            ["Description"] = "x",
            ["RootId"] = "r-local",
            ["ParentId"] = "r-local",
            ["ChildId"] = Spoke,
            ["ChildType"] = "ACCOUNT",
            ["SourceParentId"] = "r-local",
            ["DestinationParentId"] = "ou-local-00000002",
            ["OrganizationalUnitId"] = "ou-local-00000002",
            ["AccountName"] = "x",
            ["Email"] = "x@example.com",
            ["CreateAccountRequestId"] = "car-00000000",
        };
    }

    private static JsonNode Notification() => JsonNode.Parse("""{"NotificationType":"ACTUAL","ComparisonOperator":"GREATER_THAN","Threshold":80}""")!;

    private static JsonNode Subscriber() => JsonNode.Parse("""{"SubscriptionType":"EMAIL","Address":"x@example.com"}""")!;
}
