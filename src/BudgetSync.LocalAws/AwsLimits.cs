namespace BudgetSync.LocalAws;

/// <summary>
/// What AWS bounds, service by service, with its source. Bounds of single members of requests stand in the shapes of each service, which are AWS's models.
/// </summary>
internal static partial class AwsLimits
{
    /// <summary>AWS Budgets.</summary>
    public static class Budgets
    {
        /// <summary>Of a notification or an action (service model, NotificationThreshold).</summary>
        public const double Threshold = 15_000_000_000_000;

        /// <summary>Of a budget (API reference, Notification).</summary>
        public const int NotificationsPerBudget = 10;

        /// <summary>Where MaxResults is not given (API reference, DescribeBudgets).</summary>
        public const int BudgetsPage = 100;

        /// <summary>Where MaxResults is not given (API reference, DescribeBudgetNotificationsForAccount).</summary>
        public const int NotificationsForAccountPage = 50;

        /// <summary>Of every other listing, where MaxResults is not given (service model, MaxResults).</summary>
        public const int OtherPage = 100;

        /// <summary>Per notification or action: "one SNS subscriber and up to 10 email subscribers".</summary>
        public const int EmailsPerNotification = 10;

        /// <summary>Per notification or action, beside the e-mails.</summary>
        public const int TopicsPerNotification = 1;

        /// <summary>The longest CUSTOM period in years (not in the API reference; see PeriodRules).</summary>
        public const int CustomYears = 3;

        /// <summary>Tags of a budget or action (service model, ResourceTagList).</summary>
        public const int Tags = 200;
    }

    /// <summary>AWS Cost Explorer.</summary>
    public static class CostExplorer
    {
        /// <summary>Of Cost Anomaly Detection, in one account (Cost Management user guide, "Quotas and restrictions").</summary>
        public const int AnomalySubscriptions = 100;
    }

    /// <summary>Amazon DynamoDB and its streams.</summary>
    public static class DynamoDb
    {
        /// <summary>Most operands of IN (UG "Comparison operator and function reference").</summary>
        public const int OperandsOfIn = 100;

        /// <summary>Of an expression (UG "Service quotas": 4 KB).</summary>
        public const int ExpressionBytes = 4096;

        /// <summary>Operators and functions of one expression (UG "Service quotas": 300).</summary>
        public const int ExpressionOperators = 300;

        /// <summary>Significant digits of a number (UG "Naming rules and data types").</summary>
        public const int NumberDigits = 38;

        /// <summary>Of the largest number, 9.99…E+125 (UG "Naming rules and data types").</summary>
        public const int LargestMagnitude = 125;

        /// <summary>Of the smallest positive number, 1E-130 (the same page).</summary>
        public const int SmallestMagnitude = -130;

        /// <summary>How deep an attribute may go (UG "Service quotas"): its lists and maps, and the value inside them.</summary>
        public const int NestingLevels = 32;

        /// <summary>No name is as long as this (UG "Naming rules").</summary>
        public const int AttributeNameBytes = 64 * 1024;

        /// <summary>The largest request (DynamoDB API reference, BatchWriteItem).</summary>
        public const int RequestBytes = 16 * 1024 * 1024;

        /// <summary>Keys of one BatchGetItem (DynamoDB API reference).</summary>
        public const int BatchKeys = 100;

        /// <summary>Puts and deletes of one BatchWriteItem (DynamoDB API reference).</summary>
        public const int BatchWrites = 25;

        /// <summary>Actions of one TransactWriteItems (DynamoDB API reference).</summary>
        public const int TransactionActions = 100;

        /// <summary>Bytes of all items of one transaction (UG "Managing complex workflows with transactions": 4 MB).</summary>
        public const int TransactionBytes = 4 * 1024 * 1024;

        /// <summary>How long a transaction's token means that transaction (DynamoDB API reference, TransactWriteItems).</summary>
        public static readonly TimeSpan TransactionToken = TimeSpan.FromMinutes(10);

        /// <summary>Largest item, names included (DynamoDB developer guide, "Quotas in Amazon DynamoDB").</summary>
        public const int ItemBytes = 400 * 1024;

        /// <summary>Bytes of items in one page (DynamoDB API reference, Query and Scan).</summary>
        public const int PageBytes = 1024 * 1024;

        /// <summary>Records in one answer (DynamoDB API reference, GetRecords).</summary>
        public const int StreamRecords = 1000;

        /// <summary>How long a shard iterator lives (DynamoDB API reference, GetShardIterator).</summary>
        public static readonly TimeSpan IteratorLifetime = TimeSpan.FromMinutes(15);

        /// <summary>Streams or shards in one answer (botocore's model).</summary>
        public const int ListedStreams = 100;

        /// <summary>Names in one answer of ListTables (botocore's model).</summary>
        public const int ListedTables = 100;

        /// <summary>How long a stream keeps a record (DynamoDB developer guide, "Change data capture for DynamoDB Streams").</summary>
        public static readonly TimeSpan StreamRetention = TimeSpan.FromHours(24);

