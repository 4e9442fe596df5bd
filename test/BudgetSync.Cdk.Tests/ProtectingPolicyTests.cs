using System.Text.Json.Nodes;
using BudgetSync.Cdk.Restrictions;

namespace BudgetSync.Cdk.Tests;

/// <summary>The sample service control policy names what the spoke's template makes, and fits.</summary>
public sealed class ProtectingPolicyTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "cdk", "samples", "protect-budgetsync.scp.json"));
    private static readonly JsonArray Statements = JsonNode.Parse(Text)!["Statement"]!.AsArray();
    private static Template Spoke => Template.Committed("spoke.template.json");

    /// <summary>Organizations user guide, "Quotas": the size of a service control policy is at most 5,120 characters.</summary>
    [Fact]
    public void It_fits_as_it_is_written() => Assert.InRange(Text.Length, 1, 5_120);

    /// <summary>Organizations user guide, "SCP syntax": a statement has no Principal, and only denials may have conditions everywhere.</summary>
    [Fact]
    public void Every_statement_denies_and_names_no_principal() => Assert.All(Statements, statement =>
    {
        Assert.Equal("Deny", (string)statement!["Effect"]!);
        Assert.Null(statement["Principal"]);
        Assert.Contains(
            "arn:*:iam::*:role/stacksets-exec-*",
            statement["Condition"]!["ArnNotLike"]!["aws:PrincipalArn"]!.AsArray().Select(item => (string)item!));
    });

    [Fact]
    public void Every_role_of_the_spoke_stack_is_kept()
    {
        var kept = Resources("KeepRolesAndPolicies").Select(arn => arn.Split('/')[^1]);
        var made = Spoke.OfType("AWS::IAM::Role").Select(role => Template.Text(role.Value["Properties"]!["RoleName"]));
        Assert.Equal(made.Order(StringComparer.Ordinal), kept.Order(StringComparer.Ordinal));
    }

    /// <summary>Whoever may take on an exempt role, or make one, is bound by nothing.</summary>
    [Fact]
    public void Every_exempt_role_is_kept_too()
    {
        var kept = Resources("KeepRolesAndPolicies").Concat(Resources("KeepExemptRoles")).ToHashSet();
        var exempt = Statements.SelectMany(statement => statement!["Condition"]!["ArnNotLike"]!["aws:PrincipalArn"]!.AsArray()).Select(arn => (string)arn!);
        Assert.Empty(exempt.Where(arn => !kept.Contains(arn)));
        var denied = Statements.Single(statement => (string)statement!["Sid"]! == "KeepExemptRoles")!["Action"]!.AsArray().Select(action => (string)action!);
        Assert.Equal(
            ["iam:AttachRolePolicy", "iam:CreateRole", "iam:DeleteRole", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"],
            denied);
    }

    [Fact]
    public void Every_function_rule_queue_and_topic_of_the_spoke_stack_is_kept()
    {
        Assert.Equal(
            ["arn:*:events:*:*:rule/BudgetSync-*", "arn:*:lambda:*:*:function:BudgetSync-*", "arn:*:sns:*:*:BudgetSync-Alerts", "arn:*:sqs:*:*:BudgetSync-*"],
            Resources("KeepFunctionsAndRules"));
        foreach (var (type, name) in new[] { ("AWS::Lambda::Function", "FunctionName"), ("AWS::Events::Rule", "Name"), ("AWS::SQS::Queue", "QueueName") })
        {
            Assert.All(Spoke.OfType(type), made => Assert.StartsWith("BudgetSync-", Template.Text(made.Value["Properties"]![name]), StringComparison.Ordinal));
        }

        Assert.All(Spoke.OfType("AWS::SNS::Topic"), topic => Assert.Equal("BudgetSync-Alerts", Template.Text(topic.Value["Properties"]!["TopicName"])));
    }

    /// <summary>Whatever changes a stack: an update by a change set, and a rollback, which may leave resources out.</summary>
    [Fact]
    public void The_stack_is_kept_from_every_way_to_change_it() => Assert.Equal(
        [
            "cloudformation:CancelUpdateStack", "cloudformation:ContinueUpdateRollback", "cloudformation:CreateChangeSet", "cloudformation:DeleteStack",
            "cloudformation:ExecuteChangeSet", "cloudformation:RollbackStack", "cloudformation:SetStackPolicy", "cloudformation:UpdateStack",
        ],
        Statements.Single(statement => (string)statement!["Sid"]! == "KeepStack")!["Action"]!.AsArray().Select(action => (string)action!));

    /// <summary>Roles that trust a service are given to any function or rule of one that is allowed to, and their permissions with them.</summary>
    [Fact]
    public void Roles_that_reports_travel_by_are_given_to_no_function_or_rule_of_others()
    {
        var statement = Statements.Single(statement => (string)statement!["Sid"]! == "KeepPassedRoles")!;

        Assert.Equal("iam:PassRole", (string)statement["Action"]!);
        Assert.Equal(["arn:*:iam::*:role/BudgetSync-Apply", "arn:*:iam::*:role/BudgetSync-ForwardReports"], Resources("KeepPassedRoles"));
    }

    /// <summary>For those who attach it by hand and meter models: what the deployment makes of it with <c>controlPolicies</c>.</summary>
    [Fact]
    public void The_sample_with_models_is_what_the_deployment_makes()
    {
        var path = Path.Combine(RepositoryRoot.Path, "cdk", "samples", "protect-models.scp.json");
        var made = ControlDocuments.Protecting(new Settings { Ai = true }).Document.ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("BUDGETSYNC_UPDATE_TEMPLATES") == "1") File.WriteAllText(path, made);

        Assert.Equal(File.ReadAllText(path), made);
        Assert.InRange(made.Length, 1, ControlDocuments.MostCharacters);
    }

    [Theory]
    [InlineData("ai/spoke.template.json")]
    [InlineData("regions/models.template.json")]
    public void Every_role_of_the_stacks_of_models_is_kept(string template)
    {
        var document = ControlDocuments.Protecting(new Settings { Ai = true, AiRegions = ["eu-west-1", "us-west-2"] }).Document;
        var kept = document["Statement"]!.AsArray().Single(statement => (string)statement!["Sid"]! == "KeepRolesAndPolicies")!["Resource"]!.AsArray()
            .Select(arn => ((string)arn!).Split('/')[^1]).ToHashSet();
        var made = Template.Committed(template).OfType("AWS::IAM::Role").Select(role => Template.Text(role.Value["Properties"]!["RoleName"]));
        string[] regions = ["eu-west-1", "us-west-2"];
        Assert.All(
            made.SelectMany(name => regions.Select(region => name.Replace("${AWS::Region}", region, StringComparison.Ordinal))),
            name => Assert.Contains(name, kept));
    }

    private static readonly System.Text.Json.JsonSerializerOptions Indented = new() { WriteIndented = true, IndentSize = 1 };

    private static IEnumerable<string> Resources(string sid) =>
        Statements.Single(statement => (string)statement!["Sid"]! == sid)!["Resource"]!.AsArray().Select(item => (string)item!);
}
