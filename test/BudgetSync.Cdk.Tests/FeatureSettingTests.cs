using System.Text.Json.Nodes;

namespace BudgetSync.Cdk.Tests;

/// <summary>Each setting of the table of features of AI.md, given to the app as it stands there: its sentence is true of what is synthesized.</summary>
[Collection(nameof(Jsii))]
public sealed class FeatureSettingTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src", "BudgetSync.Core", "AI.md"));

    /// <summary>What keeps anything, and where its key stands (CloudFormation's resource reference).</summary>
    private static readonly Dictionary<string, Func<JsonNode, JsonNode?>> Keys = new(StringComparer.Ordinal)
    {
        ["AWS::DynamoDB::Table"] = table => table["SSESpecification"]?["KMSMasterKeyId"],
        ["AWS::Logs::LogGroup"] = group => group["KmsKeyId"],
        ["AWS::SNS::Topic"] = topic => topic["KmsMasterKeyId"],
        ["AWS::S3::Bucket"] = bucket =>
            bucket["BucketEncryption"]?["ServerSideEncryptionConfiguration"]?[0]?["ServerSideEncryptionByDefault"]?["KMSMasterKeyID"],
    };

    [CdkFact]
    public void A_customers_key_encrypts_all_that_the_hub_keeps_and_nothing_of_a_spoke()
    {
        var (sentence, here, _) = Assert.Single(FeatureTable.Read(Document), one => FeatureTable.IsSetting(one.Here));
        Assert.Equal("Optional customer-managed KMS keys", sentence);
        var key = here["-c kmsKeyArn=".Length..];
        var given = new Dictionary<string, object>
        {
            ["kmsKeyArn"] = key,
            ["ai"] = "true",
            ["respond"] = "true",
            ["reportBucket"] = "true",
            ["channels"] = "[]",
        };
        var (settings, problems) = SettingsReader.Read(given.GetValueOrDefault);
        Assert.Empty(problems);

        using var app = new SynthesizedApp(settings!); // No problem was told.

        Assert.Equal(Keys.Keys.Select(type => (type, (string?)key)), Of(app, isSpoke: false));
        Assert.Equal([("AWS::DynamoDB::Table", null), ("AWS::Logs::LogGroup", null), ("AWS::SNS::Topic", null)], Of(app, isSpoke: true));
    }

    /// <summary>The key of each kind of resource; several where they differ.</summary>
    private static IEnumerable<(string Type, string? Key)> Of(SynthesizedApp app, bool isSpoke) => app.Stacks
        .Where(stack => stack.Key.Contains("Spoke", StringComparison.Ordinal) == isSpoke)
        .SelectMany(stack => stack.Value.Resources)
        .Select(resource => (Type: (string)resource.Value["Type"]!, Properties: resource.Value["Properties"]))
        .Where(resource => Keys.ContainsKey(resource.Type))
        .Select(resource => (resource.Type, (string?)Keys[resource.Type](resource.Properties!))) // Each of these types has some.
        .Distinct().OrderBy(one => Array.IndexOf([.. Keys.Keys], one.Type));
}
