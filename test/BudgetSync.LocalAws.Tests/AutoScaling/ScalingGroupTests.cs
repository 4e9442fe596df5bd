using System.Collections.Immutable;
using BudgetSync.LocalAws.Ec2;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.AutoScaling;

public sealed class ScalingGroupTests : IDisposable
{
    private const string Account = "111122223333";

    private readonly FakeTimeProvider clock = new(Api.Start);
    private readonly LocalCloud cloud;
    private readonly Api administrator;

    public ScalingGroupTests()
    {
        cloud = new LocalCloud(new LocalCloudOptions { Time = clock });
        administrator = new Api(cloud, Account);
    }

    public void Dispose() => administrator.Dispose();

    [Fact]
    public async Task A_group_that_is_scaled_to_zero_ends_its_instances_and_launches_others_when_it_grows_again()
    {
        var group = cloud.AutoScaling.PutGroup(Account, "web", 1, 3, 5);
        var before = cloud.AutoScaling.MembersOf(group);
        Assert.Equal(3, before.Count);

        await UpdateAsync(("MinSize", "0"), ("DesiredCapacity", "0"), ("MaxSize", "0"));
        Assert.Empty(cloud.AutoScaling.MembersOf(group));
        Assert.All(before, instance => Assert.Equal(InstanceState.Terminated, instance.State));

        await UpdateAsync(("MinSize", "1"), ("DesiredCapacity", "3"), ("MaxSize", "5"));
        Assert.Equal(3, cloud.AutoScaling.MembersOf(group).Count);
    }

    [Fact]
    public async Task A_member_that_is_stopped_is_ended_and_replaced_by_its_group()
    {
        var group = cloud.AutoScaling.PutGroup(Account, "web", 1, 1, 1);
        var member = Assert.Single(cloud.AutoScaling.MembersOf(group));
        clock.Advance(TimeSpan.FromMinutes(1));

        await administrator.Ec2Async("StopInstances", ("InstanceId.1", member.Id));

        Assert.Equal(InstanceState.Terminated, member.State);
        Assert.NotEqual(member.Id, Assert.Single(cloud.AutoScaling.MembersOf(group)).Id);
    }

    [Fact]
    public async Task Sizes_that_do_not_fit_together_are_refused_and_without_a_wish_the_size_follows_the_bounds()
    {
        var group = cloud.AutoScaling.PutGroup(Account, "web", 1, 3, 5);
        foreach (var wrong in new[] { ("DesiredCapacity", "6"), ("DesiredCapacity", "0"), ("MinSize", "6"), ("MinSize", "-1"), ("MaxSize", "0") })
            Assert.Equal("ValidationError", (await Api.RefusedAsync(() => UpdateAsync(wrong))).Code);
        Assert.Equal((1, 3, 5), (group.Minimum, group.Desired, group.Maximum));

        await UpdateAsync(("MaxSize", "2"));

        Assert.Equal(2, group.Desired);
        Assert.Equal("ValidationError", (await Api.RefusedAsync(
            () => administrator.QueryAsync("autoscaling", "UpdateAutoScalingGroup", ("AutoScalingGroupName", "other")))).Code);
    }

    [Fact]
    public async Task Groups_are_described_in_pages_and_by_their_tags_with_their_instances()
    {
        foreach (var name in new[] { "a", "b", "c" })
            cloud.AutoScaling.PutGroup(Account, name, 0, 1, 1, ImmutableDictionary<string, string>.Empty.Add("team", name));
        cloud.AutoScaling.PutGroup(Account, "there", 0, 1, 1, region: "eu-west-1");

        var first = await DescribeAsync(("MaxRecords", "2"));
        var second = await DescribeAsync(("MaxRecords", "2"), ("NextToken", first.Element("NextToken")!.Value));
        var tagged = await DescribeAsync(("Filters.member.1.Name", "tag:team"), ("Filters.member.1.Values.member.1", "b"));

        Assert.Equal(["a", "b"], first.Descendants("AutoScalingGroupName").Select(name => name.Value));
        Assert.Equal(["c"], second.Descendants("AutoScalingGroupName").Select(name => name.Value));
        Assert.Equal(["b"], tagged.Descendants("AutoScalingGroupName").Select(name => name.Value));
        Assert.Single(tagged.Descendants("InstanceId"));
        Assert.Equal("ValidationError", (await Api.RefusedAsync(() => DescribeAsync(("MaxRecords", "101")))).Code);
        Assert.Equal("InvalidNextToken", (await Api.RefusedAsync(() => DescribeAsync(("NextToken", "?")))).Code);
    }

