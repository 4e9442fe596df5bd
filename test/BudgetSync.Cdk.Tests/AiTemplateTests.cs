using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BudgetSync.Cdk.Tests;

/// <summary>What a spoke with ai has beside one without; the committed template shows it whole.</summary>
[Collection(nameof(Jsii))]
public sealed class AiTemplateTests
{
    private const string Iam = "arn:${AWS::Partition}:iam::${AWS::AccountId}";
    private const string Local = "${AWS::Region}:${AWS::AccountId}";
    private static readonly Template Template = Template.Committed("ai/spoke.template.json");
    private static readonly Template Without = Template.Committed("spoke.template.json");

    /// <summary>But that Apply says that the spoke meters, for its parameter, and that the hub is sent Meter's reports too.</summary>
    [Fact]
    public void It_adds_resources_one_setting_and_one_sender_and_changes_nothing_else()
    {
        var added = Template.Resources.Select(resource => resource.Key).Except(Without.Resources.Select(resource => resource.Key));

        Assert.All(added, id => Assert.StartsWith("Ai", id, StringComparison.Ordinal));
        foreach (var (id, before) in Without.Resources)
        {
            var now = Template.Resource(id).DeepClone().AsObject();
            if (now["Properties"]?["Environment"]?["Variables"] is JsonObject variables) Assert.True(variables.Remove("BUDGETSYNC_METERS"));
            if (now["Properties"]?["EventPattern"]?["detail"]?["requestContext"]?["functionArn"] is JsonArray senders)
            {
                foreach (var meter in senders.Where(sender => sender!.ToJsonString().Contains("BudgetSync-Meter", StringComparison.Ordinal)).ToList())
                    senders.Remove(meter);
            }

            AskedSpoke.RemoveFrom(now);
            // What people ask of models while rows are wrong is written into what we wrote last.
            if (id == "SpokeRole") AskedSpoke.RemoveStatement(now, "SeeWhoWroteTheParameter");
            Assert.Equal(before.ToJsonString(), now.ToJsonString());
        }
    }

    /// <summary>"Without feature <c>ai</c> nothing of it is in the templates" (issue 15): no function, table, log, role or setting of it.</summary>
    [Fact]
    public void Templates_of_other_features_have_nothing_of_it()
    {
        var folder = Path.Combine(RepositoryRoot.Path, "cdk", "templates");
        var others = Directory.EnumerateFiles(folder, "*.template.json", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("ai/", StringComparison.Ordinal) && !file.StartsWith("regions/", StringComparison.Ordinal))
            .ToList();

        Assert.InRange(others.Count, 15, 100);
        Assert.All(others, file => Assert.DoesNotMatch(Words, File.ReadAllText(Path.Combine(folder, file))));
        // Those of it have all of these.
        Assert.Equal(6, Regex.Matches(File.ReadAllText(Path.Combine(folder, "ai/spoke.template.json")), Words).Select(match => match.Value).Distinct().Count());
    }

    private const string Words =
        "BudgetSync-Meter\\b|BudgetSync-Ai\\b|AiSuspendedPeople|ModelInvocationLogging|BUDGETSYNC_METERS|/BudgetSync/ModelInvocations";

