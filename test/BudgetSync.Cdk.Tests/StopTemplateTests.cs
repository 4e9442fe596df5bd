using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Stops;

namespace BudgetSync.Cdk.Tests;

/// <summary>What a spoke with stopRegions has beside one that only denies; the committed template of each shows it whole.</summary>
[Collection(nameof(Jsii))]
public sealed class StopTemplateTests
{
    private static readonly Template Template = Template.Committed("stops/spoke.template.json");

    [Fact]
    public void It_adds_a_permission_a_setting_and_a_property_of_the_resource_that_gives_back()
    {
        var without = Template.Committed("restrictions/spoke.template.json");
        var added = Template.Resources.Select(resource => resource.Key).Except(without.Resources.Select(resource => resource.Key));

        Assert.Equal(["RestrictionsStops", "RestrictionsStopped"], added);
        Assert.Equal("us-east-1,eu-west-1", Template.Resource("RestrictionsLifting")["Properties"]!["StopRegions"]!.ToString());
        Assert.Contains("RestrictionsStops", Template.Resource("RestrictionsLifting")["DependsOn"]!.AsArray().Select(name => name!.ToString()));
        Assert.Equal(
            ["us-east-1,eu-west-1", "us-east-1,eu-west-1"],
            Template.OfType("AWS::Lambda::Function")
                .Select(function => function.Value["Properties"]!["Environment"]!["Variables"]!["BUDGETSYNC_STOP_REGIONS"]!.ToString()));
    }