    [Fact]
    public async Task Tags_of_a_group_go_to_new_instances_where_it_says_so()
    {
        var group = cloud.AutoScaling.PutGroup(Account, "web", 0, 0, 2);
        await TagAsync("CreateOrUpdateTags", ("Key", "all"), ("Value", "v"), ("PropagateAtLaunch", "true"));
        await TagAsync("CreateOrUpdateTags", ("Key", "group"), ("Value", "v"), ("PropagateAtLaunch", "false"));

        await UpdateAsync(("DesiredCapacity", "1"));

        Assert.Equal(["all", "aws:autoscaling:groupName"], Assert.Single(cloud.AutoScaling.MembersOf(group)).Tags.Keys.Order(StringComparer.Ordinal));
        await TagAsync("DeleteTags", ("Key", "group"));
        Assert.Equal("all", Assert.Single(group.Tags).Key);
        Assert.Equal("ValidationError", (await Api.RefusedAsync(() => TagAsync("CreateOrUpdateTags", ("Key", "aws:x")))).Code);
    }

    [Fact]
    public async Task IAM_is_told_the_groups_tags_the_sizes_and_the_tags_of_the_request()
    {
        cloud.AutoScaling.PutGroup(Account, "web", 1, 1, 1);
        cloud.AutoScaling.PutGroup(Account, "kept", 1, 1, 1, ImmutableDictionary<string, string>.Empty.Add("keep", "true"));
        const string conditions = """
            "Effect":"Allow","Condition":{"StringNotEquals":{"aws:ResourceTag/keep":"true"},
              "NumericEqualsIfExists":{"autoscaling:MaxSize":"0"},"ForAllValues:StringEquals":{"aws:TagKeys":["mark"]} }
            """;
        var role = cloud.Iam.PutRole(
            Account, Policies.Role("Worker", Policies.Allow("autoscaling:*").Replace("\"Effect\":\"Allow\"", conditions, StringComparison.Ordinal)));
        cloud.Callers.Add(
            "ASIAWORKER", "token", new Caller(Account, role.Arn, $"arn:aws:sts::{Account}:assumed-role/Worker/s"), Api.Start.AddHours(1));
        using var worker = new Api(cloud.CreateHandler(), "ASIAWORKER", "token");

        await worker.QueryAsync("autoscaling", "UpdateAutoScalingGroup", ("AutoScalingGroupName", "web"), ("MinSize", "0"), ("MaxSize", "0"));
        foreach (var (name, size) in new[] { ("kept", "0"), ("web", "1") })
        {
            var refused = await Api.RefusedAsync(() => worker.QueryAsync(
                "autoscaling", "UpdateAutoScalingGroup", ("AutoScalingGroupName", name), ("MinSize", "0"), ("MaxSize", size)));
            Assert.Equal(("AccessDenied", 403), (refused.Code, refused.Status));
        }

        await worker.QueryAsync("autoscaling", "CreateOrUpdateTags", ("Tags.member.1.ResourceId", "web"), ("Tags.member.1.Key", "mark"));
        Assert.Equal("AccessDenied", (await Api.RefusedAsync(() => worker.QueryAsync(
            "autoscaling", "CreateOrUpdateTags", ("Tags.member.1.ResourceId", "web"), ("Tags.member.1.Key", "keep")))).Code);
    }

    private Task<System.Xml.Linq.XElement> UpdateAsync(params (string Name, string Value)[] sizes) =>
        administrator.QueryAsync("autoscaling", "UpdateAutoScalingGroup", [("AutoScalingGroupName", "web"), .. sizes]);

    private Task<System.Xml.Linq.XElement> DescribeAsync(params (string Name, string Value)[] parameters) =>
        administrator.QueryAsync("autoscaling", "DescribeAutoScalingGroups", parameters);

    private Task<System.Xml.Linq.XElement> TagAsync(string action, params (string Name, string Value)[] members) => administrator.QueryAsync(
        "autoscaling",
        action,
        [
            ("Tags.member.1.ResourceId", "web"), ("Tags.member.1.ResourceType", "auto-scaling-group"),
            .. members.Select(member => ($"Tags.member.1.{member.Name}", member.Value)),
        ]);
}