    /// <summary>The command line says where rows of models are not carried out.</summary>
    [Fact]
    public void The_management_stack_says_that_models_are_metered_and_else_nothing_of_it()
    {
        Assert.Contains("\"Ai\":\"true\"", Said("ai/management.template.json"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"Ai\"", Said("management.template.json"), StringComparison.Ordinal);

        // A cap of models, and what binds an account's administrator, is the organization's to deny.
        Assert.Contains("\"ControlPolicies\":\"true\"", Said("ai/management.template.json"), StringComparison.Ordinal);
        Assert.Contains("\"ControlPolicies\":\"false\"", Said("responses/management.template.json"), StringComparison.Ordinal);
        Assert.DoesNotContain("ControlPolicies", Said("management.template.json"), StringComparison.Ordinal);

        static string Said(string template) =>
            Template.Committed(template).Resource("StackSettings")["Properties"]!["Value"]!.ToJsonString().Replace("\\u0022", "\"", StringComparison.Ordinal)
                .Replace("\\\"", "\"", StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_of_it_goes_with_the_stack() => Assert.All(
        Template.Resources.Where(resource => resource.Key.StartsWith("Ai", StringComparison.Ordinal)),
        resource => Assert.NotEqual("Retain", resource.Value["DeletionPolicy"]?.ToString()));

    [Fact]
    public void Meter_may_count_know_models_see_to_the_logging_and_no_more()
    {
        var statements = PolicyStatementText.All(Template)
            .Where(statement => statement.Where.StartsWith("AiMeterRole/", StringComparison.Ordinal))
            .Where(statement => !statement.Where.EndsWith("/trust", StringComparison.Ordinal));

        Assert.Equal(
            [
                "WriteOwnLog: logs:CreateLogStream, logs:PutLogEvents on ${AiMeterLog.Arn}",
                "CountCalls: dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:Query on ${AiTable.Arn}",
                $"ReadBudgetsOfModels: ssm:GetParameter on arn:${{AWS::Partition}}:ssm:{Local}:parameter${{ParameterName}}",
                $"SeeWhoWroteTheParameter: ssm:GetParameterHistory on arn:${{AWS::Partition}}:ssm:{Local}:parameter${{ParameterName}}",
                "SuspendAndRestore: iam:AttachRolePolicy, iam:AttachUserPolicy, iam:DetachRolePolicy, iam:DetachUserPolicy on "
                    + $"{Iam}:role/*, {Iam}:user/* if ArnEquals iam:PolicyARN ${{AiSuspension}}",
                "SeeWhomTheyBind: iam:ListEntitiesForPolicy on ${AiSuspension}, ${AiSuspendedPeople}",
                "SeeWhatTheyDeny: iam:GetPolicyVersion, iam:ListPolicyVersions on ${AiSuspension}",
                "NamePeople: iam:CreatePolicyVersion, iam:DeletePolicyVersion, iam:GetPolicyVersion, iam:ListPolicyVersions on ${AiSuspendedPeople}",
                "SeePermissionSets: iam:ListRoles on *",
                "SuspendKeys: iam:ListServiceSpecificCredentials, iam:UpdateServiceSpecificCredential on "
                    + $"{Iam}:user/BedrockAPIKey-*, {Iam}:user/*/BedrockAPIKey-*",
                $"SeeRoomAtRoles: iam:ListAttachedRolePolicies on {Iam}:role/*",
                $"SeeRoomAtUsers: iam:ListAttachedUserPolicies on {Iam}:user/*",
                "SeePolicyQuotas: iam:GetAccountSummary on *",
                "SeeUseOfMantle: cloudwatch:GetMetricStatistics on *",
                $"SendReports: events:PutEvents on arn:${{AWS::Partition}}:events:{Local}:event-bus/default",
                $"KnowModels: bedrock:GetInferenceProfile on arn:${{AWS::Partition}}:bedrock:{Local}:application-inference-profile/*",
                "LogModels: bedrock:GetModelInvocationLoggingConfiguration, bedrock:PutModelInvocationLoggingConfiguration, "
                    + "bedrock:DeleteModelInvocationLoggingConfiguration on *",
                $"SeeSubscriptions: logs:DescribeSubscriptionFilters on arn:${{AWS::Partition}}:logs:{Local}:log-group:*",
                "LetBedrockWrite: iam:PassRole on ${AiWriter.Arn} if StringEquals iam:PassedToService bedrock.amazonaws.com",
                "KeepWhatFailed: sqs:SendMessage on ${AiDeadLettersQueue.Arn}",
                "SeeWhatFailed: sqs:GetQueueAttributes on ${AiDeadLettersQueue.Arn}",
            ],
            statements.Select(Text));
    }

    [Fact]
    public void The_policy_denies_models_and_exempts_who_undoes_it()
    {
        var statement = Assert.Single(Template.Resource("AiSuspension")["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray())!;

        Assert.Equal("Deny", statement["Effect"]!.ToString());
        // A session's tags stand before its role's, and its caller may choose them (IAM user guide, "Pass session tags in AWS STS").
        Assert.DoesNotContain("PrincipalTag", statement["Condition"]!.ToJsonString(), StringComparison.Ordinal);
        foreach (var action in new[] { "bedrock:InvokeModel", "bedrock:CallWithBearerToken", "bedrock-mantle:CreateInference" })
            Assert.Contains(action, statement["Action"]!.AsArray().Select(one => one!.ToString()));
        Assert.Contains("OrganizationAccountAccessRole", statement["Condition"]!["ArnNotLike"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("/BudgetSync/", Template.Resource("AiSuspension")["Properties"]!["Path"]!.ToString());
    }

    [Fact]
    public void The_policy_of_people_names_nobody_and_has_room_for_those_that_a_plan_names()
    {
        var policy = Template.Resource("AiSuspendedPeople")["Properties"]!["PolicyDocument"]!;
        var statement = Assert.Single(policy["Statement"]!.AsArray())!;

        Assert.Equal("""{"StringLike":{"aws:userid":["-"]}}""", statement["Condition"]!.ToJsonString());
        Assert.Equal("AiSuspendedPeople", Template.Resource("AiSuspendedPeople")["Properties"]!["ManagedPolicyName"]!.ToString());
        // Core's tests count on no more for what stands around the names.
        Assert.True(policy.ToJsonString().Length <= 1_000);
    }

    [Fact]
    public void Bedrock_may_write_the_one_stream_for_this_account_only()
    {
        var statements = PolicyStatementText.All(Template).Where(statement => statement.Where.StartsWith("AiWriter/", StringComparison.Ordinal)).ToList();

        Assert.Contains(
            $"WriteModelInvocations: logs:CreateLogStream, logs:PutLogEvents on arn:${{AWS::Partition}}:logs:{Local}:"
                + "log-group:/BudgetSync/ModelInvocations:log-stream:aws/bedrock/modelinvocations",
            statements.Select(Text));
        var trust = Template.Resource("AiWriter")["Properties"]!["AssumeRolePolicyDocument"]!["Statement"]![0]!;
        Assert.Equal("bedrock.amazonaws.com", trust["Principal"]!["Service"]!.ToString());
        Assert.Equal("AWS::AccountId", trust["Condition"]!["StringEquals"]!["aws:SourceAccount"]!["Ref"]!.ToString());
    }

    [Fact]
    public void The_setting_is_true_or_false()
    {
        Assert.True(Read("true").Settings!.Ai);
        Assert.False(Read("false").Settings!.Ai);
        Assert.Single(Read("perhaps").Problems);

        static (Settings? Settings, System.Collections.Immutable.ImmutableArray<string> Problems) Read(string value) =>
            SettingsReader.Read(key => key == "ai" ? value : null);
    }

    private static string Text(PolicyStatementText statement) =>
        $"{statement.Where.Split('/')[^1]}: {statement.Action} on {statement.Resource}{(statement.Condition.Length > 0 ? $" if {statement.Condition}" : "")}";
}
