using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.CloudWatch;
using Amazon.ComputeOptimizer;
using Amazon.RDS;
using Amazon.SimpleNotificationService;

namespace BudgetSync.Compat.Tests.Clients;

/// <summary>What runs: Auto Scaling, which speaks AWS Query with lists of structures, and what Compute Optimizer finds idle.</summary>
internal static class ScalingExchanges
{
    private const string Tagged = "Tags.member.1.Key=k&Tags.member.1.ResourceId=web&Tags.member.1.ResourceType=auto-scaling-group";

    public static IEnumerable<Exchange> All =>
    [
        Scaling(
            "DescribeAutoScalingGroups",
            "Filters.member.1.Name=tag-key&Filters.member.1.Values.member.1=k&MaxRecords=100&NextToken=t",
            """
            <DescribeAutoScalingGroupsResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><DescribeAutoScalingGroupsResult><AutoScalingGroups>
            <member><AutoScalingGroupName>web</AutoScalingGroupName><AutoScalingGroupARN>arn</AutoScalingGroupARN><MinSize>1</MinSize><MaxSize>5</MaxSize>
            <DesiredCapacity>3</DesiredCapacity><CreatedTime>2026-05-20T10:30:00Z</CreatedTime><Instances><member><InstanceId>i-1</InstanceId>
            <ProtectedFromScaleIn>true</ProtectedFromScaleIn></member></Instances><Tags><member><Key>k</Key><Value>v</Value>
            <PropagateAtLaunch>false</PropagateAtLaunch></member></Tags></member></AutoScalingGroups><NextToken>n</NextToken>
            </DescribeAutoScalingGroupsResult></DescribeAutoScalingGroupsResponse>
            """,
            async scaling =>
            {
                var answer = await scaling.DescribeAutoScalingGroupsAsync(
                    new() { Filters = [new Filter { Name = "tag-key", Values = ["k"] }], MaxRecords = 100, NextToken = "t" });
                var group = answer.AutoScalingGroups[0];
                return $"{group.AutoScalingGroupName} {group.MinSize} {group.DesiredCapacity} {group.MaxSize} {group.Tags[0].Value} "
                    + $"{group.Instances[0].ProtectedFromScaleIn} {answer.NextToken}";
            },
            "web 1 3 5 v True n"),
        Scaling(
            "UpdateAutoScalingGroup",
            "AutoScalingGroupName=web&DesiredCapacity=0&MaxSize=0&MinSize=0",
            "<R/>",
            async scaling =>
            {
                var sizes = new UpdateAutoScalingGroupRequest { AutoScalingGroupName = "web", MinSize = 0, DesiredCapacity = 0, MaxSize = 0 };
                return $"{(await scaling.UpdateAutoScalingGroupAsync(sizes)).HttpStatusCode}";
            },
            "OK"),
        Scaling(
            "CreateOrUpdateTags",
            "Tags.member.1.Key=k&Tags.member.1.PropagateAtLaunch=false&Tags.member.1.ResourceId=web&Tags.member.1.ResourceType=auto-scaling-group"
                + "&Tags.member.1.Value=v%20w",
            "<R/>",
            async scaling => $"{(await scaling.CreateOrUpdateTagsAsync(new() { Tags = [Tag("v w", false)] })).HttpStatusCode}",
            "OK"),
        Scaling(
            "DeleteTags",
            Tagged,
            "<R/>",
            async scaling => $"{(await scaling.DeleteTagsAsync(new() { Tags = [Tag(null, null)] })).HttpStatusCode}",
            "OK"),
        new(
            "GraniteServiceVersion20100801.GetMetricStatistics",
            """
            {"EndTime":1779321600,"MetricName":"TotalInputTokens","Namespace":"AWS/BedrockMantle","Period":86400,"StartTime":1779235200,"Statistics":["Sum"]}
            """,
            """{"Label":"TotalInputTokens","Datapoints":[{"Timestamp":1779235200,"Sum":1200000.0,"Unit":"Count"}]}""",
            async service =>
            {
                using var client = new AmazonCloudWatchClient(StubService.Credentials, service.Configure(new AmazonCloudWatchConfig()));
                var start = new DateTime(2026, 5, 20, 0, 0, 0, DateTimeKind.Utc);
                var answer = await client.GetMetricStatisticsAsync(new()
                {
                    Namespace = "AWS/BedrockMantle", MetricName = "TotalInputTokens", StartTime = start, EndTime = start.AddDays(1), Period = 86400,
                    Statistics = [Statistic.Sum],
                });
                var point = answer.Datapoints[0];
                return $"{point.Timestamp!.Value.ToUniversalTime():HH:mm} {point.Sum} {point.Unit}";
            },
            "00:00 1200000 Count"),
        new(
            "ComputeOptimizerService.GetIdleRecommendations",
            """{"filters":[{"name":"Finding","values":["Idle"]}],"maxResults":100,"nextToken":"t"}""",
            """{"idleRecommendations":[{"resourceArn":"arn","finding":"Idle","lastRefreshTimestamp":1779273000.5,"utilizationMetrics":[]}],"nextToken":"n"}""",
            async service =>
            {
                using var client = new AmazonComputeOptimizerClient(StubService.Credentials, service.Configure(new AmazonComputeOptimizerConfig()));
                var answer = await client.GetIdleRecommendationsAsync(new()
                {
                    Filters = [new() { Name = IdleRecommendationFilterName.Finding, Values = ["Idle"] }], MaxResults = 100, NextToken = "t",
                });
                var found = answer.IdleRecommendations[0];
                return $"{found.ResourceArn} {found.Finding} {found.LastRefreshTimestamp!.Value.ToUniversalTime():HH:mm} {answer.NextToken}";
            },
            "arn Idle 10:30 n"),
    ];

