namespace BudgetSync.Cdk.Tests;

/// <summary>What a spoke with ai has beside one without; the committed template shows it whole.</summary>
[Collection(nameof(Jsii))]
public sealed class AiTemplateTests
{
    private const string Local = "${AWS::Region}:${AWS::AccountId}";
    private static readonly Template Template = Template.Committed("ai/spoke.template.json");
    private static readonly Template Without = Template.Committed("spoke.template.json");

    [Fact]
    public void It_adds_resources_and_changes_no_other()
    {
        var added = Template.Resources.Select(resource => resource.Key).Except(Without.Resources.Select(resource => resource.Key));

        Assert.All(added, id => Assert.StartsWith("Ai", id, StringComparison.Ordinal));
        foreach (var (id, before) in Without.Resources) Assert.Equal(before.ToJsonString(), Template.Resource(id).ToJsonString());
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
                "CountCalls: dynamodb:PutItem, dynamodb:UpdateItem on ${AiTable.Arn}",
                $"KnowModels: bedrock:GetInferenceProfile on arn:${{AWS::Partition}}:bedrock:{Local}:application-inference-profile/*",
                "LogModels: bedrock:GetModelInvocationLoggingConfiguration, bedrock:PutModelInvocationLoggingConfiguration, "
                    + "bedrock:DeleteModelInvocationLoggingConfiguration on *",
                "LetBedrockWrite: iam:PassRole on ${AiWriter.Arn} if StringEquals iam:PassedToService bedrock.amazonaws.com",
                "KeepWhatFailed: sqs:SendMessage on ${AiDeadLettersQueue.Arn}",
            ],
            statements.Select(Text));
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
