using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.OwnCosts;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Tests.Features;

/// <summary>
/// The table of features of AI.md: every row is one that is taken without a warning, every template has what its sentence says, and defaults are the code's.
/// <see cref="AiFeatureCommandTests"/> runs the commands.
/// </summary>
public sealed class AiFeatureTests : IDisposable
{
    private static readonly AccountId Account = AccountId.Parse("111122223333");

    /// <summary>What each template has that its sentence speaks of.</summary>
    private static readonly Dictionary<string, Action<JsonObject>> Templates = new(StringComparer.Ordinal)
    {
        ["Pay-per-use architecture with no persistent infrastructure costs"] = template =>
        {
            Assert.All(Of(template, "AWS::DynamoDB::Table"), table => Assert.Equal("PAY_PER_REQUEST", (string?)table["BillingMode"]));
            string[] free = ["AWS::IAM::", "AWS::Lambda::", "AWS::Events::", "AWS::Logs::", "AWS::SQS::", "AWS::SNS::", "AWS::DynamoDB::", "Custom::"];
            Assert.All(Types(template), type => Assert.Contains(free, prefix => type.StartsWith(prefix, StringComparison.Ordinal)));
            Assert.DoesNotContain(Types(template), type => type.Contains("ProvisionedConcurrency", StringComparison.Ordinal));
        },
        ["Auto-scaling DynamoDB and Lambda functions"] = template =>
        {
            Assert.All(Of(template, "AWS::DynamoDB::Table"), table => Assert.Null(table["ProvisionedThroughput"]));
            Assert.All(
                Of(template, "AWS::Lambda::Function").Where(function => (string?)function["FunctionName"] == "BudgetSync-Meter"),
                function => Assert.Null(function["ReservedConcurrentExecutions"]));
        },
        ["S3 lifecycle policies for log retention"] = template =>
        {
            Assert.Empty(Of(template, "AWS::S3::Bucket"));
            Assert.All(Of(template, "AWS::Logs::LogGroup"), group => Assert.InRange((int)group["RetentionInDays"]!, 1, 90)); // Else null: for ever.
            var calls = Assert.Single(Of(template, "AWS::Logs::LogGroup"), group => (string?)group["LogGroupName"] == "/BudgetSync/ModelInvocations");
            Assert.Equal(7, (int)calls["RetentionInDays"]!); // As above.
            Assert.Equal("ExpiresAt", (string?)Assert.Single(Of(template, "AWS::DynamoDB::Table"))["TimeToLiveSpecification"]!["AttributeName"]);
        },
        ["Encryption at rest and in transit"] = template =>
        {
            Assert.All(Of(template, "AWS::SQS::Queue"), queue => Assert.True((bool)queue["SqsManagedSseEnabled"]!)); // Else null.
            var plain = Of(template, "AWS::SQS::QueuePolicy").Concat(Of(template, "AWS::SNS::TopicPolicy")).ToList();
            Assert.NotEmpty(plain);
            Assert.All(plain, policy => Assert.Contains(
                "\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}},\"Effect\":\"Deny\"", policy.ToJsonString(), StringComparison.Ordinal));
        },
        ["Least-privilege IAM roles"] = template =>
        {
            var wide = Statements(template).Where(statement => (string?)statement["Effect"] == "Allow" && statement["Condition"] is null
                && statement["Resource"] is JsonValue all && (string?)all == "*");
            var actions = wide.SelectMany(statement => statement["Action"] is JsonArray several ? several.Select(one => $"{one}") : [$"{statement["Action"]}"]);
            Assert.Equal(
                [
                    "bedrock:DeleteModelInvocationLoggingConfiguration", "bedrock:GetModelInvocationLoggingConfiguration",
                    "bedrock:PutModelInvocationLoggingConfiguration", "cloudwatch:GetMetricStatistics", "iam:GetAccountSummary", "iam:ListRoles",
                ],
                actions.Order(StringComparer.Ordinal));
            Assert.DoesNotContain(
                Statements(template).Where(statement => (string?)statement["Effect"] == "Allow"),
                statement => statement["Action"]!.ToJsonString().Contains(":*\"", StringComparison.Ordinal) || $"{statement["Action"]}" == "*"); // Required.
        },
        ["The system tracks its own operational costs"] = template =>
        {
            var notify = Assert.Single(Of(template, "AWS::Lambda::Function"), function => (string?)function["FunctionName"] == "BudgetSync-Notify");
            Assert.NotNull(notify["Environment"]!["Variables"]!["BUDGETSYNC_LOOK_EVERY"]); // A function has variables here.
            Assert.Matches(@"^about [\d.,]+ USD a month by reckoning, with 1,000 accounts$", new OwnCost(1_000, 4).ToString());
        },
    };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("budgetsync-features-");

