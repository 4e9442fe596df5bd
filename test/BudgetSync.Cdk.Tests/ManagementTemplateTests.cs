using BudgetSync.Cdk.Code;

namespace BudgetSync.Cdk.Tests;

public sealed class ManagementTemplateTests
{
    private static readonly Template Template = Template.Committed(PortableTemplates.ManagementFile);
    private static readonly Template Tables = Template.Committed(PortableTemplates.TablesFile);

    [Theory]
    [InlineData("TablesBudgets", "BudgetSync-Budgets")]
    [InlineData("TablesStatus", "BudgetSync-Status")]
    [InlineData("TablesHistory", "BudgetSync-History")]
    public void Table_outlives_the_stack_and_every_mistake(string id, string name)
    {
        var table = Tables.Properties(id);

        Assert.Equal(name, (string)table["TableName"]!);
        Assert.Equal("PAY_PER_REQUEST", (string)table["BillingMode"]!);
        // Protected is what cannot be made again, and it is made last: no creation that fails after it has to take it back, which DynamoDB would refuse.
        Assert.Equal(id == "TablesBudgets", table["DeletionProtectionEnabled"]?.GetValue<bool>() ?? false);
        Assert.Equal(id == "TablesBudgets" ? "TablesHistory, TablesStatus" : "", Template.Text(Tables.Resource(id)["DependsOn"]));
        Assert.True((bool)table["PointInTimeRecoverySpecification"]!["PointInTimeRecoveryEnabled"]!);
        // A creation that fails leaves nothing behind, so that it can be repeated.
        Assert.Equal("RetainExceptOnCreate", (string)Tables.Resource(id)["DeletionPolicy"]!);
        Assert.Equal("Retain", (string)Tables.Resource(id)["UpdateReplacePolicy"]!);
    }

    [Fact]
    public void Only_the_table_that_people_edit_has_a_stream()
    {
        Assert.Equal("NEW_AND_OLD_IMAGES", (string)Tables.Properties("TablesBudgets")["StreamSpecification"]!["StreamViewType"]!);
        Assert.Null(Tables.Properties("TablesStatus")["StreamSpecification"]);
    }

    [Fact]
    public void Settings_are_there_for_peoples_tools_to_read()
    {
        var parameter = Template.Properties("StackSettings");

        Assert.Equal("/BudgetSync/Stack", (string)parameter["Name"]!);
        var value = parameter["Value"]!.ToJsonString();
        foreach (var setting in new[] { "BudgetName", "DefaultValue", "EmailRecipient", "ParameterName", "SpendBounds" })
            Assert.Contains($$"""{"Ref":"{{setting}}"}""", value, StringComparison.Ordinal);
    }

    [Fact]
    public void Edit_stream_has_a_bound_on_everything()
    {
        var mapping = Template.Properties("EditStream");

        Assert.Equal("TRIM_HORIZON", (string)mapping["StartingPosition"]!);
        Assert.Equal(100, (int)mapping["BatchSize"]!);
        Assert.Equal(0, (int)mapping["MaximumBatchingWindowInSeconds"]!);
        Assert.Equal(10, (int)mapping["ParallelizationFactor"]!);
        Assert.True((bool)mapping["BisectBatchOnFunctionError"]!);
        Assert.Equal("ReportBatchItemFailures", Template.Text(mapping["FunctionResponseTypes"]));
        // -1, AWS's default, is forever: one bad record would stop its shard for a day.
        Assert.InRange((int)mapping["MaximumRetryAttempts"]!, 1, 100);
        Assert.InRange((int)mapping["MaximumRecordAgeInSeconds"]!, 60, 86_400 / 2);
        Assert.Equal("${ParkedEditsQueue.Arn}", Template.Text(mapping["DestinationConfig"]!["OnFailure"]!["Destination"]));
    }

