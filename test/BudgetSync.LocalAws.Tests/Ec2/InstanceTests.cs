using System.Collections.Immutable;
using System.Xml.Linq;
using BudgetSync.LocalAws.Ec2;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.Ec2;

public sealed class InstanceTests : IDisposable
{
    private const string Account = "111122223333";

    private readonly FakeTimeProvider clock = new(Api.Start);
    private readonly LocalCloud cloud;
    private readonly Api administrator;

    public InstanceTests()
    {
        cloud = new LocalCloud(new LocalCloudOptions { Time = clock });
        administrator = new Api(cloud, Account);
    }

    public void Dispose() => administrator.Dispose();

    [Fact]
    public async Task An_instance_is_stopped_and_started_through_the_states_between()
    {
        var instance = Run(new InstanceDefinition(Account));

        var stopping = await administrator.Ec2Async("StopInstances", ("InstanceId.1", instance.Id));
        Assert.Equal(["64", "16"], stopping.Descendants("code").Select(code => code.Value));
        Assert.Equal("IncorrectInstanceState", (await Api.RefusedAsync(() => StartAsync(instance))).Code);
        Assert.Equal("User initiated (2026-05-20 10:31:00 GMT)", (await DescribeAsync()).Descendants("reason").Single().Value);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(InstanceState.Stopped, instance.State);

        await StartAsync(instance);
        Assert.Equal("pending", (await DescribeAsync()).Descendants("instanceState").Single().Element("name")!.Value);
        Assert.Equal("IncorrectInstanceState", (await Api.RefusedAsync(() => StopAsync(instance))).Code);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(InstanceState.Running, instance.State);
    }

    [Fact]
    public async Task What_is_stopped_already_is_stopped_without_an_error_and_what_is_terminated_is_not()
    {
        var instance = Run(new InstanceDefinition(Account));
        await StopAsync(instance);
        await StopAsync(instance);
        clock.Advance(TimeSpan.FromMinutes(1));
        await StopAsync(instance);
        Assert.Equal(InstanceState.Stopped, instance.State);

        cloud.Ec2.Terminate(instance);

        Assert.Equal("IncorrectInstanceState", (await Api.RefusedAsync(() => StopAsync(instance))).Code);
        Assert.Equal("IncorrectInstanceState", (await Api.RefusedAsync(() => StartAsync(instance))).Code);
    }

