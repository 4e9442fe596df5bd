namespace BudgetSync.Cdk.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void Every_setting_has_a_default_but_those_that_only_the_user_can_know()
    {
        var (settings, problems) = Read([]);

        Assert.Empty(problems);
        Assert.Equal(new Settings { TargetOrganizationalUnitIds = settings!.TargetOrganizationalUnitIds }, settings);
        Assert.Null(settings.OrganizationId);
        Assert.Null(settings.EmailRecipient);
        Assert.Equal("us-east-1", settings.HomeRegion);
    }

    [Fact]
    public void A_dashboard_needs_the_page_that_it_shows()
    {
        Assert.StartsWith("dashboard: ", Assert.Single(Read(new() { ["dashboard"] = true }).Problems), StringComparison.Ordinal);
        Assert.Empty(Read(new() { ["dashboard"] = true, ["reportBucket"] = "true" }).Problems);
    }

    [Fact]
    public void All_problems_are_told_at_once_each_with_key_and_value()
    {
        var wrong = new Dictionary<string, object>
        {
            ["managementAccountId"] = "1234",
            ["organizationId"] = "a1b2c3d4e5",
            ["emailRecipient"] = "finops",
            ["externalId"] = "x",
            ["budgetName"] = "a:b",
            ["parameterName"] = "BudgetSync/Budgets",
            ["homeRegion"] = "Ireland",
            ["spokeRoleName"] = "a/b",
            ["budgetActions"] = "yes",
            ["costExplorer"] = "on",
            ["reportBucket"] = "mine",
            ["dashboard"] = "big",
            ["costRequestsPerDay"] = 0,
            ["driverRequestsPerDay"] = 0,
            ["anomalies"] = "some",
            ["anomalyMonitorArn"] = "mine",
            ["anomalyAmount"] = 0,
            ["anomalyPercent"] = "much",
            ["estimatedChargesAlarm"] = "much",
            ["targetOrganizationalUnitIds"] = new object[] { "ou-ab12-11111111", "root" },
            ["maxConcurrentPercentage"] = 0,
            ["failureTolerancePercentage"] = "101",
            ["kmsKeyArn"] = "alias/mine",
            ["operationsEmail"] = "a@b.example,c@d.example",
            ["logRetentionDays"] = 100,
        };

        var (settings, problems) = Read(wrong);

        Assert.Null(settings);
        foreach (var (key, value) in wrong)
        {
            var shown = value is object[] list ? (string)list[1] : $"{value}";
            Assert.Contains(
                problems,
                problem => problem.StartsWith($"{key}: ", StringComparison.Ordinal) && problem.Contains($"\"{shown}\"", StringComparison.Ordinal));
        }
        Assert.Equal(wrong.Count, problems.Length);
    }

    // The parameter /BudgetSync/Stack is JSON, and CloudFormation puts values into it as they are.
    [Theory]
    [InlineData("budgetName", "Our \"own\" budget")]
    [InlineData("budgetName", "Our\\budget")]
    [InlineData("emailRecipient", "\"f\"@example.com")]
    [InlineData("emailRecipient", "a@example.com,f\\@example.com")]
    public void What_would_break_the_JSON_of_the_stacks_parameter_is_refused(string key, string value) =>
        Assert.StartsWith($"{key}: ", Assert.Single(Read(new() { [key] = value }).Problems), StringComparison.Ordinal);

    [Theory]
    [InlineData("/BudgetSync/Budgets", true)]
    [InlineData("/a", true)]
    [InlineData("/aws/budgets", false)]
    [InlineData("/SSM-budgets", false)]
    [InlineData("/a//b", false)]
    [InlineData("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15", true)]
    [InlineData("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16", false)]
    public void Parameter_name_keeps_the_rules_of_Parameter_Store(string name, bool valid) =>
        Assert.Equal(valid, Read(new() { ["parameterName"] = name }).Problems.IsEmpty);

    [Theory]
    [InlineData("a@b.example", true)]
    [InlineData("a@b.example, c@d.example", true)]
    [InlineData("a@b.example,", false)]
    [InlineData("a@b.example c@d.example", false)]
    public void Email_recipient_is_a_comma_list(string recipients, bool valid) =>
        Assert.Equal(valid, Read(new() { ["emailRecipient"] = recipients }).Problems.IsEmpty);

    [Fact]
    public void Roles_that_meet_in_the_management_account_must_differ()
    {
        var problem = Assert.Single(Read(new() { ["applyRoleName"] = "budgetsync-collect" }).Problems);

        Assert.Contains("collectRoleName and applyRoleName", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Costs_of_all_accounts_are_asked_for_in_the_account_that_pays_for_them_only()
    {
        var elsewhere = new Dictionary<string, object>
        {
            ["delegatedAdministrator"] = true,
            ["organizationManagementAccountId"] = "111122223333",
            ["costExplorer"] = true,
            ["estimatedChargesAlarm"] = 100,
        };

        Assert.Equal(["costExplorer", "estimatedChargesAlarm"], Read(elsewhere).Problems.Select(problem => problem.Split(':')[0]));
        Assert.StartsWith(
            "estimatedChargesAlarm: ",
            Assert.Single(Read(new() { ["homeRegion"] = "eu-west-1", ["estimatedChargesAlarm"] = 100 }).Problems),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Key_of_another_region_is_refused()
    {
        var problem = Assert.Single(Read(new() { ["kmsKeyArn"] = "arn:aws:kms:eu-west-1:111122223333:key/abc" }).Problems);

        Assert.Contains("eu-west-1", problem, StringComparison.Ordinal);
        Assert.Contains("homeRegion us-east-1", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void More_target_OUs_than_a_StackSet_takes_are_refused()
    {
        var ids = Enumerable.Range(0, 51).Select(object (number) => $"ou-ab12-{number:00000000}").ToArray();

        Assert.Contains("51 ids", Assert.Single(Read(new() { ["targetOrganizationalUnitIds"] = ids }).Problems), StringComparison.Ordinal);
        Assert.Empty(Read(new() { ["targetOrganizationalUnitIds"] = ids[1..] }).Problems);
    }

    [Theory]
    [InlineData(true)]
    [InlineData("true")]
    [InlineData("True")]
    public void Flag_may_be_JSON_or_text(object written) => Assert.True(Read(new() { ["budgetActions"] = written }).Settings!.BudgetActions);

    [Fact]
    public void Empty_setting_counts_as_not_set() => Assert.Null(Read(new() { ["organizationId"] = " " }).Settings!.OrganizationId);

    [Fact]
    public void A_key_that_no_setting_has_is_refused_with_the_nearest_name() => Assert.Equal(
        [
            "chanels: is no setting; did you mean channels? (a key of your own may begin with x-)",
            "colour: is no setting; remove it, or see the table of settings in cdk/README.md (a key of your own may begin with x-)",
            "reportbucket: is no setting; did you mean reportBucket? (a key of your own may begin with x-)",
        ],
        Read(new() { ["reportbucket"] = "true", ["chanels"] = "[]", ["colour"] = "red", ["x-owner"] = "us", ["channels"] = "[]" }).Problems.AsEnumerable());

    [Fact]
    public void Keys_are_those_of_the_variable_and_of_the_file_that_the_CLI_names()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """{"c":{"d":1}}""");
        var given = new Dictionary<string, string> { ["CDK_CONTEXT_JSON"] = """{"a":1,"b":[]}""", ["CONTEXT_OVERFLOW_LOCATION_ENV"] = file };

        Assert.Equal(["a", "b", "c"], ContextKeys.Of(given.GetValueOrDefault).AsEnumerable());
        Assert.Empty(ContextKeys.Of(_ => null));
        File.Delete(file);
    }

    [Theory]
    [InlineData("@aws-cdk/core:bootstrapQualifier")]
    [InlineData("aws:cdk:enable-path-metadata")]
    [InlineData("aws-cdk:enableDiffNoFail")]
    [InlineData("availability-zones:account=111122223333:region=us-east-1")]
    public void What_CDK_keeps_in_its_context_is_let_be(string key) => Assert.Empty(Read(new() { [key] = "any" }).Problems);

    private static (Settings? Settings, System.Collections.Immutable.ImmutableArray<string> Problems) Read(Dictionary<string, object> context) =>
        SettingsReader.Read(context.GetValueOrDefault, context.Keys);
}
