using System.Text.Json.Nodes;

namespace BudgetSync.Cdk.Tests;

/// <summary>All inline policies of a role have 10,240 characters together, white space not counted (IAM user guide, "IAM and AWS STS quotas").</summary>
[Collection(nameof(Jsii))]
public sealed class InlinePolicyTests
{
    private const int MostCharacters = 10_240;

    /// <summary>As many regions and lists as a deployment may have, by the longest names that there are.</summary>
    [CdkFact]
    public void The_inline_policies_of_each_role_fit_it_whatever_the_settings()
    {
        string[] regions =
        [
            "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ap-northeast-1",
            "ap-northeast-2", "ap-northeast-3",
        ];
        var lists = string.Join(',', Enumerable.Range(1, 8).Select(number => $"\"{new string('x', 31)}{number}\":[\"ec2:RunInstances\"]"));
        var context = new Dictionary<string, string>
        {
            ["respond"] = "true",
            ["ai"] = "true",
            ["denyLists"] = $"{{{lists}}}",
            ["stopRegions"] = string.Join(',', regions),
        };
        var (settings, problems) = SettingsReader.Read(key => context.GetValueOrDefault(key));
        Assert.Empty(problems);
        using var app = new SynthesizedApp(settings!); // Not null: there are no problems.

        var sizes = Sizes(app.Stacks["BudgetSync-Spoke"]);

        Assert.Contains(sizes, size => size.Key == "ApplyRole" && size.Value > 4_000);
        Assert.All(sizes, size => Assert.True(size.Value <= MostCharacters, $"{size.Key} has {size.Value} characters of inline policies."));
    }

    private static Dictionary<string, int> Sizes(Template template)
    {
        var policies = template.OfType("AWS::IAM::Role")
            .SelectMany(role => (role.Value["Properties"]!["Policies"] as JsonArray ?? []).Select(policy => (Role: role.Key, Policy: policy)))
            .Select(own => (own.Role, (own.Policy!["Fn::If"] is JsonArray choice ? choice[1]! : own.Policy)["PolicyDocument"]!))
            .Concat(template.OfType("AWS::IAM::Policy").SelectMany(policy => policy.Value["Properties"]!["Roles"]!.AsArray().Select(
                role => (Role: role!["Ref"]!.ToString(), policy.Value["Properties"]!["PolicyDocument"]!))));
        return policies.GroupBy(one => one.Role, one => Written(one.Item2).ToJsonString().Length).ToDictionary(one => one.Key, one => one.Sum());
    }

    /// <summary>With what CloudFormation puts in, as long as it may be.</summary>
    private static JsonNode Written(JsonNode node) => node switch
    {
        JsonObject { Count: 1 } call when call.First().Key is "Fn::Join" or "Fn::Sub" or "Fn::GetAtt" or "Ref" =>
            Template.Text(call)
                .Replace("${AWS::Partition}", "aws-us-gov", StringComparison.Ordinal)
                .Replace("${AWS::Region}", "ap-southeast-2", StringComparison.Ordinal)
                .Replace("${AWS::AccountId}", "111122223333", StringComparison.Ordinal)
                .Replace("${Restrictions", $"arn:aws-us-gov:iam::111122223333:policy/BudgetSync/{new string('x', 20)}", StringComparison.Ordinal),
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Written(member.Value!)))),
        JsonArray items => new JsonArray([.. items.Select(item => Written(item!))]),
        _ => node.DeepClone(),
    };
}
