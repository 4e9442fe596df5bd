using Amazon.CloudWatchLogs;
using Amazon.EventBridge;
using Amazon.Organizations;
using Amazon.Organizations.Model;
using Amazon.SecretsManager;
using Amazon.SimpleSystemsManagement;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace BudgetSync.Compat.Tests.Clients;

internal static class OtherExchanges
{
    private const string QueueUrl = "https://sqs.eu-west-1.amazonaws.com/999999999999/q";

    private const string AccountJson =
        """
        {"Id":"111122223333","Email":"a@example.com","Status":"ACTIVE","State":"PENDING_CLOSURE","Paths":["o-1/r-1/111122223333/"],
         "JoinedMethod":"CREATED","JoinedTimestamp":1764547200.123}
        """;

    public static IEnumerable<Exchange> All =>
    [
        Ssm(
            "GetParameter",
            """{"Name":"/BudgetSync/Budgets","WithDecryption":true}""",
            """{"Parameter":{"Name":"/BudgetSync/Budgets","Type":"String","Value":"1500","Version":3,"ARN":"arn:p","LastModifiedDate":1764547200.5"""
                + ""","DataType":"text"}}""",
            async management =>
            {
                var parameter = (await management.GetParameterAsync(new() { Name = "/BudgetSync/Budgets", WithDecryption = true })).Parameter;
                return $"{parameter.Type} {parameter.Value} {parameter.Version} {parameter.ARN} {parameter.LastModifiedDate:O} {parameter.DataType}";
            }, "String 1500 3 arn:p 2025-12-01T00:00:00.5000000Z text"),
        Ssm(
            "PutParameter",
            """{"Name":"/p","Overwrite":true,"Tags":[{"Key":"k","Value":"v"}],"Tier":"Intelligent-Tiering","Type":"String","Value":"v"}""",
            """{"Version":4,"Tier":"Advanced"}""",
            async management =>
            {
                var answer = await management.PutParameterAsync(new()
                {
                    Name = "/p",
                    Overwrite = true,
                    Tier = ParameterTier.IntelligentTiering,
                    Type = ParameterType.String,
                    Value = "v",
                    Tags = [new() { Key = "k", Value = "v" }],
                });
                return $"{answer.Version} {answer.Tier}";
            }, "4 Advanced"),
        Ssm(
            "DeleteParameter",
            """{"Name":"/p"}""",
            "{}",
            async management => $"{(await management.DeleteParameterAsync(new() { Name = "/p" })).HttpStatusCode}",
            "OK"),
        Ssm("AddTagsToResource", """{"ResourceId":"/p","ResourceType":"Parameter","Tags":[{"Key":"k","Value":"v"}]}""", "{}", async management =>
            $"{(await management.AddTagsToResourceAsync(new()
            {
                ResourceId = "/p",
                ResourceType = ResourceTypeForTagging.Parameter,
                Tags = [new() { Key = "k", Value = "v" }]
            })).HttpStatusCode}", "OK"),

        Organizations(
            "DescribeOrganization",
            "{}",
            """{"Organization":{"Id":"o-1","MasterAccountId":"999999999999","FeatureSet":"ALL"}}""",
            async organizations =>
            {
                var organization = (await organizations.DescribeOrganizationAsync(new())).Organization;
                return $"{organization.Id} {organization.MasterAccountId} {organization.FeatureSet}";
            }, "o-1 999999999999 ALL"),
        Organizations(
            "ListRoots",
            """{"MaxResults":1,"NextToken":"t"}""",
            """{"Roots":[{"Id":"r-1","PolicyTypes":[{"Type":"TAG_POLICY","Status":"ENABLED"}]}]}""",
            async organizations =>
            {
                var root = (await organizations.ListRootsAsync(new() { MaxResults = 1, NextToken = "t" })).Roots[0];
                return $"{root.Id} {root.PolicyTypes[0].Type}";
            }, "r-1 TAG_POLICY"),
        Organizations("ListAccounts", """{"MaxResults":20}""", """{"Accounts":[<account>],"NextToken":"n"}""", async organizations =>
        {
            var answer = await organizations.ListAccountsAsync(new() { MaxResults = 20 });
            return $"{Say(answer.Accounts[0])} {answer.NextToken}";
        }, "111122223333 ACTIVE PENDING_CLOSURE o-1/r-1/111122223333/ CREATED 123 n"),
        Organizations("ListAccountsForParent", """{"ParentId":"ou-1"}""", """{"Accounts":[<account>]}""", async organizations =>
            Say(
                (await organizations.ListAccountsForParentAsync(new() { ParentId = "ou-1" })).Accounts[0]), "111122223333 ACTIVE PENDING_CLOSURE "
                    + "o-1/r-1/111122223333/ CREATED 123"),
        Organizations(
            "ListOrganizationalUnitsForParent",
            """{"ParentId":"r-1"}""",
            """{"OrganizationalUnits":[{"Id":"ou-1","Name":"Sandbox"}]}""",
            async organizations =>
                (await organizations.ListOrganizationalUnitsForParentAsync(new() { ParentId = "r-1" })).OrganizationalUnits[0].Name, "Sandbox"),
        Organizations("ListParents", """{"ChildId":"111122223333"}""", """{"Parents":[{"Id":"ou-1","Type":"ORGANIZATIONAL_UNIT"}]}""", async organizations =>
        {
            var parent = (await organizations.ListParentsAsync(new() { ChildId = "111122223333" })).Parents[0];
            return $"{parent.Id} {parent.Type}";
        }, "ou-1 ORGANIZATIONAL_UNIT"),
        Organizations("DescribeAccount", """{"AccountId":"111122223333"}""", """{"Account":<account>}""", async organizations =>
            Say(
                (await organizations.DescribeAccountAsync(new() { AccountId = "111122223333" })).Account), "111122223333 ACTIVE PENDING_CLOSURE "
                    + "o-1/r-1/111122223333/ CREATED 123"),

        Queue("ReceiveMessage",
            """{"MaxNumberOfMessages":10,"MessageSystemAttributeNames":["All"],"QueueUrl":"<queue>","WaitTimeSeconds":0}""",
            """{"Messages":[{"MessageId":"m","ReceiptHandle":"h","Body":"hello","MD5OfBody":"5d41402abc4b2a76b9719d911017c59"""
                + """2","Attributes":{"ApproximateReceiveCount":"2"},"MessageAttributes":{"raw":{"DataType":"Binary","BinaryValue":"AQI="}}}]}""",
            async s =>
            {
                var message = (await s.ReceiveMessageAsync(new ReceiveMessageRequest
                {
                    QueueUrl = QueueUrl,
                    MaxNumberOfMessages = 10,
                    WaitTimeSeconds = 0,
                    MessageSystemAttributeNames = ["All"],
                })).Messages[0];
                return $"{message.Body} {message.ReceiptHandle} {message.Attributes["ApproximateReceiveCount"]} "
                    + $"{message.MessageAttributes["raw"].BinaryValue.Length}";
            },
            "hello h 2 2"),
        Queue("DeleteMessage", """{"QueueUrl":"<queue>","ReceiptHandle":"h"}""", "", async s =>
            $"{(await s.DeleteMessageAsync(new() { QueueUrl = QueueUrl, ReceiptHandle = "h" })).HttpStatusCode}", "OK"),
        Queue("DeleteMessageBatch",
            """{"Entries":[{"Id":"1","ReceiptHandle":"h"}],"QueueUrl":"<queue>"}""",
            """{"Successful":[{"Id":"1"}],"Failed":[{"Id":"2","Code":"c","SenderFault":true,"Message":"m"}]}""",
            async s =>
            {
                var answer = await s.DeleteMessageBatchAsync(new() { QueueUrl = QueueUrl, Entries = [new() { Id = "1", ReceiptHandle = "h" }] });
                return $"{answer.Successful[0].Id} {answer.Failed[0].Id} {answer.Failed[0].SenderFault}";
            },
            "1 2 True"),
        Queue(
            "GetQueueAttributes",
            """{"AttributeNames":["ApproximateNumberOfMessages"],"QueueUrl":"<queue>"}""",
            """{"Attributes":{"ApproximateNumberOfMessages":"5"}}""",
            async s =>
                (await s.GetQueueAttributesAsync(new() { QueueUrl = QueueUrl, AttributeNames = [QueueAttributeName.ApproximateNumberOfMessages] })).Attributes[
                    "ApproximateNumberOfMessages"], "5"),
        Queue("SendMessage",
            """{"MessageAttributes":{"n":{"DataType":"Number","StringValue":"1"}},"MessageBody":"hello","QueueUrl":"<queue>"}""",
            """{"MessageId":"m","MD5OfMessageBody":"5d41402abc4b2a76b9719d911017c592"}""",
            async s => (await s.SendMessageAsync(new()
            {
                QueueUrl = QueueUrl,
                MessageBody = "hello",
                MessageAttributes = new() { ["n"] = new() { DataType = "Number", StringValue = "1" } },
            })).MessageId,
            "m"),

        Of("AWSEvents.PutEvents",
            """{"Entries":[{"Detail":"{}","DetailType":"t","EventBusName":"BudgetSync","Resources":["arn:x"],"Source":"s","Time":1764547200}]}""",
            """{"FailedEntryCount":1,"Entries":[{"EventId":"e"},{"ErrorCode":"c","ErrorMessage":"m"}]}""",
            async service =>
            {
                using var client = new AmazonEventBridgeClient(StubService.Credentials, service.Configure(new AmazonEventBridgeConfig()));
                var answer = await client.PutEventsAsync(new()
                {
                    Entries =
                    [
                        new()
                        {
                            Detail = "{}",
                            DetailType = "t",
                            EventBusName = "BudgetSync",
                            Resources = ["arn:x"],
                            Source = "s",
                            Time = new DateTime(2025, 12, 1, 0, 0, 0, DateTimeKind.Utc)
                        },
                    ],
                });
                return $"{answer.FailedEntryCount} {answer.Entries[0].EventId} {answer.Entries[1].ErrorCode}";
            },
            "1 e c"),
        Of("AWSEvents.DescribeConnection",
            """{"Name":"chat"}""",
            """{"ConnectionState":"DEAUTHORIZED","StateReason":"401","LastModifiedTime":1764547200"""
                + ""","AuthParameters":{"ApiKeyAuthParameters":{"ApiKeyName":"X"}}}""",
            async service =>
            {
                using var client = new AmazonEventBridgeClient(StubService.Credentials, service.Configure(new AmazonEventBridgeConfig()));
                var answer = await client.DescribeConnectionAsync(new() { Name = "chat" });
                return $"{answer.ConnectionState} {answer.StateReason} {answer.LastModifiedTime:O} {answer.AuthParameters.ApiKeyAuthParameters.ApiKeyName}";
            },
            "DEAUTHORIZED 401 2025-12-01T00:00:00.0000000Z X"),
        Of("AWSEvents.DescribeApiDestination",
            """{"Name":"chat"}""",
            """{"ApiDestinationArn":"arn:d","ApiDestinationState":"ACTIVE","ConnectionArn":"arn:c","InvocationRateLimitPerSecond":1}""",
            async service =>
            {
                using var client = new AmazonEventBridgeClient(StubService.Credentials, service.Configure(new AmazonEventBridgeConfig()));
                var answer = await client.DescribeApiDestinationAsync(new() { Name = "chat" });
                return $"{answer.ApiDestinationArn} {answer.ApiDestinationState} {answer.ConnectionArn} {answer.InvocationRateLimitPerSecond}";
            },
            "arn:d ACTIVE arn:c 1"),
        Of("AWSEvents.DescribeRule",
            """{"EventBusName":"BudgetSync","Name":"chat"}""",
            """{"Arn":"arn:r","State":"DISABLED"}""",
            async service =>
            {
                using var client = new AmazonEventBridgeClient(StubService.Credentials, service.Configure(new AmazonEventBridgeConfig()));
                var answer = await client.DescribeRuleAsync(new() { Name = "chat", EventBusName = "BudgetSync" });
                return $"{answer.Arn} {answer.State}";
            },
            "arn:r DISABLED"),
        Of("AWSEvents.ListTargetsByRule",
            """{"EventBusName":"BudgetSync","Rule":"chat"}""",
            """{"Targets":[{"Id":"a","Arn":"arn:t","RoleArn":"arn:r","RetryPolicy":{"MaximumRetryAttempts":3}}],"NextToken":"n"}""",
            async service =>
            {
                using var client = new AmazonEventBridgeClient(StubService.Credentials, service.Configure(new AmazonEventBridgeConfig()));
                var answer = await client.ListTargetsByRuleAsync(new() { Rule = "chat", EventBusName = "BudgetSync" });
                var target = answer.Targets[0];
                return $"{target.Id} {target.Arn} {target.RoleArn} {target.RetryPolicy.MaximumRetryAttempts} {answer.NextToken}";
            },
            "a arn:t arn:r 3 n"),
        Of("Logs_20140328.DescribeSubscriptionFilters",
            """{"logGroupName":"/team/bedrock"}""",
            """{"subscriptionFilters":[{"filterName":"f","destinationArn":"arn:f","creationTime":1764547200000}],"nextToken":"n"}""",
            async service =>
            {
                using var client = new AmazonCloudWatchLogsClient(StubService.Credentials, service.Configure(new AmazonCloudWatchLogsConfig()));
                var answer = await client.DescribeSubscriptionFiltersAsync(new() { LogGroupName = "/team/bedrock" });
                return $"{answer.SubscriptionFilters[0].FilterName} {answer.SubscriptionFilters[0].DestinationArn} {answer.NextToken}";
            },
            "f arn:f n"),
        Of("secretsmanager.GetSecretValue",
            """{"SecretId":"s","VersionStage":"AWSCURRENT"}""",
            """{"ARN":"arn:s","Name":"s","SecretString":"{}","SecretBinary":"AQI=","VersionStages":["AWSCURRENT"],"CreatedDate":1764547200}""",
            async service =>
            {
                using var client = new AmazonSecretsManagerClient(StubService.Credentials, service.Configure(new AmazonSecretsManagerConfig()));
                var answer = await client.GetSecretValueAsync(new() { SecretId = "s", VersionStage = "AWSCURRENT" });
                return $"{answer.Name} {answer.SecretString} {answer.SecretBinary.Length} {answer.VersionStages[0]} {answer.CreatedDate:O}";
            },
            "s {} 2 AWSCURRENT 2025-12-01T00:00:00.0000000Z"),
    ];

    private static string Say(Account account) =>
        $"{account.Id} {account.Status} {account.State} {account.Paths[0]} {account.JoinedMethod} {account.JoinedTimestamp!.Value.Millisecond}";

    private static Exchange Ssm(string operation, string body, string answer, Func<IAmazonSimpleSystemsManagement, Task<string?>> call, string read) =>
        Of($"AmazonSSM.{operation}", body, answer, async service =>
        {
            using var client = new AmazonSimpleSystemsManagementClient(StubService.Credentials, service.Configure(new AmazonSimpleSystemsManagementConfig()));
            return await call(client);
        }, read);

    private static Exchange Organizations(string operation, string body, string answer, Func<IAmazonOrganizations, Task<string?>> call, string read) =>
        Of($"AWSOrganizationsV20161128.{operation}", body, answer, async service =>
        {
            using var client = new AmazonOrganizationsClient(StubService.Credentials, service.Configure(new AmazonOrganizationsConfig()));
            return await call(client);
        }, read);

    private static Exchange Queue(string operation, string body, string answer, Func<IAmazonSQS, Task<string?>> call, string read) =>
        Of($"AmazonSQS.{operation}", body, answer, async service =>
        {
            using var client = new AmazonSQSClient(StubService.Credentials, service.Configure(new AmazonSQSConfig()));
            var said = await call(client);
            Assert.Equal("application/x-amz-json-1.0", service.Request.ContentType);
            return said;
        }, read);

    private static Exchange Of(string target, string body, string answer, Func<StubService, Task<string?>> call, string read) =>
        new(target, Fill(body), Fill(answer), call, read);

    private static string Fill(string json) =>
        json.Replace("<account>", AccountJson, StringComparison.Ordinal).Replace("<queue>", QueueUrl, StringComparison.Ordinal);
}
