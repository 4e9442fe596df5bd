using System.Text.Json.Nodes;
using BudgetSync.LocalAws.CloudFormation;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Lambda;
using BudgetSync.LocalAws.Organizations;

namespace BudgetSync.LocalAws.Tests.CloudFormation;

public sealed class StackTests : IAsyncDisposable
{
    private const string Account = "111122223333";
    private const string Management = "999999999999";
    private static readonly Dictionary<string, string> None = [];
    private readonly VirtualClock clock = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly LocalCloud cloud;

    public StackTests() => cloud = new LocalCloud(new LocalCloudOptions { Time = clock, Stepped = true });

    public ValueTask DisposeAsync() => cloud.DisposeAsync();

    /// <summary>Lambda API reference, "DeleteFunctionEventInvokeConfig": it knows no error of the role. Found by seed 488 of the simulation.</summary>
    [Fact]
    public async Task A_stack_whose_function_lost_its_role_can_still_be_deleted()
    {
        await DeployAsync("""
            {"Resources":{
              "Role":{"Type":"AWS::IAM::Role","Properties":{"RoleName":"Runner","AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[
                {"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}}},
              "Function":{"Type":"AWS::Lambda::Function","Properties":{"FunctionName":"f","Handler":"h","Runtime":"dotnet10",
                "Code":{"ZipFile":"x"},"Role":{"Fn::GetAtt":["Role","Arn"]}}},
              "Config":{"Type":"AWS::Lambda::EventInvokeConfig","Properties":{"FunctionName":{"Ref":"Function"},"Qualifier":"$LATEST",
                "MaximumRetryAttempts":1}}}}
            """);
        cloud.Iam.DeleteRole(Account, "Runner");

        await cloud.CloudFormation.DeleteAsync(Account, "Stack");

        Assert.Null(cloud.Lambda.FindFunction(Account, "f"));
    }

    [Fact]
    public async Task Resources_are_made_in_the_order_they_need_each_other_and_outputs_are_evaluated()
    {
        var stack = await DeployAsync("""
            {"Resources":{
              "Policy":{"Type":"AWS::SQS::QueuePolicy","Properties":{"Queues":[{"Ref":"Queue"}],"PolicyDocument":{"Version":"2012-10-17","Statement":[]}}},
              "Queue":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":{"Fn::Sub":"${AWS::StackName}-q"}}}},
             "Outputs":{"Arn":{"Value":{"Fn::GetAtt":["Queue","Arn"]}}}}
            """);

        Assert.Equal($"arn:aws:sqs:us-east-1:{Account}:Stack-q", stack.Outputs["Arn"]);
        Assert.Equal(["Queue", "Policy"], stack.Resources.Select(resource => resource.LogicalId));
    }

    [Fact]
    public async Task Circular_dependency_is_refused_by_name()
    {
        var refused = await RefusedAsync("""
            {"Resources":{"A":{"Type":"AWS::SQS::Queue","DependsOn":"B"},"B":{"Type":"AWS::SQS::Queue","DependsOn":["A"]}}}
            """);

        Assert.Contains("circular dependency", refused, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Type":"AWS::EC2::Instance"}""", "AWS::EC2::Instance")]
    [InlineData("""{"Type":"AWS::SQS::Queue","Properties":{"FifoQueue":true}}""", "FifoQueue")]
    [InlineData("""{"Type":"AWS::DynamoDB::Table","Properties":{"GlobalSecondaryIndexes":[]}}""", "GlobalSecondaryIndexes")]
    [InlineData("""{"Type":"AWS::Lambda::Function","Properties":{"Layers":[]}}""", "Layers")]
    public async Task Type_or_property_that_is_not_known_is_an_error_that_names_it(string resource, string named) =>
        Assert.Contains(named, await RefusedAsync($$"""{"Resources":{"R":{{resource}} } }"""), StringComparison.Ordinal);

