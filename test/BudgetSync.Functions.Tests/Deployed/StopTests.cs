using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Core.Stops;
using BudgetSync.LocalAws.AutoScaling;
using BudgetSync.LocalAws.Ec2;
using BudgetSync.LocalAws.Ecs;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Rds;
using BudgetSync.LocalAws.SageMaker;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>A spoke whose stack may stop what runs: what the template allows is enough, needed, and no more.</summary>
public sealed class StopTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string Neighbour = "222222222222";
    private const string StopAll = """{"Id":"r-000000000001","Kind":"STOP_ALL","Since":"2026-03-02T00:00:00Z"}""";
    private const string StopIdle = """{"Id":"r-000000000009","Kind":"STOP_IDLE","Since":"2026-03-02T00:00:00Z"}""";
    private const string Protect = "budgetsync:protect";
    private const string Mark = "budgetsync:stopped";
    private const string Key = $"arn:aws:kms:eu-west-1:{Spoke}:key/00000000-0000-4000-8000-000000000001";

    [Fact]
    public async Task What_runs_is_stopped_while_the_parameter_says_so_and_started_after_that()
    {
        await using var organization = await DeployedAsync(Templates.WithStops);
        var account = new Resources(organization);

        await AskAsync(organization, StopAll);
        Assert.True(account.AreStopped);
        Assert.True(account.WhatIsProtectedRuns);

        await AskAsync(organization);
        Assert.True(account.Run);
        Assert.Empty(WholeLife.DenialsOf(organization));
    }

    [Fact]
    public async Task What_a_person_starts_again_is_stopped_again_by_the_next_look()
    {
        await using var organization = await DeployedAsync(Templates.WithStops);
        var account = new Resources(organization);
        await AskAsync(organization, StopAll);
        var input = new JsonObject { ["InstanceId"] = new JsonArray(account.Instance.Id) };
        await organization.CallAsync(organization.Cloud.Ec2, Spoke, "StartInstances", input);

        await organization.PassAsync(TimeSpan.FromHours(5));

        Assert.True(account.AreStopped);
    }

    /// <summary>AWS starts a database again after seven days.</summary>
    [Fact]
    public async Task A_database_that_AWS_starts_again_is_stopped_again_while_it_is_asked_for()
    {
        await using var organization = await DeployedAsync(Templates.WithStops);
        var account = new Resources(organization);
        await AskAsync(organization, StopAll);

        await organization.PassAsync(TimeSpan.FromDays(8));

        Assert.True(account.AreStopped);
        Assert.Equal(2, organization.Cloud.Calls.Calls.Count(call => call.Call.Operation == "StopDBInstance"));
        await AskAsync(organization);
        Assert.True(account.Run);
    }

    [Fact]
    public async Task A_stack_that_goes_starts_first_what_it_stopped()
    {
        await using var organization = await DeployedAsync(Templates.WithStops);
        var account = new Resources(organization);
        await AskAsync(organization, StopAll);

        await organization.UntilDoneAsync(organization.Cloud.CloudFormation.DeleteAsync(Spoke, "BudgetSync-Spoke"));
        await organization.PassAsync(TimeSpan.FromMinutes(5));

        Assert.True(account.Run);
    }

    [Theory]
    [InlineData("the feature")]
    [InlineData("the regions")]
    [InlineData("one region")]
    public async Task A_deployment_that_switches_off_starts_first_what_it_stopped(string what)
    {
        await using var organization = await DeployedAsync(Templates.WithStops);
        var account = new Resources(organization);
        await AskAsync(organization, StopAll);

        organization.Use(what switch
        {
            "the feature" => Templates.AsCommitted,
            "the regions" => Templates.WithRestrictions,
            _ => Templates.WithStops with
            {
                Spoke = Templates.WithStops.Spoke.Replace("us-east-1,eu-west-1", "us-east-1", StringComparison.Ordinal),
            },
        });
        await organization.DeploySpokeAsync(Spoke);
        await organization.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(InstanceState.Running, account.Encrypted.State);
        Assert.Equal(what == "one region" ? InstanceState.Stopped : InstanceState.Running, account.Instance.State);
    }

    [Fact]
    public async Task Removing_any_single_action_of_the_setting_is_noticed()
    {
        var before = GrantedAction.Of("spoke", Templates.WithRestrictions.Spoke).Select(action => action.Action).ToHashSet();
        var all = GrantedAction.Of("spoke", Templates.WithStops.Spoke)
            .Where(action => action.Resource == "RestrictionsStops" || !before.Contains(action.Action))
            .ToList();
        var unnoticed = new ConcurrentBag<string>();

        await Parallel.ForEachAsync(all, async (action, _) =>
        {
            await using var organization = await DeployedAsync(action.RemovedFrom(Templates.WithStops));
            var account = new Resources(organization);
            await MadeAnewAsync(organization);
            await AskAsync(organization, StopAll);
            var stopped = account.AreStopped;
            await AskAsync(organization, StopIdle);
            await AskAsync(organization);
            // Without the key EC2 says nothing: the instance stops again.
            if (WholeLife.DenialsOf(organization).Count == 0 && stopped && account.Run) unnoticed.Add(action.ToString());
        });

        Assert.Equal(
            [
                "autoscaling:CreateOrUpdateTags", "autoscaling:DeleteTags", "autoscaling:DescribeAutoScalingGroups", "autoscaling:UpdateAutoScalingGroup",
                "autoscaling:UpdateAutoScalingGroup", "compute-optimizer:GetIdleRecommendations", "ec2:CreateTags", "ec2:DeleteTags", "ec2:DescribeInstances",
                "ec2:StartInstances", "ec2:StopInstances", "ecs:DescribeServices", "ecs:ListClusters", "ecs:ListServices", "ecs:TagResource",
                "ecs:UntagResource", "ecs:UpdateService",
                "kms:CreateGrant", "rds:AddTagsToResource", "rds:DescribeDBClusters", "rds:DescribeDBInstances", "rds:RemoveTagsFromResource",
                "rds:StartDBCluster", "rds:StartDBInstance", "rds:StopDBCluster", "rds:StopDBInstance", "sagemaker:AddTags", "sagemaker:DeleteTags",
                "sagemaker:ListNotebookInstances", "sagemaker:ListTags", "sagemaker:StartNotebookInstance", "sagemaker:StopNotebookInstance",
                "ssm:DeleteParameter", "ssm:GetParameterHistory", "ssm:PutParameter",
            ],
            all.Select(action => action.Action).Order(StringComparer.Ordinal));
        Assert.Empty(unnoticed);
    }

    /// <summary>Whoever holds Apply's session, and so whoever could make Apply do anything at all by its parameter, is held by IAM.</summary>
    [Fact]
    public async Task Applys_session_stops_nothing_protected_starts_nothing_unmarked_and_touches_no_other_tag()
    {
        await using var organization = await DeployedAsync(Templates.WithStops);
        var account = new Resources(organization);
        var ec2 = organization.Cloud.Ec2;
        var stopped = account.Add(tags: []);
        await organization.PassAsync(TimeSpan.FromMinutes(1));
        await organization.CallAsync(ec2, Spoke, "StopInstances", Named(stopped));
        var elsewhere = account.Add(region: "ap-southeast-2");
        var neighbour = ec2.Run(new InstanceDefinition(Neighbour));
        var protectedGroup = organization.Cloud.AutoScaling.PutGroup(
            Spoke, "guarded", 1, 1, 1, ImmutableDictionary<string, string>.Empty.Add(Protect, "true"));
        await organization.PassAsync(TimeSpan.FromMinutes(5));

        await DeniedAsync(ec2, "StopInstances", Named(account.Protected));
        await DeniedAsync(ec2, "StopInstances", Named(account.Instance, account.Protected));
        await DeniedAsync(ec2, "CreateTags", Tagged(account.Protected, Mark));
        await DeniedAsync(ec2, "CreateTags", Tagged(account.Instance, Protect));
        await DeniedAsync(ec2, "CreateTags", Tagged(account.Instance, Mark, "team"));
        await DeniedAsync(ec2, "DeleteTags", Tagged(account.Protected, Protect));
        await DeniedAsync(ec2, "DeleteTags", new JsonObject { ["ResourceId"] = new JsonArray(account.Protected.Id) });
        await DeniedAsync(ec2, "StartInstances", Named(stopped));
        await DeniedAsync(ec2, "StopInstances", Named(elsewhere), "ap-southeast-2");
        await DeniedAsync(organization.Cloud.AutoScaling, "UpdateAutoScalingGroup", Sizes(protectedGroup, 0));
        await DeniedAsync(organization.Cloud.AutoScaling, "UpdateAutoScalingGroup", Sizes(account.Group, 100));
        var rds = organization.Cloud.Rds;
        foreach (var operation in new[] { "StopDBInstance", "StartDBInstance" })
            await DeniedAsync(rds, operation, new JsonObject { ["DBInstanceIdentifier"] = "ledger" });
        await DeniedAsync(rds, "AddTagsToResource", DatabaseTag(account.Database, Protect));
        await DeniedAsync(rds, "AddTagsToResource", DatabaseTag(account.ProtectedDatabase, Mark));
        await DeniedAsync(
            rds, "RemoveTagsFromResource", new JsonObject { ["ResourceName"] = account.ProtectedDatabase.Arn, ["TagKeys"] = new JsonArray(Protect) });
        foreach (var operation in new[] { "StopDBCluster", "StartDBCluster" })
            await DeniedAsync(rds, operation, new JsonObject { ["DBClusterIdentifier"] = "books" });
        await DeniedAsync(rds, "AddTagsToResource", DatabaseTag(account.ProtectedCluster, Mark));
        var notebooks = organization.Cloud.SageMaker;
        foreach (var operation in new[] { "StopNotebookInstance", "StartNotebookInstance" })
            await DeniedAsync(notebooks, operation, new JsonObject { ["NotebookInstanceName"] = "kept" });
        await DeniedAsync(notebooks, "AddTags", NotebookTag(account.ProtectedNotebook, Mark));
        await DeniedAsync(notebooks, "AddTags", NotebookTag(account.Notebook, Protect));
        await DeniedAsync(
            notebooks, "DeleteTags", new JsonObject { ["ResourceArn"] = account.ProtectedNotebook.Arn, ["TagKeys"] = new JsonArray(Protect) });
        var containers = organization.Cloud.Ecs;
        await DeniedAsync(containers, "UpdateService", Size("pay", 0));
        // What has no mark is not resized, either way.
        await DeniedAsync(containers, "UpdateService", Size("web", 0));
        await DeniedAsync(containers, "UpdateService", Size("web", 100));
        await DeniedAsync(containers, "TagResource", ServiceTag(account.ProtectedService, Mark));
        await DeniedAsync(containers, "TagResource", ServiceTag(account.Service, Protect));
        await DeniedAsync(
            containers, "UntagResource", new JsonObject { ["resourceArn"] = account.ProtectedService.Arn, ["tagKeys"] = new JsonArray(Protect) });
        var refused = await Assert.ThrowsAsync<AwsException>(
            () => organization.CallAsync(ec2, Session(organization), "StopInstances", Named(neighbour)));
        Assert.Equal("InvalidInstanceID.NotFound", refused.Code);
        Assert.True(account.WhatIsProtectedRuns);
        Assert.All([elsewhere, neighbour], instance => Assert.Equal(InstanceState.Running, instance.State));

        async Task DeniedAsync(AwsService service, string operation, JsonObject input, string region = "us-east-1")
        {
            var denied = await Assert.ThrowsAsync<AwsException>(() => organization.CallAsync(service, Session(organization), operation, input, region));
            Assert.True(
                denied.Code is "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation",
                $"{operation} of {input.ToJsonString()} answered {denied.Code}");
        }
    }

    [Fact]
    public async Task Nothing_is_stopped_elsewhere_or_without_the_setting_whatever_the_hub_asks()
    {
        foreach (var templates in new[] { Templates.WithStops, Templates.WithRestrictions, Templates.AsCommitted })
        {
            await using var organization = await DeployedAsync(templates);
            var account = new Resources(organization);
            var elsewhere = account.Add(region: "ap-southeast-2");
            var neighbour = organization.Cloud.Ec2.Run(new InstanceDefinition(Neighbour));

            await AskAsync(organization, StopAll, StopAll.Replace("01\"", "02\",\"Region\":\"ap-southeast-2\"", StringComparison.Ordinal));
            await AskAsync(organization, StopAll);

            Assert.True(account.WhatIsProtectedRuns);
            Assert.All([elsewhere, neighbour], instance => Assert.Equal(InstanceState.Running, instance.State));
            Assert.Equal(templates == Templates.WithStops, account.AreStopped);
            if (templates != Templates.WithStops)
                Assert.DoesNotContain(
                    organization.Cloud.Calls.Calls, call => call.Call.Service is "ec2" or "autoscaling" or "rds" or "sagemaker" or "ecs");
        }
    }

    /// <summary>He may write budgets there; restrictions count in the versions that the hub wrote.</summary>
    [Fact]
    public async Task Whoever_else_writes_the_parameter_stops_nothing_and_starts_nothing()
    {
        await using var organization = await DeployedAsync(Templates.WithStops);
        var account = new Resources(organization);

        await WriteAsync(organization, Caller.Root(Spoke), StopAll);
        await organization.PassAsync(TimeSpan.FromHours(5));
        Assert.Equal((InstanceState.Running, "available", 3), (account.Instance.State, account.Database.Status, account.Service.Desired));

        await AskAsync(organization, StopAll);
        Assert.True(account.AreStopped);
        await WriteAsync(organization, Caller.Root(Spoke));
        await organization.PassAsync(TimeSpan.FromHours(5));
        Assert.True(account.AreStopped);
    }

    private static JsonObject Named(params Ec2Instance[] instances) =>
        new() { ["InstanceId"] = new JsonArray([.. instances.Select(instance => JsonValue.Create(instance.Id))]) };

    private static JsonObject Tagged(Ec2Instance instance, params string[] keys) => new()
    {
        ["ResourceId"] = new JsonArray(instance.Id),
        ["Tag"] = new JsonArray([.. keys.Select(key => new JsonObject { ["Key"] = key })]),
    };

    private static JsonObject DatabaseTag(DatabaseResource database, string key) =>
        new() { ["ResourceName"] = database.Arn, ["Tags"] = new JsonArray(new JsonObject { ["Key"] = key, ["Value"] = "true" }) };

    private static JsonObject NotebookTag(Notebook notebook, string key) =>
        new() { ["ResourceArn"] = notebook.Arn, ["Tags"] = new JsonArray(new JsonObject { ["Key"] = key, ["Value"] = "true" }) };

    private static JsonObject ServiceTag(ContainerService service, string key) =>
        new() { ["resourceArn"] = service.Arn, ["tags"] = new JsonArray(new JsonObject { ["key"] = key, ["value"] = "true" }) };

    private static JsonObject Size(string service, int desired) => new() { ["cluster"] = "main", ["service"] = service, ["desiredCount"] = desired };

    private static JsonObject Sizes(ScalingGroup group, int size) =>
        new() { ["AutoScalingGroupName"] = group.Name, ["MinSize"] = size, ["DesiredCapacity"] = size, ["MaxSize"] = size };

    private static Caller Session(DeployedOrganization organization)
    {
        var apply = organization.Cloud.Iam.FindRole(Spoke, "BudgetSync-Apply")!;
        return new Caller(Spoke, apply.Arn, $"arn:aws:sts::{Spoke}:assumed-role/BudgetSync-Apply/stolen");
    }

    private static async Task<DeployedOrganization> DeployedAsync(Templates templates)
    {
        var organization = new DeployedOrganization(templates);
        await organization.DeployTablesAsync();
        await organization.DeployManagementAsync();
        await organization.DeploySpokeAsync(Spoke);
        await organization.SettleAsync();
        return organization;
    }

    /// <summary>Somebody who administers the account puts another parameter in the journal's place.</summary>
    private static async Task MadeAnewAsync(DeployedOrganization organization)
    {
        await organization.CallAsync(organization.Cloud.Ssm, Spoke, "DeleteParameter", new JsonObject { ["Name"] = StopJournal.ParameterName });
        await organization.CallAsync(
            organization.Cloud.Ssm,
            Spoke,
            "PutParameter",
            new JsonObject { ["Name"] = StopJournal.ParameterName, ["Type"] = "StringList", ["Value"] = "nothing,at,all" });
    }

    /// <summary>As the hub does, and then the time that instances take.</summary>
    private static Task AskAsync(DeployedOrganization organization, params string[] restrictions) =>
        WriteAsync(organization, ControlledOrganization.Session(organization, Spoke, "BudgetSyncSpokeRole"), restrictions);

    private static async Task WriteAsync(DeployedOrganization organization, Caller author, params string[] restrictions)
    {
        var budget = """{"BudgetName":"SpokeAccountBudget","BudgetValue":1000,"EmailRecipients":["finops@example.com"],"Thresholds":[80]}""";
        await organization.CallAsync(organization.Cloud.Ssm, author, "PutParameter", new JsonObject
        {
            ["Name"] = "/BudgetSync/Budgets",
            ["Type"] = "String",
            ["Overwrite"] = true,
            ["Value"] = $$"""{"Budgets":[{{budget}}],"Restrictions":[{{string.Join(',', restrictions)}}],"Version":1}""",
        });
        await organization.PassAsync(TimeSpan.FromMinutes(2));
    }

    /// <summary>What runs in the account, in the two regions of the setting.</summary>
    private sealed class Resources
    {
        private readonly DeployedOrganization organization;

        public Resources(DeployedOrganization organization)
        {
            this.organization = organization;
            Instance = Add();
            Encrypted = Add("eu-west-1", Key);
            Protected = Add(tags: [Protect]);
            Database = organization.Cloud.Rds.PutDatabase(new DatabaseDefinition(Spoke, "orders"));
            ProtectedDatabase = organization.Cloud.Rds.PutDatabase(new DatabaseDefinition(Spoke, "ledger")
            {
                Tags = ImmutableDictionary<string, string>.Empty.Add(Protect, ""),
            });
            Group = organization.Cloud.AutoScaling.PutGroup(Spoke, "web", 1, 2, 4);
            var kept = ImmutableDictionary<string, string>.Empty.Add(Protect, "Yes");
            Cluster = organization.Cloud.Rds.PutCluster(new DatabaseClusterDefinition(Spoke, "aurora"));
            ProtectedCluster = organization.Cloud.Rds.PutCluster(new DatabaseClusterDefinition(Spoke, "books") { Tags = kept });
            Notebook = organization.Cloud.SageMaker.PutNotebook(Spoke, "open");
            ProtectedNotebook = organization.Cloud.SageMaker.PutNotebook(Spoke, "kept", kept);
            Service = organization.Cloud.Ecs.PutService(new ContainerServiceDefinition(Spoke, "main", "web") { Desired = 3 });
            ProtectedService = organization.Cloud.Ecs.PutService(new ContainerServiceDefinition(Spoke, "main", "pay") { Tags = kept });
            organization.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        public Ec2Instance Instance { get; }

        public Ec2Instance Encrypted { get; }

        public Ec2Instance Protected { get; }

        public ScalingGroup Group { get; }

        public Database Database { get; }

        public Database ProtectedDatabase { get; }

        public DatabaseCluster Cluster { get; }

        public DatabaseCluster ProtectedCluster { get; }

        public Notebook Notebook { get; }

        public Notebook ProtectedNotebook { get; }

        public ContainerService Service { get; }

        public ContainerService ProtectedService { get; }

        public bool AreStopped => (Instance.State, Encrypted.State, Group.Maximum, Database.Status, Cluster.Status, Notebook.Status, Service.Desired)
            == (InstanceState.Stopped, InstanceState.Stopped, 0, "stopped", "stopped", "Stopped", 0);

        public bool Run =>
            (Instance.State, Encrypted.State, Group.Minimum, Group.Desired, Group.Maximum, Group.Tags.Count, Database.Status, Database.Tags.Count)
                == (InstanceState.Running, InstanceState.Running, 1, 2, 4, 0, "available", 0)
            && (Cluster.Status, Notebook.Status, Service.Desired) == ("available", "InService", 3)
            && Cluster.Tags.IsEmpty && Notebook.Tags.IsEmpty && Service.Tags.IsEmpty;

        public bool WhatIsProtectedRuns =>
            Protected.State == InstanceState.Running && Protected.TransitionReason.Length == 0 && ProtectedDatabase.Status == "available"
            && (ProtectedCluster.Status, ProtectedNotebook.Status, ProtectedService.Desired) == ("available", "InService", 1);

        public Ec2Instance Add(string region = "us-east-1", string? key = null, string[]? tags = null) => organization.Cloud.Ec2.Run(
            new InstanceDefinition(Spoke) { Region = region, KmsKeyArn = key, Tags = (tags ?? []).ToImmutableDictionary(tag => tag, _ => "true") });
    }
}
