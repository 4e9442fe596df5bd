using System.Text.Json.Nodes;

namespace BudgetSync.Cdk.Tests;

/// <summary>What aiRegions adds: to the spoke, to the rollout, and the template of the other Regions.</summary>
[Collection(nameof(Jsii))]
public sealed class AiRegionTemplateTests
{
    private const string Local = "${AWS::Region}:${AWS::AccountId}";
    private static readonly Template Spoke = Template.Committed("regions/spoke.template.json");
    private static readonly Template Models = Template.Committed("regions/models.template.json");
    private static readonly Template Rollout = Template.Committed("regions/rollout.template.json");

    [Fact]
    public void A_spoke_gets_a_rule_a_setting_and_sight_of_the_other_Regions_logs_and_nothing_else()
    {
        var without = Template.Committed("ai/spoke.template.json");
        var changed = without.Resources.Where(resource => resource.Value!.ToJsonString() != Spoke.Resource(resource.Key).ToJsonString());

        Assert.Equal(
            ["AiMeterCalledByModelsCounted", "AiModelsCountedRule"],
            Spoke.Resources.Select(resource => resource.Key).Except(without.Resources.Select(resource => resource.Key)).Order());
        Assert.Equal(
            // The policies exempt the Regions' Meters too.
            ["AiDeadLettersPolicy", "AiMeterFunction", "AiMeterRole", "AiMeterUndirected", "AiSuspension"],
            changed.Select(resource => resource.Key).Order());
        Assert.Equal(
            "eu-west-1,us-west-2", Spoke.Properties("AiMeterFunction")["Environment"]!["Variables"]!["BUDGETSYNC_AI_REGIONS"]!.ToString());
        const string groups = "log-group:*";
        Assert.Equal(
            $"arn:${{AWS::Partition}}:logs:{Local}:{groups}, arn:${{AWS::Partition}}:logs:eu-west-1:${{AWS::AccountId}}:{groups}, "
                + $"arn:${{AWS::Partition}}:logs:us-west-2:${{AWS::AccountId}}:{groups}",
            PolicyStatementText.All(Spoke).Single(statement => statement.Where == "AiMeterRole/SeeSubscriptions").Resource);
        const string queue = "BudgetSync-Meter-DeadLetters";
        Assert.Equal(
            $"${{AiDeadLettersQueue.Arn}}, arn:${{AWS::Partition}}:sqs:eu-west-1:${{AWS::AccountId}}:{queue}, "
                + $"arn:${{AWS::Partition}}:sqs:us-west-2:${{AWS::AccountId}}:{queue}",
            PolicyStatementText.All(Spoke).Single(statement => statement.Where == "AiMeterRole/SeeWhatFailed").Resource);
        // Nothing suspends again whom a stack that goes has just released.
        Assert.Contains("AiLogging", Spoke.Resource("AiModelsCountedRule")["DependsOn"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Meter_of_another_Region_may_count_into_the_home_table_tell_of_it_see_to_its_own_logging_and_no_more()
    {
        var statements = PolicyStatementText.All(Models)
            .Where(statement => statement.Where.StartsWith("AiMeterRole/", StringComparison.Ordinal))
            .Where(statement => !statement.Where.EndsWith("/trust", StringComparison.Ordinal));

        Assert.Equal(
            [
                "WriteOwnLog: logs:CreateLogStream, logs:PutLogEvents on ${AiMeterLog.Arn}",
                "CountCalls: dynamodb:PutItem, dynamodb:UpdateItem on arn:${AWS::Partition}:dynamodb:${HomeRegion}:${AWS::AccountId}:table/BudgetSync-Ai",
                "TellHomeRegion: events:PutEvents on arn:${AWS::Partition}:events:${HomeRegion}:${AWS::AccountId}:event-bus/default",
                $"KnowModels: bedrock:GetInferenceProfile on arn:${{AWS::Partition}}:bedrock:{Local}:application-inference-profile/*",
                "LogModels: bedrock:GetModelInvocationLoggingConfiguration, bedrock:PutModelInvocationLoggingConfiguration, "
                    + "bedrock:DeleteModelInvocationLoggingConfiguration on *",
                $"SeeSubscriptions: logs:DescribeSubscriptionFilters on arn:${{AWS::Partition}}:logs:{Local}:log-group:*",
                "LetBedrockWrite: iam:PassRole on ${AiWriter.Arn} if StringEquals iam:PassedToService bedrock.amazonaws.com",
                "KeepWhatFailed: sqs:SendMessage on ${AiDeadLettersQueue.Arn}",
            ],
            statements.Select(Text));
    }

    /// <summary>IAM has no Regions, so two stacks of one account would fight over a role of one name.</summary>
    [Fact]
    public void What_has_no_Region_is_named_for_its_own_and_everything_goes_with_the_stack()
    {
        Assert.Equal(
            ["BudgetSync-Meter-${AWS::Region}", "BudgetSync-ModelLogs-${AWS::Region}"],
            Models.OfType("AWS::IAM::Role").Select(role => Template.Text(role.Value["Properties"]!["RoleName"])).Order());
        Assert.Empty(Models.OfType("AWS::IAM::ManagedPolicy"));
        Assert.All(Models.Resources, resource => Assert.NotEqual("Retain", resource.Value!["DeletionPolicy"]?.ToString()));
        // What the spoke's Meter takes for the log's role of that Region.
        Assert.Equal("BudgetSync-ModelLogs", Template.Text(Spoke.Properties("AiWriter")["RoleName"]));
    }

    [Fact]
    public void Code_comes_from_a_bucket_of_the_Region_and_the_home_region_is_refused()
    {
        var code = Models.Properties("AiMeterFunction")["Code"]!;

        Assert.Equal("${CodeBuckets}-${AWS::Region}", Template.Text(code["S3Bucket"]));
        Assert.Equal(["CodeBuckets", "CodeKey", "HomeRegion"], Models.Parameters.Order());
        var rules = JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "cdk", "templates", "regions", "models.template.json")))!["Rules"]!;
        Assert.Equal(
            """{"Fn::Not":[{"Fn::Equals":[{"Ref":"AWS::Region"},{"Ref":"HomeRegion"}]}]}""",
            rules["OtherRegionsOnly"]!["Assertions"]![0]!["Assert"]!.ToJsonString());
    }