    [Fact]
    public void Whatever_is_accepted_without_effect_says_why()
    {
        var types = ResourceTypes.All;

        Assert.NotEmpty(types);
        Assert.All(types.SelectMany(type => type.Inert), inert => Assert.EndsWith(".", inert.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Inert_resource_can_be_referred_to()
    {
        var stack = await DeployAsync("""{"Resources":{"Log":{"Type":"AWS::Logs::LogGroup"}},"Outputs":{"Name":{"Value":{"Ref":"Log"}}}}""");

        Assert.Equal("Stack-Log", stack.Outputs["Name"]);
    }

    [Fact]
    public async Task Deployment_that_fails_is_undone_last_made_first()
    {
        await RefusedAsync("""
            {"Resources":{
              "Kept":{"Type":"AWS::SQS::Queue","DeletionPolicy":"RetainExceptOnCreate","Properties":{"QueueName":"made"}},
              "Wrong":{"Type":"AWS::EC2::Instance","DependsOn":"Kept"}}}
            """);

        Assert.Null(cloud.CloudFormation.Find(Account, "us-east-1", "Stack"));
        Assert.Empty(await QueuesAsync());
    }

    [Fact]
    public async Task Deployment_that_fails_keeps_what_is_retained_and_the_next_one_finds_it_in_its_way()
    {
        const string Table = """
            {"Type":"AWS::DynamoDB::Table","DeletionPolicy":"Retain","Properties":{"TableName":"kept","BillingMode":"PAY_PER_REQUEST",
              "AttributeDefinitions":[{"AttributeName":"Id","AttributeType":"S"}],"KeySchema":[{"AttributeName":"Id","KeyType":"HASH"}]}}
            """;
        await RefusedAsync($$"""
            {"Resources":{"Kept":{{Table}},"Gone":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"gone"} },
              "Wrong":{"Type":"AWS::EC2::Instance","DependsOn":["Kept","Gone"]} } }
            """);

        var again = await RefusedAsync($$"""{"Resources":{"Kept":{{Table}} } }""");

        Assert.Empty(await QueuesAsync());
        Assert.Contains("Table already exists: kept", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_that_fails_keeps_what_it_added_and_is_retained()
    {
        await DeployAsync("""{"Resources":{"Old":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"old"}}}}""");

        await RefusedAsync("""
            {"Resources":{"Old":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"old"}},
              "New":{"Type":"AWS::SQS::Queue","DeletionPolicy":"Retain","Properties":{"QueueName":"new"}},
              "Wrong":{"Type":"AWS::EC2::Instance","DependsOn":"New"}}}
            """);

        Assert.Equal(["new", "old"], await QueuesAsync());
    }

    [Fact]
    public async Task Deletion_policy_that_is_not_known_is_refused() => Assert.Contains(
        "DeletionPolicy Snapshot",
        await RefusedAsync("""{"Resources":{"A":{"Type":"AWS::SQS::Queue","DeletionPolicy":"Snapshot","Properties":{"QueueName":"a"}}}}"""),
        StringComparison.Ordinal);

    [Fact]
    public async Task Update_that_fails_keeps_what_stood_and_removes_what_it_added()
    {
        await DeployAsync("""{"Resources":{"Old":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"old"}}}}""");

        await RefusedAsync("""
            {"Resources":{"Old":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"old"}},
              "New":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"new"}},"Wrong":{"Type":"AWS::EC2::Instance","DependsOn":"New"}}}
            """);

        Assert.Equal(["old"], await QueuesAsync());
        Assert.NotNull(cloud.CloudFormation.Find(Account, "us-east-1", "Stack"));
    }

    [Fact]
    public async Task Update_makes_what_is_new_and_removes_what_is_gone()
    {
        await DeployAsync("""{"Resources":{"Old":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"old"}}}}""");
        await DeployAsync("""{"Resources":{"New":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"new"}}}}""");

        Assert.Equal(["new"], await QueuesAsync());
    }

    [Fact]
    public async Task Deletion_removes_everything_but_what_is_retained()
    {
        await DeployAsync("""
            {"Resources":{"A":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"a"}},"B":{"Type":"AWS::SQS::Queue","DeletionPolicy":"Retain",
            "Properties":{"QueueName":"b"}}}}
            """);

        await cloud.CloudFormation.DeleteAsync(Account, "Stack");

        Assert.Equal(["b"], await QueuesAsync());
        Assert.Null(cloud.CloudFormation.Find(Account, "us-east-1", "Stack"));
    }

    [Fact]
    public async Task Resource_whose_condition_is_false_is_not_made()
    {
        await DeployAsync("""
            {"Conditions":{"No":{"Fn::Equals":["a","b"]}},"Resources":{"A":{"Type":"AWS::SQS::Queue","Condition":"No","Properties":{"QueueName":"a"}},
            "B":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"b"}}}}
            """);

        Assert.Equal(["b"], await QueuesAsync());
    }

    [Fact]
    public async Task Export_of_one_stack_is_imported_by_another()
    {
        await DeployAsync("""{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}},"Outputs":{"Q":{"Value":"shared","Export":{"Name":"Shared"}}}}""", "Exporter");

        await DeployAsync("""{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":{"Fn::ImportValue":"Shared"}}}}}""");

        Assert.Contains("shared", await QueuesAsync());
    }

    [Fact]
    public async Task Role_that_exists_is_not_taken_over()
    {
        const string Template =
            """{"Resources":{"R":{"Type":"AWS::IAM::Role","Properties":{"RoleName":"r","AssumeRolePolicyDocument":{"Version":"2012-10-1"""
                + """7","Statement":[]}}}}}""";
        await DeployAsync(Template, "First");

        Assert.Contains("role/r already exists", await RefusedAsync(Template), StringComparison.Ordinal);
        Assert.NotNull(cloud.Iam.FindRole(Account, "r"));
    }

    [Theory]
    [InlineData("SUCCESS", null)]
    [InlineData("FAILED", "the reason")]
    public async Task Custom_resource_is_what_its_function_answers(string status, string? reason)
    {
        Answering(status, "the reason");
        var deployment = cloud.CloudFormation.DeployAsync(Account, "Stack", CustomTemplate, None);
        await RunAsync();

        if (reason is null) Assert.Equal("the-id", (await deployment).Outputs["Id"]);
        else Assert.Contains(reason, (await Assert.ThrowsAsync<StackException>(() => deployment)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Custom_resource_whose_function_is_gone_keeps_its_stack_from_being_deleted()
    {
        Answering("SUCCESS", "");
        var deployment = cloud.CloudFormation.DeployAsync(Account, "Stack", CustomTemplate, None);
        await RunAsync();
        await deployment;
        cloud.Lambda.DeleteFunction(Account, "f");

        var refused = await Assert.ThrowsAsync<StackException>(() => cloud.CloudFormation.DeleteAsync(Account, "Stack"));

        Assert.Contains("Function not found", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(cloud.CloudFormation.Find(Account, "us-east-1", "Stack"));
    }

    [Fact]
    public async Task Custom_resource_that_does_not_answer_fails_the_stack_after_its_timeout()
    {
        Answering(null, "");
        var deployment = cloud.CloudFormation.DeployAsync(Account, "Stack", CustomTemplate, None);
        await RunAsync();
        Assert.False(deployment.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Contains("within 60 seconds", (await Assert.ThrowsAsync<StackException>(() => deployment)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stack_set_deploys_to_the_accounts_of_its_units_and_follows_those_that_join_move_and_leave()
    {
        var unit = cloud.Organizations.AddOrganizationalUnit(OrganizationsService.RootId, "Target");
        var nested = cloud.Organizations.AddOrganizationalUnit(unit, "Nested");
        cloud.Organizations.AddAccount(Account, "there", nested);
        cloud.Organizations.AddAccount("222222222222", "elsewhere");
        await RunAsync();
        cloud.CloudFormation.UploadedTemplates["https://t"] = """{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}}""";
        await cloud.CloudFormation.DeployAsync(Management, "Set", $$$"""
            {"Resources":{"Set":{"Type":"AWS::CloudFormation::StackSet","Properties":{"StackSetName":"S","PermissionModel":"SERVICE_MANAGED",
            "TemplateURL":"https://t",
              "AutoDeployment":{"Enabled":true,"RetainStacksOnAccountRemoval":false},
              "StackInstancesGroup":[{"Regions":["us-east-1"],"DeploymentTargets":{"OrganizationalUnitIds":["{{{unit}}}"]} }]} } } }
            """, None);
        Assert.Equal([Account], Instances());

        cloud.Organizations.AddAccount("333333333333", "joins", unit);
        cloud.Organizations.Move("222222222222", nested);
        cloud.Organizations.Move(Account, OrganizationsService.RootId);
        await RunAsync();
        Assert.Equal(["222222222222", "333333333333"], Instances());

        await cloud.CloudFormation.DeleteAsync(Management, "Set");
        Assert.Empty(Instances());
    }

    /// <summary>
    /// An account that leaves twice before its stack is gone: the second removal finds what the first one left and does not ask a function that is gone.
    /// Found by seed 7646 of the simulation.
    /// </summary>
    [Fact]
    public async Task Stack_set_works_on_one_stack_in_one_operation_at_a_time()
    {
        var unit = cloud.Organizations.AddOrganizationalUnit(OrganizationsService.RootId, "Target");
        cloud.Organizations.AddAccount(Account, "leaves", unit);
        Register("SUCCESS", "");
        await RunAsync();
        cloud.CloudFormation.UploadedTemplates["https://t"] = """
            {"Resources":{
              "Role":{"Type":"AWS::IAM::Role","Properties":{"RoleName":"Runner","AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[
                {"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}}},
              "Function":{"Type":"AWS::Lambda::Function","Properties":{"FunctionName":"f","Handler":"f","Runtime":"dotnet10",
                "Code":{"ZipFile":"x"},"Role":{"Fn::GetAtt":["Role","Arn"]}}},
              "First":{"Type":"Custom::Thing","Properties":{"ServiceToken":{"Fn::GetAtt":["Function","Arn"]}}},
              "Second":{"Type":"Custom::Thing","DependsOn":"First","Properties":{"ServiceToken":{"Fn::GetAtt":["Function","Arn"]}}}}}
            """;
        var deployment = cloud.CloudFormation.DeployAsync(Management, "Set", $$$"""
            {"Resources":{"Set":{"Type":"AWS::CloudFormation::StackSet","Properties":{"StackSetName":"S","PermissionModel":"SERVICE_MANAGED",
            "TemplateURL":"https://t",
              "AutoDeployment":{"Enabled":true,"RetainStacksOnAccountRemoval":false},
              "StackInstancesGroup":[{"Regions":["us-east-1"],"DeploymentTargets":{"OrganizationalUnitIds":["{{{unit}}}"]} }]} } } }
            """, None);
        await RunTogetherAsync();
        await deployment;
        Assert.Equal([Account], Instances());
        var other = cloud.Organizations.AddOrganizationalUnit(OrganizationsService.RootId, "Other");

        cloud.Organizations.Move(Account, other);
        cloud.Organizations.Move(Account, OrganizationsService.RootId);
        await RunTogetherAsync(newestAfter: 2);

        Assert.Empty(Instances());
        Assert.Empty(cloud.CloudFormation.FailedStackInstances);
    }

    private const string CustomTemplate = """
        {"Resources":{"C":{"Type":"Custom::Thing","Properties":{"ServiceToken":"arn:aws:lambda:us-east-1:111122223333:function:f","ServiceTimeout":60}}},
        "Outputs":{"Id":{"Value":{"Ref":"C"}}}}
        """;

    private string[] Instances() =>
        [.. new[] { Account, "222222222222", "333333333333" }.Where(account => cloud.CloudFormation.Find(account, "us-east-1", "StackSet-S") is not null)];

    /// <summary>A function that answers custom resources with a status, or with nothing.</summary>
    private void Answering(string? status, string reason)
    {
        var role = cloud.Iam.PutRole(Account, Iam.Policies.Role("role"));
        Register(status, reason);
        cloud.Lambda.PutFunction(new FunctionDefinition(Account, "f", role.Arn, "f"));
    }

    private void Register(string? status, string reason) =>
        cloud.Lambda.RegisterInProcess("f", environment => async (payload, _) =>
        {
            if (status is null) return "{}"u8.ToArray();
            using var client = new HttpClient(environment.CreateHandler());
            var answer = new JsonObject { ["Status"] = status, ["Reason"] = reason, ["PhysicalResourceId"] = "the-id" };
            using var content = new StringContent(answer.ToJsonString());
            using var response = await client.PutAsync(new Uri(JsonNode.Parse(payload.Span)!["ResponseURL"]!.ToString()), content);
            return "{}"u8.ToArray();
        });

    [Fact]
    public async Task Parameter_is_made_changed_and_removed_and_none_is_taken_over()
    {
        static string Template(string value, string type = "String") =>
            $$"""
            {
              "Resources": { "P": { "Type": "AWS::SSM::Parameter", "Properties": { "Name": "/a/b", "Type": "{{type}}", "Value": "{{value}}" } } },
              "Outputs": { "O": { "Value": { "Fn::GetAtt": "P.Value" } } }
            }
            """;

        await DeployAsync(Template("one"));
        Assert.Equal("one", await ParameterAsync());
        await DeployAsync(Template("two"));
        Assert.Equal("two", await ParameterAsync());
        Assert.Contains(
            "already exists",
            (await Assert.ThrowsAsync<StackException>(() => DeployAsync(Template("three"), "Other"))).Message,
            StringComparison.Ordinal);
        Assert.Equal("two", await ParameterAsync());
        Assert.Contains("not String or StringList", await RefusedAsync(Template("x", "SecureString")), StringComparison.Ordinal);
        await DeployAsync("""{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}}""");
        await Assert.ThrowsAsync<AwsException>(ParameterAsync);
    }

    private async Task<string> ParameterAsync()
    {
        var call = new AwsCall("ssm", "GetParameter", Caller.Root(Account), "us-east-1", new JsonObject { ["Name"] = "/a/b" });
        return (await cloud.Gateway.InvokeAsync(cloud.Ssm, call, CancellationToken.None))["Parameter"]!["Value"]!.ToString();
    }

    private Task<Stack> DeployAsync(string template, string name = "Stack") => cloud.CloudFormation.DeployAsync(Account, name, template, None);

    private async Task<string> RefusedAsync(string template) => (await Assert.ThrowsAsync<StackException>(() => DeployAsync(template))).Message;

    private async Task RunAsync()
    {
        while (cloud.Work.Ready.Count > 0) await cloud.Work.RunOneAsync(0);
        Assert.Empty(cloud.Work.Failures);
    }

    /// <summary>Begins each piece as it comes, as a piece that waits for another must not keep that one from beginning.</summary>
    /// <param name="newestAfter">So many in the order in which they came, then the newest first.</param>
    private async Task RunTogetherAsync(int newestAfter = int.MaxValue)
    {
        var begun = new List<Task>();
        while (cloud.Work.Ready.Count is > 0 and var ready) begun.Add(cloud.Work.RunOneAsync(begun.Count < newestAfter ? 0 : ready - 1));
        await Task.WhenAll(begun).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Empty(cloud.Work.Failures);
    }

    private async Task<List<string>> QueuesAsync()
    {
        using var api = new Api(cloud, Account);
        var answer = await api.JsonAsync("AmazonSQS.ListQueues", []);
        return [.. (answer["QueueUrls"] as JsonArray ?? []).Select(url => url!.ToString().Split('/')[^1])];
    }
}