    [Fact]
    public async Task What_cannot_be_stopped_is_refused_in_AWSs_words_and_with_it_all_that_the_call_names()
    {
        var plain = Run(new InstanceDefinition(Account));
        var spot = Run(new InstanceDefinition(Account) { IsSpot = true });
        var store = Run(new InstanceDefinition(Account) { IsOnInstanceStore = true });
        var kept = Run(new InstanceDefinition(Account) { IsStopProtected = true });

        Assert.Equal("UnsupportedOperation", (await Api.RefusedAsync(() => StopAsync(plain, spot))).Code);
        Assert.Equal("UnsupportedOperation", (await Api.RefusedAsync(() => StopAsync(plain, store))).Code);
        Assert.Contains("disableApiStop", (await Api.RefusedAsync(() => StopAsync(plain, kept))).Text, StringComparison.Ordinal);

        Assert.Equal(InstanceState.Running, plain.State);
        Assert.Equal(["instance-store", "spot"], (await DescribeAsync()).Descendants()
            .Where(element => element.Name == "instanceLifecycle" || (element.Name == "rootDeviceType" && element.Value != "ebs"))
            .Select(element => element.Value)
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Instances_of_another_account_or_region_are_not_there()
    {
        var instance = Run(new InstanceDefinition(Account) { Region = "eu-west-1" });
        using var there = new Api(cloud, Account, "eu-west-1");
        using var neighbour = new Api(cloud.CreateHandler(), "222222222222", region: "eu-west-1");

        Assert.Equal("InvalidInstanceID.NotFound", (await Api.RefusedAsync(() => StopAsync(instance))).Code);
        Assert.Equal("InvalidInstanceID.NotFound", (await Api.RefusedAsync(() => neighbour.Ec2Async("StopInstances", ("InstanceId.1", instance.Id)))).Code);
        Assert.Equal("InvalidInstanceID.Malformed", (await Api.RefusedAsync(() => there.Ec2Async("StopInstances", ("InstanceId.1", "vol-1")))).Code);
        Assert.Empty((await DescribeAsync()).Descendants("instanceId"));
        Assert.Single((await there.Ec2Async("DescribeInstances")).Descendants("instanceId"));
    }

    [Fact]
    public async Task Instances_are_described_in_pages_and_by_filters()
    {
        for (var number = 0; number < 7; number++) Run(Tagged($"{number}"));
        await StopAsync(cloud.Ec2.Instances[0]);

        var first = await administrator.Ec2Async("DescribeInstances", ("MaxResults", "5"));
        var second = await administrator.Ec2Async("DescribeInstances", ("MaxResults", "5"), ("NextToken", first.Element("nextToken")!.Value));
        Assert.Equal((5, 2), (Ids(first).Count, Ids(second).Count));
        Assert.Null(second.Element("nextToken"));
        Assert.Equal(6, Ids(await FilteredAsync("instance-state-name", "running")).Count);
        Assert.Equal(7, Ids(await FilteredAsync("tag-key", "number", "other")).Count);
        Assert.Single(Ids(await FilteredAsync("tag:number", "3")));
        Assert.Equal("InvalidParameterValue", (await Api.RefusedAsync(() => FilteredAsync("colour", "red"))).Code);
        Assert.Equal("InvalidParameterValue", (await Api.RefusedAsync(() => administrator.Ec2Async("DescribeInstances", ("MaxResults", "4")))).Code);
        Assert.Equal("InvalidParameterValue", (await Api.RefusedAsync(() => administrator.Ec2Async("DescribeInstances", ("NextToken", "x")))).Code);
        Assert.Equal("InvalidParameterCombination", (await Api.RefusedAsync(
            () => administrator.Ec2Async("DescribeInstances", ("MaxResults", "5"), ("InstanceId.1", cloud.Ec2.Instances[0].Id)))).Code);
    }

    [Fact]
    public async Task Tags_are_written_and_taken_off_up_to_fifty_and_those_of_AWS_are_nobodys_else()
    {
        var instance = Run(Tagged("1"));
        await TagAsync(("ResourceId.1", instance.Id), ("Tag.1.Key", "a"), ("Tag.1.Value", "b"));
        Assert.Equal("b", instance.Tags["a"]);
        Assert.Equal("InvalidParameterValue", (await Api.RefusedAsync(
            () => TagAsync(("ResourceId.1", instance.Id), ("Tag.1.Key", "aws:x"), ("Tag.1.Value", "b")))).Code);
        for (var number = 2; number < 50; number++) cloud.Ec2.Tag(instance, $"key{number}", "v");
        Assert.Equal("TagLimitExceeded", (await Api.RefusedAsync(
            () => TagAsync(("ResourceId.1", instance.Id), ("Tag.1.Key", "one"), ("Tag.1.Value", "more")))).Code);

        await administrator.Ec2Async("DeleteTags", ("ResourceId.1", instance.Id), ("Tag.1.Key", "a"), ("Tag.1.Value", "other"));
        Assert.True(instance.Tags.ContainsKey("a"));
        await administrator.Ec2Async("DeleteTags", ("ResourceId.1", instance.Id), ("Tag.1.Key", "a"));
        Assert.False(instance.Tags.ContainsKey("a"));
    }

    [Fact]
    public async Task IAM_is_asked_about_each_instance_and_told_its_tags_and_those_of_the_request()
    {
        var free = Run(Tagged("1"));
        var kept = Run(new InstanceDefinition(Account) { Tags = ImmutableDictionary<string, string>.Empty.Add("keep", "true") });
        var statement = Policies.Allow("ec2:*").Replace(
            "\"Effect\":\"Allow\"",
            """
            "Effect":"Allow","Condition":{"StringNotEquals":{"aws:ResourceTag/keep":"true"},"ForAllValues:StringEquals":{"aws:TagKeys":["mark"]} }
            """,
            StringComparison.Ordinal);
        using var worker = Session(statement);

        await worker.Ec2Async("StopInstances", ("InstanceId.1", free.Id));
        var refused = await Api.RefusedAsync(() => worker.Ec2Async("StopInstances", ("InstanceId.1", free.Id), ("InstanceId.2", kept.Id)));
        await worker.Ec2Async("CreateTags", ("ResourceId.1", free.Id), ("Tag.1.Key", "mark"), ("Tag.1.Value", "x"));
        var other = await Api.RefusedAsync(
            () => worker.Ec2Async("CreateTags", ("ResourceId.1", free.Id), ("Tag.1.Key", "keep"), ("Tag.1.Value", "true")));

        Assert.Equal(("UnauthorizedOperation", 403), (refused.Code, refused.Status));
        Assert.Contains($"ec2:StopInstances on resource: {kept.Arn}", refused.Text, StringComparison.Ordinal);
        Assert.Equal("UnauthorizedOperation", other.Code);
    }

    /// <summary>AWS answers the call as if all were well.</summary>
    [Fact]
    public async Task An_instance_whose_volumes_have_a_customers_key_starts_only_for_who_may_give_EC2_the_key()
    {
        const string key = $"arn:aws:kms:us-east-1:{Account}:key/00000000-0000-4000-8000-000000000001";
        var instance = Run(new InstanceDefinition(Account) { KmsKeyArn = key });
        await StopAsync(instance);
        clock.Advance(TimeSpan.FromMinutes(1));
        using var worker = Session(Policies.Allow("ec2:*"));

        await worker.Ec2Async("StartInstances", ("InstanceId.1", instance.Id));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(InstanceState.Stopped, instance.State);

        cloud.Iam.PutRole(Account, Policies.Role("Worker", Policies.Allow("*")));
        await worker.Ec2Async("StartInstances", ("InstanceId.1", instance.Id));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(InstanceState.Running, instance.State);
    }

    [Fact]
    public async Task Five_starts_at_once_are_taken_and_two_a_second_after_that()
    {
        var instance = Run(new InstanceDefinition(Account));
        for (var number = 0; number < 5; number++) await StartAsync(instance);
        var refused = await Api.RefusedAsync(() => StartAsync(instance));
        Assert.Equal(("RequestLimitExceeded", 503), (refused.Code, refused.Status));

        clock.Advance(TimeSpan.FromSeconds(1));

        await StartAsync(instance);
        await StartAsync(instance);
        await Api.RefusedAsync(() => StartAsync(instance));
    }

    private static InstanceDefinition Tagged(string number) =>
        new(Account) { Tags = ImmutableDictionary<string, string>.Empty.Add("number", number) };

    private static List<string> Ids(XElement answer) => [.. answer.Descendants("instanceId").Select(id => id.Value)];

    private Ec2Instance Run(InstanceDefinition definition)
    {
        var instance = cloud.Ec2.Run(definition);
        Assert.Equal(InstanceState.Pending, instance.State);
        instance.Become(InstanceState.Running, InstanceState.Running, TimeSpan.Zero);
        clock.SetUtcNow(Api.Start.AddMinutes(1));
        return instance;
    }

    private Api Session(string statement)
    {
        var role = cloud.Iam.PutRole(Account, Policies.Role("Worker", statement));
        var caller = new Caller(Account, role.Arn, $"arn:aws:sts::{Account}:assumed-role/Worker/s");
        cloud.Callers.Add("ASIAWORKER", "token", caller, Api.Start.AddHours(1));
        return new Api(cloud.CreateHandler(), "ASIAWORKER", "token");
    }

    private Task<XElement> DescribeAsync() => administrator.Ec2Async("DescribeInstances");

    private Task<XElement> FilteredAsync(string name, params string[] values) => administrator.Ec2Async(
        "DescribeInstances", [("Filter.1.Name", name), .. values.Select((value, index) => ($"Filter.1.Value.{index + 1}", value))]);

    private Task<XElement> StopAsync(params Ec2Instance[] instances) =>
        administrator.Ec2Async("StopInstances", [.. instances.Select((instance, index) => ($"InstanceId.{index + 1}", instance.Id))]);

    private Task<XElement> StartAsync(Ec2Instance instance) => administrator.Ec2Async("StartInstances", ("InstanceId.1", instance.Id));

    private Task<XElement> TagAsync(params (string Name, string Value)[] parameters) => administrator.Ec2Async("CreateTags", parameters);
}