    public static IEnumerable<Exchange> OfDatabases =>
    [
        Databases(
            "DescribeDBInstances",
            "Marker=m&MaxRecords=100",
            """
            <DescribeDBInstancesResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><DescribeDBInstancesResult><Marker>n</Marker><DBInstances>
            <DBInstance><DBInstanceIdentifier>orders</DBInstanceIdentifier><DBInstanceStatus>stopped</DBInstanceStatus><MultiAZ>true</MultiAZ>
            <AutomaticRestartTime>2026-05-27T10:30:00Z</AutomaticRestartTime><TagList><Tag><Key>k</Key><Value>v</Value></Tag><Tag><Key>l</Key><Value>w</Value>
            </Tag></TagList><ReadReplicaDBInstanceIdentifiers><ReadReplicaDBInstanceIdentifier>r</ReadReplicaDBInstanceIdentifier>
            </ReadReplicaDBInstanceIdentifiers></DBInstance></DBInstances></DescribeDBInstancesResult></DescribeDBInstancesResponse>
            """,
            async databases =>
            {
                var answer = await databases.DescribeDBInstancesAsync(new() { Marker = "m", MaxRecords = 100 });
                var one = answer.DBInstances[0];
                return $"{one.DBInstanceIdentifier} {one.DBInstanceStatus} {one.MultiAZ} {one.AutomaticRestartTime!.Value.ToUniversalTime():MM-dd} "
                    + $"{one.TagList[1].Value} {one.ReadReplicaDBInstanceIdentifiers[0]} {answer.Marker}";
            },
            "orders stopped True 05-27 w r n"),
        Databases(
            "StopDBInstance",
            "DBInstanceIdentifier=orders",
            """
            <StopDBInstanceResponse><StopDBInstanceResult><DBInstance><DBInstanceStatus>stopping</DBInstanceStatus></DBInstance></StopDBInstanceResult>
            </StopDBInstanceResponse>
            """,
            async databases => (await databases.StopDBInstanceAsync(new() { DBInstanceIdentifier = "orders" })).DBInstance.DBInstanceStatus,
            "stopping"),
        Databases(
            "StartDBInstance",
            "DBInstanceIdentifier=orders",
            """
            <StartDBInstanceResponse><StartDBInstanceResult><DBInstance><DBInstanceStatus>starting</DBInstanceStatus></DBInstance></StartDBInstanceResult>
            </StartDBInstanceResponse>
            """,
            async databases => (await databases.StartDBInstanceAsync(new() { DBInstanceIdentifier = "orders" })).DBInstance.DBInstanceStatus,
            "starting"),
        Databases(
            "DescribeDBClusters",
            "Marker=m&MaxRecords=100",
            """
            <DescribeDBClustersResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><DescribeDBClustersResult><Marker>n</Marker><DBClusters>
            <DBCluster><DBClusterIdentifier>aurora</DBClusterIdentifier><Status>stopped</Status><EngineMode>provisioned</EngineMode>
            <AutomaticRestartTime>2026-05-27T10:30:00Z</AutomaticRestartTime><DBClusterMembers><DBClusterMember><DBInstanceIdentifier>one
            </DBInstanceIdentifier></DBClusterMember></DBClusterMembers><TagList><Tag><Key>k</Key><Value>v</Value></Tag></TagList><ReadReplicaIdentifiers>
            <ReadReplicaIdentifier>r</ReadReplicaIdentifier></ReadReplicaIdentifiers></DBCluster></DBClusters></DescribeDBClustersResult>
            </DescribeDBClustersResponse>
            """,
            async databases =>
            {
                var answer = await databases.DescribeDBClustersAsync(new() { Marker = "m", MaxRecords = 100 });
                var one = answer.DBClusters[0];
                return $"{one.DBClusterIdentifier} {one.Status} {one.EngineMode} {one.AutomaticRestartTime!.Value.ToUniversalTime():MM-dd} "
                    + $"{one.DBClusterMembers[0].DBInstanceIdentifier.Trim()} {one.TagList[0].Value} {one.ReadReplicaIdentifiers[0]} {answer.Marker}";
            },
            "aurora stopped provisioned 05-27 one v r n"),
        Databases(
            "StopDBCluster",
            "DBClusterIdentifier=aurora",
            "<StopDBClusterResponse><StopDBClusterResult><DBCluster><Status>stopping</Status></DBCluster></StopDBClusterResult></StopDBClusterResponse>",
            async databases => (await databases.StopDBClusterAsync(new() { DBClusterIdentifier = "aurora" })).DBCluster.Status,
            "stopping"),
        Databases(
            "StartDBCluster",
            "DBClusterIdentifier=aurora",
            "<StartDBClusterResponse><StartDBClusterResult><DBCluster><Status>starting</Status></DBCluster></StartDBClusterResult></StartDBClusterResponse>",
            async databases => (await databases.StartDBClusterAsync(new() { DBClusterIdentifier = "aurora" })).DBCluster.Status,
            "starting"),
        Databases(
            "AddTagsToResource",
            "ResourceName=arn&Tags.Tag.1.Key=k&Tags.Tag.1.Value=v&Tags.Tag.2.Key=l",
            "<R/>",
            async databases => $"{(await databases.AddTagsToResourceAsync(new()
            {
                ResourceName = "arn", Tags = [new() { Key = "k", Value = "v" }, new() { Key = "l" }],
            })).HttpStatusCode}",
            "OK"),
        Databases(
            "RemoveTagsFromResource",
            "ResourceName=arn&TagKeys.member.1=k",
            "<R/>",
            async databases => $"{(await databases.RemoveTagsFromResourceAsync(new() { ResourceName = "arn", TagKeys = ["k"] })).HttpStatusCode}",
            "OK"),
    ];

    public static IEnumerable<Exchange> OfTopics =>
    [
        new(
            "sns.GetTopicAttributes",
            "2010-03-31&TopicArn=arn",
            """
            <GetTopicAttributesResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><GetTopicAttributesResult><Attributes>
            <entry><key>Policy</key><value>{"Statement":[]}</value></entry><entry><key>KmsMasterKeyId</key><value>alias/aws/sns</value></entry>
            </Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>
            """,
            async service =>
            {
                using var client = new AmazonSimpleNotificationServiceClient(
                    StubService.Credentials, service.Configure(new AmazonSimpleNotificationServiceConfig()));
                var attributes = (await client.GetTopicAttributesAsync(new() { TopicArn = "arn" })).Attributes;
                return $"{attributes["Policy"]} {attributes["KmsMasterKeyId"]}";
            },
            """{"Statement":[]} alias/aws/sns"""),
        new(
            "sns.Publish",
            "2010-03-31&Message=two%0Alines&Subject=s&TopicArn=arn",
            """
            <PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>567910cd-659e-55d4-8ccb-5aaf14679dc0</MessageId>
            </PublishResult></PublishResponse>
            """,
            async service =>
            {
                using var client = new AmazonSimpleNotificationServiceClient(
                    StubService.Credentials, service.Configure(new AmazonSimpleNotificationServiceConfig()));
                return (await client.PublishAsync(new() { TopicArn = "arn", Message = "two\nlines", Subject = "s" })).MessageId;
            },
            "567910cd-659e-55d4-8ccb-5aaf14679dc0"),
    ];

    private static Exchange Databases(string operation, string form, string answer, Func<IAmazonRDS, Task<string?>> call, string read) =>
        new($"rds.{operation}", $"2014-10-31&{form}", answer, async service =>
        {
            using var client = new AmazonRDSClient(StubService.Credentials, service.Configure(new AmazonRDSConfig()));
            return await call(client);
        }, read);

    private static Tag Tag(string? value, bool? propagates) =>
        new() { ResourceId = "web", ResourceType = "auto-scaling-group", Key = "k", Value = value, PropagateAtLaunch = propagates };

    private static Exchange Scaling(string operation, string form, string answer, Func<IAmazonAutoScaling, Task<string?>> call, string read) =>
        new($"autoscaling.{operation}", $"2011-01-01&{form}", answer, async service =>
        {
            using var client = new AmazonAutoScalingClient(StubService.Credentials, service.Configure(new AmazonAutoScalingConfig()));
            return await call(client);
        }, read);
}