    [Fact]
    public void The_rollout_has_a_second_stack_set_for_the_other_Regions_which_is_given_every_parameter_and_goes_first()
    {
        var set = Rollout.Properties("ModelsRollout");

        Assert.Equal(["eu-west-1", "us-west-2"], set["StackInstancesGroup"]![0]!["Regions"]!.AsArray().Select(region => region!.ToString()));
        Assert.Equal(
            Rollout.Properties("SpokeRollout")["StackInstancesGroup"]![0]!["DeploymentTargets"]!.ToJsonString(),
            set["StackInstancesGroup"]![0]!["DeploymentTargets"]!.ToJsonString());
        Assert.Equal(Models.Parameters.Order(), set["Parameters"]!.AsArray().Select(parameter => parameter!["ParameterKey"]!.ToString()).Order());
        Assert.Contains("SpokeRollout", Rollout.Resource("ModelsRollout")["DependsOn"]!.ToJsonString(), StringComparison.Ordinal);
        // BudgetSync-Protect keeps the stacks of spokes by this beginning.
        Assert.StartsWith("BudgetSync-Spoke-", set["StackSetName"]!.ToString(), StringComparison.Ordinal);
    }

    [CdkFact]
    public void Each_Region_has_a_bucket_and_a_release_with_the_same_key_before_the_rollout()
    {
        var settings = new Settings
        {
            ManagementAccountId = "111122223333",
            OrganizationId = "o-a1b2c3d4e5",
            EmailRecipient = "finops@example.com",
            TargetOrganizationalUnitIds = ["ou-ab12-11111111"],
            Ai = true,
            AiRegions = ["eu-west-1"],
        };
        using var app = new SynthesizedApp(settings);

        Assert.Equal(
            ["BudgetSync-Artifacts-eu-west-1", "BudgetSync-Models-eu-west-1", "BudgetSync-ModelsRelease-eu-west-1"],
            app.Stacks.Keys.Where(name => name.Contains("eu-west-1", StringComparison.Ordinal)).Order());
        Assert.Contains("BudgetSync-ModelsRelease-eu-west-1", app.DependenciesOf("BudgetSync-Rollout"));
        Assert.Contains("BudgetSync-Artifacts-eu-west-1", app.DependenciesOf("BudgetSync-ModelsRelease-eu-west-1"));
        var given = app.Stacks["BudgetSync-Rollout"].Properties("ModelsRollout")["Parameters"]!.AsArray()
            .ToDictionary(parameter => parameter!["ParameterKey"]!.ToString(), parameter => Template.Text(parameter!["ParameterValue"]));
        var release = Template.Text(app.Stacks["BudgetSync-ModelsRelease-eu-west-1"].Properties("Release")["Value"]);
        Assert.Equal("budgetsync-artifacts-${AWS::AccountId}", given["CodeBuckets"]);
        Assert.Contains(given["CodeKey"], release, StringComparison.Ordinal);
        // The direct one, of the organization's management account.
        Assert.Equal("eu-west-1", app.RegionOf("BudgetSync-Models-eu-west-1"));
        var variables = app.Stacks["BudgetSync-Models-eu-west-1"].Properties("AiMeterFunction")["Environment"]!["Variables"]!;
        Assert.Equal("us-east-1", variables["BUDGETSYNC_HOME_REGION"]!.ToString());
    }