    [Fact]
    public void What_is_protected_can_be_neither_stopped_nor_marked_and_only_what_is_marked_is_started()
    {
        var statements = PolicyStatementText.All(Template)
            .Where(statement => statement.Where.StartsWith("RestrictionsStops/", StringComparison.Ordinal))
            .ToList();
        // The functions read and write these tags by names of their own.
        const string unprotected = $"StringEqualsIgnoreCaseIfExists aws:ResourceTag/{ProtectTag.Key} {ProtectTag.NoProtection}";
        const string marked = $"StringLike aws:ResourceTag/{StopMark.Key} *";
        const string onlyTheMark = $"ForAllValues:StringEquals aws:TagKeys {StopMark.Key}; Null aws:TagKeys false";
        const string inRegions = "StringEquals aws:RequestedRegion us-east-1, eu-west-1";
        string instances = Arn("ec2", "instance/*"), groups = Arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/*");
        string databases = $"{Arn("rds", "db:*")}, {Arn("rds", "cluster:*")}";
        string notebooks = Arn("sagemaker", "notebook-instance/*"), services = Arn("ecs", "service/*");

        Assert.Equal(
            [
                Allow(
                    "SeeWhatRuns",
                    "ec2:DescribeInstances, autoscaling:DescribeAutoScalingGroups, compute-optimizer:GetIdleRecommendations, "
                        + "sagemaker:ListNotebookInstances, ecs:ListClusters, ecs:ListServices",
                    "*",
                    ""),
                Allow(
                    "SeeMore",
                    "rds:DescribeDBInstances, rds:DescribeDBClusters, sagemaker:ListTags, ecs:DescribeServices",
                    $"{databases}, {notebooks}, {services}",
                    ""),
                Allow(
                    "KeepJournal",
                    "ssm:PutParameter, ssm:GetParameterHistory, ssm:DeleteParameter",
                    $"arn:${{AWS::Partition}}:ssm:${{AWS::Region}}:${{AWS::AccountId}}:parameter{StopJournal.ParameterName}",
                    ""),
                Allow(
                    "Stop",
                    "ec2:StopInstances, rds:StopDBInstance, rds:StopDBCluster, sagemaker:StopNotebookInstance",
                    $"{instances}, {databases}, {notebooks}",
                    $"{inRegions}; {unprotected}"),
                Allow(
                    "ScaleToZero", "autoscaling:UpdateAutoScalingGroup", groups, $"{inRegions}; {unprotected}; NumericEquals autoscaling:MaxSize 0"),
                Allow(
                    "Mark",
                    "ec2:CreateTags, autoscaling:CreateOrUpdateTags, rds:AddTagsToResource, sagemaker:AddTags, ecs:TagResource",
                    $"{instances}, {groups}, {databases}, {notebooks}, {services}",
                    $"{inRegions}; {unprotected}; {onlyTheMark}"),
                Allow(
                    "StartWhatWasStopped",
                    "ec2:StartInstances, rds:StartDBInstance, rds:StartDBCluster, sagemaker:StartNotebookInstance, ecs:UpdateService",
                    $"{instances}, {databases}, {notebooks}, {services}",
                    marked),
                Allow("ScaleBack", "autoscaling:UpdateAutoScalingGroup", groups, $"{marked}; NumericGreaterThan autoscaling:MaxSize 0"),
                Allow(
                    "Unmark",
                    "ec2:DeleteTags, autoscaling:DeleteTags, rds:RemoveTagsFromResource, sagemaker:DeleteTags, ecs:UntagResource",
                    $"{instances}, {groups}, {databases}, {notebooks}, {services}",
                    onlyTheMark),
                Allow(
                    "StartWithEncryptedVolumes",
                    "kms:CreateGrant",
                    "*",
                    "Bool kms:GrantIsForAWSResource true; StringLike kms:ViaService ec2.*.amazonaws.com"),
            ],
            statements);

        static PolicyStatementText Allow(string sid, string actions, string resource, string condition) =>
            new($"RestrictionsStops/{sid}", "Allow", "", actions, resource, condition);
    }

    /// <summary>Nothing is ever terminated or deleted, and no other template stops anything.</summary>
    [Fact]
    public void No_action_of_any_template_terminates_and_none_stops_without_the_setting()
    {
        foreach (var file in new[] { "spoke", "restrictions/spoke", "stops/spoke", "management", "responses/management" })
        {
            var actions = PolicyStatementText.All(Template.Committed($"{file}.template.json"))
                // AWS Budgets assumes the role of budget actions, and does what a person wrote into one.
                .Where(statement => statement.Effect == "Allow" && !statement.Where.StartsWith("ActionRole", StringComparison.Ordinal))
                .SelectMany(statement => statement.Action.Split(", "))
                .Where(action => action.Split(':')[0] is "ec2" or "autoscaling" or "rds" or "ecs" or "sagemaker")
                .ToList();
            Assert.DoesNotContain(actions, action => action.Contains("Terminate", StringComparison.Ordinal) || action.EndsWith(":*", StringComparison.Ordinal));
            string[] tags = ["autoscaling:DeleteTags", "ec2:DeleteTags", "sagemaker:DeleteTags"];
            var deleting = actions.Where(action => action.Contains("Delete", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
            Assert.Equal(file == "stops/spoke" ? tags : [], deleting);
            if (file is "spoke" or "restrictions/spoke") Assert.Empty(actions);
        }
    }

    [Fact]
    public void Regions_that_cannot_be_are_all_told_at_once()
    {
        var many = string.Join(',', Enumerable.Range(1, 11).Select(number => $"us-east-{number}"));

        Assert.Equal(
            ["stopRegions: \"Frankfurt\" is no region; write for example us-east-1,eu-west-1"],
            Read(("respond", "true"), ("stopRegions", "us-east-1,Frankfurt")).Problems);
        Assert.StartsWith("stopRegions: 11 regions", Assert.Single(Read(("respond", "true"), ("stopRegions", many)).Problems), StringComparison.Ordinal);
        Assert.StartsWith("respond: is not true", Assert.Single(Read(("stopRegions", "us-east-1")).Problems), StringComparison.Ordinal);
        Assert.Equal("us-east-1", Assert.Single(Read(("respond", "true"), ("stopRegions", "us-east-1, us-east-1")).Settings!.StopRegions));
    }

    private static string Arn(string service, string resource) => $"arn:${{AWS::Partition}}:{service}:*:${{AWS::AccountId}}:{resource}";

    private static (Settings? Settings, IReadOnlyList<string> Problems) Read(params (string Key, string Value)[] context)
    {
        var (settings, problems) = SettingsReader.Read(key => context.FirstOrDefault(entry => entry.Key == key).Value);
        return (settings, problems);
    }
}
