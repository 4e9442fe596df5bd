using System.Collections.Immutable;

namespace BudgetSync.Aws;

/// <summary>Every bound of our own in the shell: what limits each loop, page, retry, wait and outside string, and where the number comes from.
/// What AWS sets stands in <see cref="Core.Budgets.AwsLimits"/>.</summary>
public static class Limits
{
    /// <summary>
    /// Accounts worked on at once. About 90 in flight (600 AssumeRole calls a second, 150 ms an account) saturate the quota of STS; 64 stays below.
    /// Source: IAM and STS quotas, "STS request quotas".
    /// </summary>
    public const int AccountsInFlight = 64;

    /// <summary>
    /// AssumeRole calls a second of one function instance. STS gives the whole account 600 a second and up to ten instances run for each shard (parallelization
    /// factor 10), so 60 each; with more shards <c>AdaptiveRate</c> finds the share.
    /// </summary>
    public const int AssumeRolePerSecond = 60;

    /// <summary>
    /// AssumeRole calls a second of Reconcile, which runs once an hour and alone: a third of the account's 600, so that edits go on beside it.
    /// </summary>
    public const int ReconcileAssumeRolePerSecond = 200;

    /// <summary>AssumeRole calls that may be made at once after a pause: one second's worth, so that a lone edit never waits.</summary>
    public const int AssumeRoleBurst = 60;

    /// <summary>
    /// Calls a second by which an instance that was throttled grows faster again, each second: back from a fair share of the quota (15) to its own ceiling (60)
    /// in ten seconds.
    /// </summary>
    public const double RateGrowth = 10;

    /// <summary>An instance never goes slower than this, however often it is throttled: forty of them make a tenth of the quota.</summary>
    public const double SlowestRate = 2;

    /// <summary>Refusals within this time are the answer to the same haste, and slow an instance down once: a call and the turn before it take less.</summary>
    public static readonly TimeSpan RateCutPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Spoke sessions kept; an organization has at most 10,000 accounts by default (Organizations quotas). The oldest go first.</summary>
    public const int SpokeSessions = 10_000;

    /// <summary>Seconds a spoke session lasts. Role chaining caps it at one hour (IAM, "Roles terms and concepts"); the shortest STS takes is 900.</summary>
    public const int SessionSeconds = 3600;

    /// <summary>A session is not used in its last minutes, so that no call begins with credentials that end on the way.</summary>
    public static readonly TimeSpan SessionMargin = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Tries of one call, the first included. With the delays below they span some seconds: what seconds do not heal, the caller's own retry must.
    /// </summary>
    public const int Attempts = 6;

    /// <summary>
    /// Tries of AssumeRole while it answers AccessDenied: a role just created does so until IAM has spread it (IAM troubleshooting, "Changes that I make are
    /// not always immediately visible"); Reconcile tries again later anyway.
    /// </summary>
    public const int DeniedAttempts = 3;

    /// <summary>Ceiling of the first wait between tries; it doubles each time, and the wait is a random part of it (full jitter).</summary>
    public static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(50);

    /// <summary>Ceiling of any wait between tries. SSM's PutParameter quota (3 a second) refills well within it.</summary>
    public static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(5);

    /// <summary>Versions of a managed policy (IAM user guide, "Versioning IAM policies").</summary>
    public const int PolicyVersions = 5;

    /// <summary>Actions of one transaction of DynamoDB (API reference, TransactWriteItems).</summary>
    public const int TransactionActions = 100;

    /// <summary>
    /// Tries of a transaction that met another on one of its items: two Meters that add to one principal's day. What is left is tried by Lambda's own retry.
    /// </summary>
    public const int TransactionAttempts = 12;

    /// <summary>
    /// Tries of a call that is refused while IAM has not spread a role that has just come: with the waits between them about half a minute.
    /// </summary>
    public const int NewRoleAttempts = 15;