    [CdkFact]
    public void The_home_region_alone_leaves_everything_as_it_is()
    {
        using var without = new SynthesizedApp(new Settings { Ai = true });
        using var home = new SynthesizedApp(new Settings { Ai = true, AiRegions = ["us-east-1"] });

        Assert.Equal(
            without.Stacks.OrderBy(stack => stack.Key).Select(stack => stack.Value.Resources.ToString()),
            home.Stacks.OrderBy(stack => stack.Key).Select(stack => stack.Value.Resources.ToString()));
    }

    [Fact]
    public void Regions_that_cannot_be_are_all_told_at_once()
    {
        var many = string.Join(',', Enumerable.Range(1, 21).Select(number => $"us-east-{number}"));

        Assert.Equal(
            [
                "aiRegions: \"Frankfurt\" is no region; write for example us-east-1,eu-west-1",
                "ai: is not true, so aiRegions has nothing to do; set it, or leave aiRegions away",
                "aiRegions: \"cn-north-1\" is of another partition than homeRegion us-east-1, and no account has both; leave it away",
            ],
            Read(("aiRegions", "us-east-1,Frankfurt,cn-north-1")).Problems);
        Assert.StartsWith("aiRegions: 21 regions", Assert.Single(Read(("ai", "true"), ("aiRegions", many)).Problems), StringComparison.Ordinal);
        var settings = Read(("ai", "true"), ("aiRegions", new object[] { "us-east-1", "eu-west-1", "eu-west-1" })).Settings!;
        Assert.Equal("us-east-1 eu-west-1", string.Join(' ', settings.AiRegions));
        Assert.Equal("eu-west-1", string.Join(' ', settings.OtherAiRegions));
    }

    private static string Text(PolicyStatementText statement) =>
        $"{statement.Where.Split('/')[^1]}: {statement.Action} on {statement.Resource}{(statement.Condition.Length > 0 ? $" if {statement.Condition}" : "")}";

    private static (Settings? Settings, IReadOnlyList<string> Problems) Read(params (string Key, object Value)[] context)
    {
        var (settings, problems) = SettingsReader.Read(key => context.FirstOrDefault(entry => entry.Key == key).Value);
        return (settings, problems);
    }
}