        /// <summary>Of a partition key (UG "Service quotas").</summary>
        public const int PartitionKeyBytes = 2048;

        /// <summary>Of a sort key (UG "Service quotas").</summary>
        public const int SortKeyBytes = 1024;
    }

    /// <summary>AWS CloudFormation.</summary>
    public static class CloudFormation
    {
        /// <summary>Instances of one stack set that are run at once (CloudFormation user guide, "Understand CloudFormation quotas").</summary>
        public const int InstancesAtOnce = 100;

        /// <summary>How long a custom resource may take where ServiceTimeout is not given (template reference, AWS::CloudFormation::CustomResource).</summary>
        public static readonly TimeSpan CustomResourceTimeout = TimeSpan.FromHours(1);
    }

    /// <summary>Amazon EventBridge.</summary>
    public static class EventBridge
    {
        /// <summary>The longest DetailType of an entry, in characters (API reference, PutEventsRequestEntry).</summary>
        public const int DetailType = 128;

        /// <summary>Both the largest page and where Limit is not given (service model: LimitMax100).</summary>
        public const int Page = 100;

        /// <summary>
        /// What a Time adds to an entry's size, in bytes (EventBridge user guide, "Calculating Amazon EventBridge PutEvents event entry size").
        /// </summary>
        public const int TimeBytes = 14;

        /// <summary>Buses in an account and region (EventBridge user guide, "Amazon EventBridge quotas").</summary>
        public const int Buses = 100;

        /// <summary>Connections, and API destinations, in an account and region (EventBridge user guide, "Amazon EventBridge quotas").</summary>
        public const int Destinations = 3000;

        /// <summary>Requests that an API destination gets in a second where nothing is said (EventBridge user guide, "Amazon EventBridge quotas").</summary>
        public const int InvocationsPerSecond = 300;

        /// <summary>How long an endpoint may take to answer (EventBridge user guide, "API destinations as targets in Amazon EventBridge").</summary>
        public static readonly TimeSpan EndpointTime = TimeSpan.FromSeconds(5);

        /// <summary>How long an event is tried to be delivered (EventBridge user guide, "How EventBridge retries delivering events").</summary>
        public static readonly TimeSpan EventAge = TimeSpan.FromHours(24);

        /// <summary>The longest pattern, in characters (service model: EventPattern).</summary>
        public const int PatternLength = 4096;

        /// <summary>Rules on a bus (EventBridge user guide, "Amazon EventBridge quotas").</summary>
        public const int RulesPerBus = 300;

        /// <summary>Targets of a rule (EventBridge user guide, "Amazon EventBridge quotas").</summary>
        public const int TargetsPerRule = 5;
    }

    /// <summary>AWS Identity and Access Management.</summary>
    public static class Iam
    {
        /// <summary>Managed policies of a role or user, where AWS did not raise it (IAM user guide, "IAM and AWS STS quotas").</summary>
        public const int PoliciesPerEntity = 10;

        /// <summary>Characters of a managed policy without white space (the same page).</summary>
        public const int ManagedPolicy = 6144;

        /// <summary>Versions of a managed policy (IAM user guide, "Versioning IAM policies").</summary>
        public const int PolicyVersions = 5;

        /// <summary>Where MaxItems is not given (IAM API reference, ListRoles).</summary>
        public const int Page = 100;
    }

    /// <summary>AWS Lambda.</summary>
    public static class Lambda
    {
        /// <summary>All environment variables together (Lambda developer guide, "Lambda quotas").</summary>
        public const int VariableBytes = 4096;

        /// <summary>The largest request and answer of a synchronous invocation (Lambda developer guide, "Lambda quotas").</summary>
        public const int PayloadBytes = 6 * 1024 * 1024;

        /// <summary>Of an asynchronous invocation (Lambda developer guide, "Lambda quotas").</summary>
        public const int AsyncPayloadBytes = 1024 * 1024;
    }

    /// <summary>Amazon CloudWatch Logs.</summary>
    public static class Logs
    {
        /// <summary>Subscriptions of a log group (CloudWatch Logs user guide, "CloudWatch Logs quotas").</summary>
        public const int FiltersPerGroup = 2;

        /// <summary>Where no limit is given (service model, DescribeLimit).</summary>
        public const int Page = 50;

        /// <summary>Of one PutLogEvents, each event with its overhead (API reference, PutLogEvents).</summary>
        public const int BatchBytes = 1_048_576;

        /// <summary>What each event counts beside its bytes (the same page).</summary>
        public const int EventOverhead = 26;

        /// <summary>Events older than this are refused (the same page).</summary>
        public const int OldestEventDays = 14;

        /// <summary>Events further ahead than this are refused (the same page).</summary>
        public static readonly TimeSpan NewestEvent = TimeSpan.FromHours(2);

        /// <summary>From the first event of a batch to its last (the same page).</summary>
        public static readonly TimeSpan BatchSpan = TimeSpan.FromHours(24);

        /// <summary>How long a batch is tried to be delivered (CloudWatch Logs user guide, "Log group-level subscription filters").</summary>
        public static readonly TimeSpan DeliveryAge = TimeSpan.FromHours(24);