    private static IReadOnlyList<(string Sentence, string Here, string Needs)> All { get; } =
        FeatureTable.Read(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src", "BudgetSync.Core", "AI.md")));

    public static TheoryData<string, string> Rows() => Where(FeatureTable.IsRow);

    public static TheoryData<string, string> TemplateFiles() => Where(FeatureTable.IsTemplate);

    /// <summary>The list as it stands in its README: key features, defaults, parameters, what it shows, procedures and maintenance.</summary>
    [Fact]
    public void There_is_a_line_for_each_feature()
    {
        Assert.Equal(41, All.Count);
        Assert.All(All, one => Assert.True(
            FeatureTable.IsRow(one.Here) || FeatureTable.IsCommand(one.Here) || FeatureTable.IsTemplate(one.Here) || FeatureTable.IsSetting(one.Here),
            one.Sentence));
        Assert.All(All, one => Assert.NotEqual("", one.Needs));
        Assert.Equal(All.Count, All.Select(one => one.Sentence).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_row_is_valid_without_a_warning_and_defaults_are_the_codes(string feature, string ai)
    {
        var file = Path.Combine(folder.FullName, "rows.json");
        await File.WriteAllTextAsync(file, $$"""[{ "AccountId": "{{Account}}", "BudgetValue": 1, "Ai": {{ai}} }]""");

        var run = await Tool.RunAsync("rows", "validate", file);

        Assert.True(run.ExitCode == ExitCode.Done, run.Out + run.Error);
        Assert.Contains("1 row, all valid", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Warning", run.Out + run.Error, StringComparison.OrdinalIgnoreCase);
        // A default that is written out is the code's.
        if (feature.Contains(": ", StringComparison.Ordinal)) Assert.Equal(AiPolicy.Empty, PolicyOf(ai));
        else Assert.NotNull(PolicyOf(ai));
    }

    [Theory]
    [MemberData(nameof(TemplateFiles))]
    public void A_template_has_what_its_sentence_says(string feature, string file) =>
        Templates[feature](JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, file)))!.AsObject());

    [Fact]
    public void A_row_that_is_no_policy_would_be_noticed() => Assert.Null(PolicyOf("""{"Default":{"Limt":1}}"""));

    [Fact]
    public void Another_default_than_the_codes_would_be_noticed() => Assert.NotEqual(AiPolicy.Empty, PolicyOf("""{"Default":{"Limit":2}}"""));

    public void Dispose() => folder.Delete(recursive: true);

    private static TheoryData<string, string> Where(Func<string, bool> isIt)
    {
        var features = new TheoryData<string, string>();
        foreach (var (sentence, here, _) in All.Where(one => isIt(one.Here))) features.Add(sentence, here);
        return features;
    }

    private static AiPolicy? PolicyOf(string ai)
    {
        using var document = JsonDocument.Parse("{\"AccountId\":\"111122223333\",\"BudgetValue\":1,\"Ai\":" + ai + "}");
        var defaults = new StackDefaults("SpokeAccountBudget", ["finops@example.com"], "aws", null);
        return (Resolver.Resolve(Account, [RowJson.ReadRow(document.RootElement)!], defaults) as Resolution.Desired)?.Ai; // It is an object.
    }

    private static IEnumerable<string> Types(JsonObject template) => template["Resources"]!.AsObject().Select(one => $"{one.Value!["Type"]}"); // It has some.

    private static IEnumerable<JsonObject> Of(JsonObject template, string type) => template["Resources"]!.AsObject() // It has some.
        .Where(one => $"{one.Value!["Type"]}" == type).Select(one => one.Value!["Properties"]!.AsObject()); // Each of these types has.

    private static IEnumerable<JsonObject> Statements(JsonNode? node) => node switch
    {
        JsonObject one when one["Effect"] is not null && one["Action"] is not null => [one],
        JsonObject one => one.SelectMany(member => Statements(member.Value)),
        JsonArray several => several.SelectMany(Statements),
        _ => [],
    };
}