    /// <summary>
    /// Bytes that a batch of a log may have unpacked: CloudWatch Logs takes no more than 1 MB at once; 32 of them are far above what it packs.
    /// </summary>
    public const int LogBatchBytes = 32 * 1024 * 1024;

    /// <summary>
    /// How often in a row budgets of models are decided anew: what was decided, what was done, what IAM says of it, and once for what follows from that.
    /// </summary>
    public const int SuspensionRounds = 4;

    /// <summary>
    /// How long the id of a request is kept, so that it counts once: CloudWatch Logs delivers for 24 hours, Lambda tries for 6 more, and what it gave up lies
    /// in a queue for 14 days, from where a person sends it again.
    /// </summary>
    public static readonly TimeSpan MeteredIdAge = TimeSpan.FromDays(16);

    /// <summary>How far ahead of our clock a call may be.</summary>
    public static readonly TimeSpan MeteredAhead = TimeSpan.FromDays(1);

    /// <summary>How long the minutes are kept that rates are counted by: the longest window of a rate is 15 minutes.</summary>
    public static readonly TimeSpan MeteredMinuteAge = TimeSpan.FromHours(2);

    /// <summary>How long a day's sums are kept: the longest window has 31 days, and a report looks at the one before.</summary>
    public static readonly TimeSpan MeteredDayAge = TimeSpan.FromDays(100);

    /// <summary>
    /// Profiles of a batch for which Bedrock had no answer now, after which it is asked for no more of them: the first is tried <see cref="Attempts"/> times,
    /// the others once each.
    /// </summary>
    public const int BusyProfiles = 5;

    /// <summary>Application inference profiles whose models are remembered by one instance; an account has 1,000 at most by default (Bedrock quotas).</summary>
    public const int InferenceProfiles = 2_000;

    /// <summary>Characters of a part of a key that came from outside; what is longer ends in its hash. A sort key has 1,024 bytes.</summary>
    public const int KeyPart = 200;

    /// <summary>How long one HTTP call may take. The slowest call we make (AssumeRole, first TLS handshake) takes well under a second.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long a spoke's look may take when the hub asks for it: three calls in most accounts, and as many as there are resources to stop in a few. What takes
    /// longer goes on there, and the next round asks again.
    /// </summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Lambda ends any invocation after 15 minutes (Lambda quotas, "Function timeout").</summary>
    public static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(15);

    /// <summary>Between two tries of a run to have the lease that another one has.</summary>
    public static readonly TimeSpan LeaseWait = TimeSpan.FromSeconds(4);

    /// <summary>
    /// How long a run waits for another one to end, which takes seconds where little is restricted. Lambda runs it again a minute later and two more after that
    /// (Lambda developer guide, "How Lambda handles errors and retries with asynchronous invocation"), so that the third waits beyond the five minutes of one
    /// that died, whenever that began.
    /// </summary>
    public static readonly TimeSpan LeasePatience = TimeSpan.FromSeconds(60);

    /// <summary>How often the versions are read until what was just written is among them.</summary>
    public const int LeaseReads = 5;

