using Amazon.ECS;

namespace BudgetSync.Compat.Tests.Clients;

internal static class ContainerExchanges
{
    public static IEnumerable<Exchange> All =>
    [
        Containers(
            "ListClusters",
            """{"maxResults":100,"nextToken":"t"}""",
            """{"clusterArns":["arn"],"nextToken":"n"}""",
            async containers =>
            {
                var answer = await containers.ListClustersAsync(new() { MaxResults = 100, NextToken = "t" });
                return $"{answer.ClusterArns[0]} {answer.NextToken}";
            },
            "arn n"),
        Containers(
            "ListServices",
            """{"cluster":"main","maxResults":100,"nextToken":"t"}""",
            """{"serviceArns":["arn"],"nextToken":"n"}""",
            async containers =>
            {
                var answer = await containers.ListServicesAsync(new() { Cluster = "main", MaxResults = 100, NextToken = "t" });
                return $"{answer.ServiceArns[0]} {answer.NextToken}";
            },
            "arn n"),
        Containers(
            "DescribeServices",
            """{"cluster":"main","include":["TAGS"],"services":["web"]}""",
            """
            {"services":[{"serviceName":"web","serviceArn":"arn","clusterArn":"c","status":"ACTIVE","desiredCount":3,"schedulingStrategy":"REPLICA",
            "tags":[{"key":"k","value":"v"}]}],"failures":[{"arn":"other","reason":"MISSING"}]}
            """,
            async containers =>
            {
                var answer = await containers.DescribeServicesAsync(new() { Cluster = "main", Services = ["web"], Include = ["TAGS"] });
                var one = answer.Services[0];
                return $"{one.ServiceName} {one.ServiceArn} {one.ClusterArn} {one.Status} {one.DesiredCount} "
                    + $"{one.SchedulingStrategy == SchedulingStrategy.REPLICA} {one.Tags[0].Key}={one.Tags[0].Value} {answer.Failures[0].Reason}";
            },
            "web arn c ACTIVE 3 True k=v MISSING"),
        Containers(
            "UpdateService",
            """{"cluster":"main","desiredCount":0,"service":"web"}""",
            """{"service":{"serviceName":"web","desiredCount":0}}""",
            async containers => $"{(await containers.UpdateServiceAsync(new() { Cluster = "main", Service = "web", DesiredCount = 0 })).Service.DesiredCount}",
            "0"),
        Containers(
            "TagResource",
            """{"resourceArn":"arn","tags":[{"key":"k","value":"v"}]}""",
            "{}",
            async containers =>
                $"{(await containers.TagResourceAsync(new() { ResourceArn = "arn", Tags = [new() { Key = "k", Value = "v" }] })).HttpStatusCode}",
            "OK"),
        Containers(
            "UntagResource",
            """{"resourceArn":"arn","tagKeys":["k"]}""",
            "{}",
            async containers => $"{(await containers.UntagResourceAsync(new() { ResourceArn = "arn", TagKeys = ["k"] })).HttpStatusCode}",
            "OK"),
    ];

    private static Exchange Containers(string operation, string body, string answer, Func<IAmazonECS, Task<string?>> call, string read) =>
        new($"AmazonEC2ContainerServiceV20141113.{operation}", body, answer, async service =>
        {
            using var client = new AmazonECSClient(StubService.Credentials, service.Configure(new AmazonECSConfig()));
            return await call(client);
        }, read);
}