        /// <summary>How long a subscription sends nothing after its destination refused (the same page).</summary>
        public static readonly TimeSpan DisabledFilter = TimeSpan.FromMinutes(10);

        /// <summary>What a retention may be (API reference, PutRetentionPolicy).</summary>
        public static readonly int[] RetentionDays =
            [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];
    }

    /// <summary>AWS Organizations.</summary>
    public static class Organizations
    {
        /// <summary>Both the largest and the default page (service model, MaxResults).</summary>
        public const int Page = 20;

        /// <summary>Levels of units below the root (UG "Quotas for AWS Organizations").</summary>
        public const int UnitLevels = 5;

        /// <summary>Characters of a service control policy, white space included (UG "Quotas for AWS Organizations").</summary>
        public const int PolicyContent = 10_240;

        /// <summary>AttachPolicy and DetachPolicy, each, a second (UG "Quotas for AWS Organizations", "Throttle limits").</summary>
        public const int AttachmentsPerSecond = 2;

        /// <summary>As many at once after a pause (the same table).</summary>
        public const int AttachmentBurst = 3;

        /// <summary>UpdatePolicy, a second (the same table).</summary>
        public const int UpdatesPerSecond = 2;

        /// <summary>Tags of an account, unit, root or policy (UG "Tagging AWS Organizations resources": as of AWS resources).</summary>
        public const int Tags = 50;

        /// <summary>ListPoliciesForTarget, and here ListTargetsForPolicy and ListTagsForResource, a second (the same table).</summary>
        public const int PolicyReadsPerSecond = 5;
    }

    /// <summary>Amazon S3.</summary>
    public static class S3
    {
        /// <summary>Of an object's key, in UTF-8 (UG "Naming Amazon S3 objects").</summary>
        public const int KeyBytes = 1024;
    }

    /// <summary>Amazon SNS.</summary>
    public static class Sns
    {
        /// <summary>A message in bytes (SNS API reference, Publish).</summary>
        public const int MessageBytes = 256 * 1024;

        /// <summary>Characters of a message's subject: "less than 100" (SNS API reference, Publish).</summary>
        public const int Subject = 99;

        /// <summary>Characters of a topic's display name (SNS API reference, SetTopicAttributes).</summary>
        public const int DisplayName = 100;
    }

    /// <summary>Amazon SQS.</summary>
    public static class Sqs
    {
        /// <summary>Entries of a batch (SQS API reference, SendMessageBatch).</summary>
        public const int BatchEntries = 10;

        /// <summary>Attributes of a message (SQS developer guide, "Amazon SQS message quotas").</summary>
        public const int MessageAttributes = 10;

        /// <summary>How long deleting messages by PurgeQueue takes (SQS API reference, PurgeQueue).</summary>
        public static readonly TimeSpan PurgeRest = TimeSpan.FromSeconds(60);

        /// <summary>The largest maxReceiveCount of a RedrivePolicy (SQS API reference, SetQueueAttributes).</summary>
        public const int Receives = 1000;

        /// <summary>The messages of one batch together (SQS developer guide, "Amazon SQS message quotas").</summary>
        public const int BatchBytes = 1_048_576;

        /// <summary>How long the name of a deleted queue cannot be used again (SQS API reference, CreateQueue, QueueDeletedRecently).</summary>
        public static readonly TimeSpan NameRest = TimeSpan.FromSeconds(60);
    }

    /// <summary>Systems Manager Parameter Store.</summary>
    public static class Ssm
    {
        /// <summary>Versions that are kept; the oldest goes when another comes (UG "Working with parameter versions").</summary>
        public const int Versions = 100;

        /// <summary>Of a version (API reference, LabelParameterVersion).</summary>
        public const int Labels = 10;

        /// <summary>Levels of a hierarchy (UG "Requirements and constraints for parameter names").</summary>
        public const int Levels = 15;

        /// <summary>Of a name together with its ARN prefix (the same page).</summary>
        public const int NameLengthWithArn = 1011;

        /// <summary>Of a value in the standard tier (UG "Managing parameter tiers").</summary>
        public const int StandardBytes = 4096;

        /// <summary>Of a value in the advanced tier (the same page).</summary>
        public const int AdvancedBytes = 8192;

        /// <summary>Tags per resource, at most ("Tagging your AWS resources").</summary>
        public const int Tags = 50;

        /// <summary>The largest page, and where MaxResults is not given (service model, MaxResults).</summary>
        public const int Page = 50;

        /// <summary>Of GetParametersByPath (service model, GetParametersByPathMaxResults).</summary>
        public const int PathPage = 10;
    }

    /// <summary>AWS STS.</summary>
    public static class Sts
    {
        /// <summary>The longest session of a session (IAM user guide, "Role chaining").</summary>
        public static readonly TimeSpan ChainedSession = TimeSpan.FromHours(1);

        /// <summary>Where DurationSeconds is not given (STS API reference, AssumeRole).</summary>
        public static readonly TimeSpan DefaultSession = TimeSpan.FromHours(1);
    }
}