    /// <summary>
    /// The waits between the rounds in which what models were denied for is given back while a stack goes, until two of them have found nothing: a call of IAM
    /// may be under way, and what IAM was told shows after seconds (IAM user guide, "Changes that I make are not always immediately visible"). All together
    /// are well below the 300 seconds of the function.
    /// </summary>
    public static readonly ImmutableArray<TimeSpan> ReleaseWaits =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(40)];

    /// <summary>An event has the account's spoke asked where it was not in so long; else the round of a quarter of an hour does.</summary>
    public static readonly TimeSpan AskEvery = TimeSpan.FromMinutes(10);

    /// <summary>So much of an answer that is no report goes into a reason.</summary>
    public const int FaultTextBytes = 500;

    /// <summary>
    /// Times Propagate goes round because rows moved while it wrote. More edits of one account within one invocation are left to their own stream records.
    /// </summary>
    public const int PropagateRounds = 5;

    /// <summary>Times Apply starts over because the parameter or the budgets moved while it worked. The event of the last edit runs its own Apply.</summary>
    public const int ApplyRounds = 5;

    /// <summary>How long the ledger remembers a message: as long as the history does, a year and a month.</summary>
    public static readonly TimeSpan LedgerKept = TimeSpan.FromDays(400);

    /// <summary>
    /// How often it is asked at once what is to be told of an account: what begins, gets worse or is over and found no room among what waited is written down
    /// when that is sent. The rest waits for the next event or the hourly round.
    /// </summary>
    public const int RoundsOfMessages = 8;

    /// <summary>How long the ledger remembers what AWS Cost Anomaly Detection told of: longer than it is told as going on.</summary>
    public static readonly TimeSpan AnomaliesKept = TimeSpan.FromDays(30);

    /// <summary>
    /// Budgets whose history a digest reads for what rose most, those that spend most a day first: each is one query, ten thousand take some seconds.
    /// </summary>
    public const int DigestBudgets = 10_000;

    /// <summary>How long it is known how many messages a channel got in an hour; what was too many is summed up in the hours that follow.</summary>
    public static readonly TimeSpan ChannelHoursKept = TimeSpan.FromDays(7);

    /// <summary>Times a conditional write of a status row is tried again with a fresh read.</summary>
    public const int StatusWriteRounds = 10;

    /// <summary>
    /// AttachPolicy and DetachPolicy a second, together; each takes that many (Organizations quotas, "Throttle limits"), and people share it.
    /// </summary>
    public const double AttachmentsPerSecond = 2;

    /// <summary>As many at once after a pause; the quota's own burst is 3.</summary>
    public const int AttachmentBurst = 2;

    /// <summary>Policies attached and detached in one run: at two a second that is eight minutes of the fifteen that a function has.</summary>
    public const int ControlChanges = 1000;

    /// <summary>The largest page of IAM's listings (IAM API reference, ListRoles, MaxItems).</summary>
    public const int PrincipalsPage = 1000;

    /// <summary>Ours: for how long what was asked for a report of models is told again; less than the hour after which one comes anyway.</summary>
    public static readonly TimeSpan ReadinessAge = TimeSpan.FromMinutes(15);

    /// <summary>Ours: as many principals as a report of models has lines (<see cref="Core.Ai.AiReport.MostLines"/>), each a call of some 50 ms.</summary>
    public const int RoomQuestions = 100;

    /// <summary>
    /// Roles and users that one apply binds: about 100 ms each are less than the 5 minutes of the function. An account has 1,000 roles by default (IAM user
    /// guide, "IAM and AWS STS quotas").
    /// </summary>
    public const int Attachments = 1500;

    /// <summary>
    /// Resources stopped or given back by one apply. Fifty instances are two calls, a group is two calls of about 100 ms: the largest number takes some minutes
    /// of the five that the function has.
    /// </summary>
    public const int Stops = 1000;

    /// <summary>
    /// Instances that one call stops or starts. EC2 takes two StartInstances a second (EC2 developer guide, "Request throttling"), and recommends 50 at a time
    /// at most (EC2 API reference, "Query API request rate", "batching").
    /// </summary>
    public const int InstancesAtOnce = 50;

    /// <summary>The largest page (EC2 API reference, DescribeInstances, MaxResults).</summary>
    public const int InstancesPage = 1000;

    /// <summary>The largest page (EC2 Auto Scaling API reference, DescribeAutoScalingGroups, MaxRecords).</summary>
    public const int GroupsPage = 100;

    /// <summary>The largest page (Compute Optimizer API reference, GetIdleRecommendations, maxResults).</summary>
    public const int IdlePage = 100;

    /// <summary>The largest page (RDS API reference, DescribeDBInstances and DescribeDBClusters, MaxRecords).</summary>
    public const int DatabasesPage = 100;

    /// <summary>The largest page (Systems Manager API reference, GetParameterHistory, MaxResults).</summary>
    public const int ParameterVersionsPage = 50;

    /// <summary>The largest page (SageMaker API reference, ListNotebookInstances, MaxResults).</summary>
    public const int NotebooksPage = 100;

    /// <summary>The largest page (ECS API reference, ListClusters and ListServices, maxResults).</summary>
    public const int ContainersPage = 100;

    /// <summary>Services that one call describes (ECS API reference, DescribeServices, services).</summary>
    public const int ServicesDescribed = 10;

    /// <summary>Pages read of one paged answer: 10,000 accounts are 500 pages of 20 (Organizations, MaxResults), and pages may be empty.</summary>
    public const int Pages = 20_000;

    /// <summary>Times a paged answer is read from its beginning again because its token is not taken any more.</summary>
    public const int PageRestarts = 3;

    /// <summary>Budgets calls of one Apply in flight. AWS publishes no rate for Budgets, so few.</summary>
    public const int BudgetsCallsInFlight = 4;

    /// <summary>
    /// Tags of accounts read a second: what Organizations publishes for reading the policies of one; it publishes nothing for tags (Organizations user guide,
    /// "Quotas for AWS Organizations", "Throttle limits").
    /// </summary>
    public const int TagReadsPerSecond = 5;

    /// <summary>How long the tags of an account are believed, but for what begins.</summary>
    public static readonly TimeSpan TagsBelieved = TimeSpan.FromHours(1);

    /// <summary>
    /// Organizations calls in flight: its rates are low and unpublished, and TooManyRequestsException is seen on walks of a few hundred accounts.
    /// </summary>
    public const int OrganizationsCallsInFlight = 2;

    /// <summary>
    /// How long the organization as read is believed. Reconcile reads it anew each time; this is for fan-outs and for accounts that no reconcile has seen.
    /// </summary>
    public static readonly TimeSpan OrganizationAge = TimeSpan.FromMinutes(5);

    /// <summary>Up to this many accounts are looked up one by one (ListParents); beyond, the whole tree is read, which is one call per 20 accounts.</summary>
    public const int AccountsLookedUpSingly = 20;

    /// <summary>A long-running invocation stops taking new work when less than this is left, so that it can still write what it knows.</summary>
    public static readonly TimeSpan DeadlineMargin = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Messages taken from the dead-letter queue in one reconcile. Each only says that something was lost, and a reconcile repairs everything, so the rest
    /// wait.
    /// </summary>
    public const int DeadLetters = 10_000;

    /// <summary>
    /// Seconds that one ReceiveMessage waits. Any wait makes it ask all of SQS's servers; without one it asks a sample of them, and an empty answer says
    /// nothing of the others (SQS developer guide, "Amazon SQS short and long polling").
    /// </summary>
    public const int QueueWaitSeconds = 1;

    /// <summary>Empty answers in a row after which the queue is believed to be empty: long polls may still miss what has just arrived.</summary>
    public const int EmptyReceives = 2;

    /// <summary>
    /// How long a stack that goes is kept waiting after its last report was sent: what CloudFormation deletes next is the report's way out. EventBridge
    /// publishes no bound; its typical latency is half a second (EventBridge FAQ, "How fast").
    /// </summary>
    public static readonly TimeSpan LastReportHeadStart = TimeSpan.FromSeconds(3);

    /// <summary>Characters kept of a text that came from outside (an AWS message, an exception of a spoke) when it is recorded or logged.</summary>
    public const int OutsideText = 1000;

    /// <summary>
    /// Bytes of a custom resource's answer (CloudFormation, "Custom resource response objects": 4,096); the reason is cut to fit with room for the ids.
    /// </summary>
    public const int CustomResourceReason = 1000;

    /// <summary>Pages of one account's history: a page is 1 MB (DynamoDB developer guide, Query), 400 days of a budget are a tenth of that.</summary>
    public const int HistoryPages = 50;
}
