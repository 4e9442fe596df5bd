using System.Text.Json.Nodes;
using BudgetSync.Cdk.Code;

namespace BudgetSync.Cdk.Tests;

public sealed class SpokeTemplateTests
{
    private static readonly Template Template = Template.Committed(PortableTemplates.SpokeFile);

    [Fact]
    public void Another_region_than_the_home_region_is_refused_before_anything_is_made()
    {
        var assertion = Template.Root["Rules"]!["HomeRegionOnly"]!["Assertions"]![0]!;

        Assert.Equal("${AWS::Region}, ${HomeRegion}", Template.Text(assertion["Assert"]!["Fn::Equals"]));
        Assert.Contains("one region", (string)assertion["AssertDescription"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_is_set_up_as_the_map_of_src_says()
    {
        var function = Template.Properties("ApplyFunction");

        Assert.Equal("BudgetSync-Apply", (string)function["FunctionName"]!);
        Assert.Equal("BudgetSync.Spoke", (string)function["Handler"]!);
        Assert.Equal("dotnet10", (string)function["Runtime"]!);
        Assert.Equal(
            [
                "AWS_LAMBDA_HANDLER_LOG_FORMAT",
                "BUDGETSYNC_ACCOUNT_ID",
                "BUDGETSYNC_ALERT_TOPIC",
                "BUDGETSYNC_CURRENCIES",
                "BUDGETSYNC_DEFAULT_BUDGET_NAME",
                "BUDGETSYNC_EMAIL_RECIPIENT",
                "BUDGETSYNC_FUNCTION",
                "BUDGETSYNC_PARAMETER_NAME"
            ],
            function["Environment"]!["Variables"]!.AsObject().Select(variable => variable.Key).Order());
    }

    [Fact]
    public void Apply_reserves_no_concurrency_because_a_new_account_has_ten_in_all() =>
        Assert.Null(Template.Properties("ApplyFunction")["ReservedConcurrentExecutions"]);

    [Fact]
    public void Success_and_failure_both_leave_as_events_of_the_default_bus()
    {
        var destinations = Template.Properties("ApplyAsyncConfig")["DestinationConfig"]!;

        foreach (var result in new[] { "OnSuccess", "OnFailure" })
            Assert.EndsWith(":event-bus/default", Template.Text(destinations[result]!["Destination"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_results_of_Apply_are_forwarded()
    {
        var pattern = Template.Properties("ForwardReportsRule")["EventPattern"]!;

        Assert.Equal("lambda", Template.Text(pattern["source"]));
        Assert.Equal("Lambda Function Invocation Result - Success, Lambda Function Invocation Result - Failure", Template.Text(pattern["detail-type"]));
        // By name: a reference would keep Apply alive as long as the rule, which the last report needs when the stack goes.
        // Without and with a qualifier; a prefix without the colon would forward what BudgetSync-ApplyMine says.
        const string function = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:BudgetSync-";
        var arns = pattern["detail"]!["requestContext"]!["functionArn"]!.AsArray();
        Assert.Equal(
            [function + "Apply", function + "Apply:*", function + "FirstApply", function + "FirstApply:*"],
            arns.Select(arn => arn is JsonObject matcher && matcher["prefix"] is { } prefix ? Template.Text(prefix) + "*" : Template.Text(arn)));
    }

    /// <summary>
    /// Lambda developer guide, "Capturing records of Lambda asynchronous invocations": a destination's event has the requestPayload, and CloudFormation's has
    /// the presigned ResponseURL and the properties, an address among them.
    /// </summary>
    [Fact]
    public void What_CloudFormation_calls_has_no_destination_that_would_carry_its_presigned_URL_along()
    {
        var called = (string)Template.Properties("FirstApply")["ServiceToken"]!["Fn::GetAtt"]![0]!;
        Assert.Equal("BudgetSync-FirstApply", (string)Template.Properties(called)["FunctionName"]!);
        var configured = Template.OfType("AWS::Lambda::EventInvokeConfig").Select(resource => (string)resource.Value["Properties"]!["FunctionName"]!["Ref"]!);
        Assert.DoesNotContain(called, configured);
        Assert.Equal(
            Template.Properties("ApplyFunction")["Environment"]!.ToJsonString(),
            Template.Properties(called)["Environment"]!.ToJsonString());
    }

    // AWS Budgets has no endpoint in GovCloud, so that nothing of it may come to be there.
    [Theory]
    [InlineData("spoke.template.json")]
    [InlineData("management.template.json")]
    public void A_partition_without_AWS_Budgets_is_refused_before_anything_is_created(string file)
    {
        var assertion = Template.Committed(file).Root["Rules"]!["SupportedPartition"]!["Assertions"]![0]!;

        Assert.Equal("""{"Fn::Not":[{"Fn::Equals":[{"Ref":"AWS::Partition"},"aws-us-gov"]}]}""", assertion["Assert"]!.ToJsonString());
        Assert.Contains("GovCloud", (string)assertion["AssertDescription"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameter_rule_takes_every_change_of_the_one_name()
    {
        var detail = Template.Properties("ParameterChangedRule")["EventPattern"]!["detail"]!;

        Assert.Equal("${ParameterName}", Template.Text(detail["name"]));
        Assert.Equal("Create, Update, Delete", Template.Text(detail["operation"]));
    }

    [Fact]
    public void Template_does_not_own_the_parameter_whose_value_it_would_overwrite() => Assert.Empty(Template.OfType("AWS::SSM::Parameter"));

    [Fact]
    public void First_apply_waits_until_its_report_can_leave_and_the_spoke_can_be_entered() => Assert.Equal(
        ["ApplyAsyncConfig", "ForwardReportsRule", "ParameterChangedRule", "SpokeRole"],
        Template.Resource("FirstApply")["DependsOn"]!.AsArray().Select(id => (string)id!).Order());

    // CloudFormation deletes in the opposite order: Apply, which would make the budgets again, goes before they are removed, and its rules go before Apply.
    [Fact]
    public void Apply_comes_after_the_removal_and_so_goes_before_it()
    {
        Assert.Equal(["Removal"], Template.Resource("ApplyFunction")["DependsOn"]!.AsArray().Select(other => (string)other!));
        Assert.Equal(["ForwardReportsRule", "SpokeRole"], Template.Resource("Removal")["DependsOn"]!.AsArray().Select(id => (string)id!));
        foreach (var rule in new[] { "ParameterChangedRule", "DailyRule" })
            Assert.Equal("${ApplyFunction.Arn}", Template.Text(Template.Properties(rule)["Targets"]![0]!["Arn"]));
    }

    [Fact]
    public void First_apply_runs_again_when_anything_that_Apply_is_told_changes()
    {
        var properties = Template.Properties("FirstApply");

        foreach (var name in new[] { "ParameterName", "BudgetName", "EmailRecipient" })
            Assert.Equal($"${{{name}}}", Template.Text(properties[name]));
        Assert.Equal("${CodeKey}", Template.Text(properties["Release"]));
    }

    [Fact]
    public void Whatever_makes_actions_possible_hangs_on_one_condition()
    {
        Assert.Equal(["ActionPermission", "ActionRole"], On("BudgetActionsEnabled"));
        Assert.Equal("Disabled", (string)Template.Root["Parameters"]!["BudgetActions"]!["Default"]!);
    }

    [Fact]
    public void The_topic_for_alerts_with_all_that_belongs_to_it_hangs_on_one_condition_and_only_Apply_hears_of_it()
    {
        Assert.Equal(["AlertsMayCall", "AlertsPolicy", "AlertsSubscription", "AlertsTopic"], On("AlertTopicEnabled"));
        Assert.Equal("Enabled", (string)Template.Root["Parameters"]!["AlertTopic"]!["Default"]!);
        Assert.Equal("BudgetSync-Alerts", (string)Template.Properties("AlertsTopic")["TopicName"]!);
        var subscription = Template.Properties("AlertsSubscription");
        Assert.Equal(("lambda", "${ApplyFunction.Arn}"), ((string)subscription["Protocol"]!, Template.Text(subscription["Endpoint"])));
        Assert.Equal("${AlertsTopic}", Template.Text(Template.Properties("AlertsMayCall")["SourceArn"]));
    }

    [Fact]
    public void Apply_is_asked_to_look_at_times_that_it_chose_for_its_account()
    {
        var rule = Template.Properties("LookRule");

        Assert.Equal("${FirstApply.LookSchedule}", Template.Text(rule["ScheduleExpression"]));
        Assert.Equal("""{"look":true}""", (string)rule["Targets"]![0]!["Input"]!);
        Assert.Equal("${LookEvery}", Template.Text(Template.Properties("FirstApply")["LookEvery"]));
        Assert.Equal("4", (string)Template.Root["Parameters"]!["LookEvery"]!["Default"]!);
    }

    private static IEnumerable<string> On(string condition) => Template.Resources
        .Where(resource => (string?)resource.Value["Condition"] == condition)
        .Select(resource => resource.Key)
        .Order();

    [Fact]
    public void Everything_is_partition_aware() => Assert.DoesNotContain("arn:aws:", Template.Root.ToJsonString(), StringComparison.Ordinal);
}