    [Theory]
    [InlineData(
        "Propagate",
        "BUDGETSYNC_BUDGETS_TABLE BUDGETSYNC_CURRENCIES BUDGETSYNC_DEFAULT_BUDGET_NAME BUDGETSYNC_DEFAULT_BUDGET_VALUE BUDGETSYNC_EMAIL_RECIPIENT "
            + "BUDGETSYNC_EXTERNAL_ID BUDGETSYNC_FUNCTION BUDGETSYNC_MANAGEMENT_ACCOUNT_ID BUDGETSYNC_PARAMETER_NAME BUDGETSYNC_PARTITION "
            + "BUDGETSYNC_SPOKE_ROLE_NAME BUDGETSYNC_STATUS_TABLE")]
    [InlineData(
        "Reconcile",
        "BUDGETSYNC_BUDGETS_TABLE BUDGETSYNC_CURRENCIES BUDGETSYNC_DEAD_LETTER_QUEUE_URL BUDGETSYNC_DEFAULT_BUDGET_NAME BUDGETSYNC_DEFAULT_BUDGET_VALUE "
            + "BUDGETSYNC_EMAIL_RECIPIENT BUDGETSYNC_EXTERNAL_ID BUDGETSYNC_FUNCTION BUDGETSYNC_MANAGEMENT_ACCOUNT_ID BUDGETSYNC_PARAMETER_NAME "
            + "BUDGETSYNC_PARTITION BUDGETSYNC_SPOKE_ROLE_NAME BUDGETSYNC_STATUS_TABLE")]
    [InlineData("Collect", "BUDGETSYNC_EVENT_BUS_NAME BUDGETSYNC_FUNCTION BUDGETSYNC_HISTORY_TABLE BUDGETSYNC_SPEND_BOUNDS BUDGETSYNC_STATUS_TABLE")]
    public void Function_is_set_up_as_the_map_of_src_says(string word, string variables)
    {
        var function = Template.Properties(word + "Function");
        var environment = function["Environment"]!["Variables"]!.AsObject();

        Assert.Equal($"BudgetSync-{word}", (string)function["FunctionName"]!);
        Assert.Equal("BudgetSync.Management", (string)function["Handler"]!);
        Assert.Equal("dotnet10", (string)function["Runtime"]!);
        Assert.Equal(1024, (int)function["MemorySize"]!);
        Assert.Null(function["ReservedConcurrentExecutions"]);
        Assert.Equal(word, (string)environment["BUDGETSYNC_FUNCTION"]!);
        Assert.Equal(
            variables.Split(' '),
            environment.Select(variable => variable.Key).Where(name => name.StartsWith("BUDGETSYNC_", StringComparison.Ordinal)).Order());
        Assert.Equal($"${{{word}Log}}", Template.Text(function["LoggingConfig"]!["LogGroup"]));
        Assert.InRange((int)Template.Properties(word + "Log")["RetentionInDays"]!, 1, 3653);
    }

    [Fact]
    public void Every_queue_is_encrypted_and_refuses_plain_text()
    {
        foreach (var (id, queue) in Template.OfType("AWS::SQS::Queue"))
        {
            Assert.True((bool)queue["Properties"]!["SqsManagedSseEnabled"]!);
            Assert.Contains(Template.OfType("AWS::SQS::QueuePolicy"), policy => Template.Text(policy.Value["Properties"]!["Queues"]) == $"${{{id}}}");
        }
    }

    [Fact]
    public void Every_rule_has_a_queue_for_what_it_cannot_deliver() => Assert.All(
        Template.OfType("AWS::Events::Rule"),
        rule => Assert.Equal("${UndeliverableQueue.Arn}", Template.Text(rule.Value["Properties"]!["Targets"]![0]!["DeadLetterConfig"]!["Arn"])));

    [Fact]
    public void Every_alarm_tells_the_operations_topic_and_says_what_is_wrong()
    {
        var alarms = Template.OfType("AWS::CloudWatch::Alarm").ToList();

        Assert.All(alarms, alarm => Assert.Equal("${OperationsTopic}", Template.Text(alarm.Value["Properties"]!["AlarmActions"])));
        Assert.All(alarms, alarm => Assert.NotEmpty((string)alarm.Value["Properties"]!["AlarmDescription"]!));
        Assert.Equal(
            [
                "BudgetSync-AccountsBlocked",
                "BudgetSync-AccountsFailed",
                "BudgetSync-AccountsUnchecked",
                "BudgetSync-CollectErrors",
                "BudgetSync-EditsWait",
                "BudgetSync-ParkedEdits",
                "BudgetSync-PropagateErrors",
                "BudgetSync-ReconcileErrors", "BudgetSync-ReconcileSilent", "BudgetSync-RowsRejected", "BudgetSync-UndeliverableEvents"],
            alarms.Select(alarm => (string)alarm.Value["Properties"]!["AlarmName"]!).Order());
    }

    [Fact]
    public void No_alarm_is_in_ALARM_right_after_the_first_deployment() =>
        Assert.DoesNotContain(Template.OfType("AWS::CloudWatch::Alarm"), alarm => (string)alarm.Value["Properties"]!["TreatMissingData"]! == "breaching");

    [Fact]
    public void Reconcile_that_falls_silent_is_told_by_its_missing_data()
    {
        var alarm = Template.Properties("OperationsReconcileSilent");

        Assert.Equal("missing", (string)alarm["TreatMissingData"]!);
        Assert.Equal("${OperationsTopic}", Template.Text(alarm["InsufficientDataActions"]));
    }

    [Fact]
    public void Enrolment_listens_for_accounts_that_come_and_move() => Assert.Equal(
        "AccountJoinedOrganization, CreateAccountResult, MoveAccount, AcceptHandshake",
        Template.Text(Template.Properties("EnrolmentRule")["EventPattern"]!["detail"]!["eventName"]));
}
