using System.Text.Json.Nodes;
using BudgetSync.Cdk.Code;

namespace BudgetSync.Cdk.Tests;

/// <summary>What <c>cdk deploy</c> deploys, where it differs from the committed portable templates.</summary>
[Collection(nameof(Jsii))]
public sealed class AppTests
{
    private static readonly Settings Full = new()
    {
        ManagementAccountId = "111122223333",
        OrganizationId = "o-a1b2c3d4e5",
        EmailRecipient = "finops@example.com",
        OperationsEmail = "oncall@example.com",
        KmsKeyArn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        BudgetActions = true,
        DelegatedAdministrator = true,
        OrganizationManagementAccountId = "444455556666",
        TargetOrganizationalUnitIds = ["ou-ab12-11111111", "r-ab12"],
    };

    [CdkFact]
    public void Without_settings_a_deployment_asks_for_what_only_the_user_knows()
    {
        using var app = new SynthesizedApp(new Settings());

        Assert.Equal(["BudgetSync-Management", "BudgetSync-Spoke", "BudgetSync-Tables"], app.Stacks.Keys.Order());
        Assert.Empty(app.Stacks["BudgetSync-Tables"].Parameters);
        Assert.All(
            app.Stacks.Where(stack => stack.Key != "BudgetSync-Tables"),
            stack => Assert.Equal(["OrganizationId", "EmailRecipient"], stack.Value.Parameters));
        Assert.All(app.Stacks.Values, template => Assert.Empty(template.OfType("AWS::CloudFormation::StackSet")));
    }

    [CdkFact]
    public void Cost_Explorer_and_the_alarm_of_the_organizations_charges_come_with_their_settings_only()
    {
        using var app = new SynthesizedApp(new Settings { CostExplorer = true, CostRequestsPerDay = 40, EstimatedChargesAlarm = 50_000 });
        using var without = new SynthesizedApp(new Settings());

        var track = app.Stacks["BudgetSync-Track"];
        Assert.Equal("40", (string)track.Properties("TrackFunction")["Environment"]!["Variables"]!["BUDGETSYNC_COST_REQUESTS_PER_DAY"]!);
        Assert.Equal("rate(12 hours)", (string)track.Properties("TwiceADayRule")["ScheduleExpression"]!);
        var alarm = app.Stacks["BudgetSync-Management"].Properties("OperationsOrganizationCharges");
        Assert.Equal(
            ("AWS/Billing", "EstimatedCharges", "Maximum", 21_600, 50_000),
            ((string)alarm["Namespace"]!, (string)alarm["MetricName"]!, (string)alarm["Statistic"]!, (int)alarm["Period"]!, (int)alarm["Threshold"]!));
        Assert.False(without.Stacks.ContainsKey("BudgetSync-Track"));
        Assert.DoesNotContain(
            without.Stacks["BudgetSync-Management"].OfType("AWS::CloudWatch::Alarm"),
            alarm => alarm.Key.Contains("OrganizationCharges", StringComparison.Ordinal));
    }

    [CdkFact]
    public void The_hourly_page_and_its_dashboard_come_with_their_settings_only()
    {
        using var both = new SynthesizedApp(Full with { ReportBucket = true, Dashboard = true });
        using var page = new SynthesizedApp(new Settings { ReportBucket = true });
        using var without = new SynthesizedApp(new Settings());

        Assert.False(without.Stacks.ContainsKey("BudgetSync-Report"));
        Assert.Empty(page.Stacks["BudgetSync-Report"].OfType("AWS::CloudWatch::Dashboard"));
        Assert.Equal("rate(1 hour)", (string)page.Stacks["BudgetSync-Report"].Properties("ReportHourlyRule")["ScheduleExpression"]!);
        Assert.Equal("AES256", Encryption(page)["SSEAlgorithm"]!.ToString());
        var body = Template.Text(both.Stacks["BudgetSync-Report"].Properties("MoneyDashboard")["DashboardBody"]);
        var widget = JsonNode.Parse(body.Replace("${ReportFunction.Arn}", "arn", StringComparison.Ordinal))!["widgets"]![0]!;
        Assert.Equal(("custom", "arn"), (widget["type"]!.ToString(), widget["properties"]!["endpoint"]!.ToString()));
        // The customer's key encrypts the bucket as it does the tables, and the function may use it through S3.
        Assert.Equal(("aws:kms", Full.KmsKeyArn), (Encryption(both)["SSEAlgorithm"]!.ToString(), Encryption(both)["KMSMasterKeyID"]!.ToString()));
        Assert.Contains(
            PolicyStatementText.All(both.Stacks["BudgetSync-Report"]), statement => statement.Where == "ReportRole/UseBucketKey");

        static JsonNode Encryption(SynthesizedApp app) => app.Stacks["BudgetSync-Report"]
            .Properties("PageBucket")["BucketEncryption"]!["ServerSideEncryptionConfiguration"]![0]!["ServerSideEncryptionByDefault"]!;
    }

    // Nothing of it is public, what was replaced is kept for a bounded time, and the bucket outlives its stack.
    [Fact]
    public void The_bucket_of_the_page_is_private_versioned_bounded_and_kept()
    {
        var template = Template.Committed(PortableTemplates.ReportFile);
        var bucket = template.Properties("PageBucket");

        Assert.All(bucket["PublicAccessBlockConfiguration"]!.AsObject(), member => Assert.True((bool)member.Value!));
        Assert.Equal(4, bucket["PublicAccessBlockConfiguration"]!.AsObject().Count);
        Assert.Equal("BucketOwnerEnforced", (string)bucket["OwnershipControls"]!["Rules"]![0]!["ObjectOwnership"]!);
        Assert.Equal("Enabled", (string)bucket["VersioningConfiguration"]!["Status"]!);
        var rule = bucket["LifecycleConfiguration"]!["Rules"]!.AsArray().Single()!;
        Assert.Equal(("Enabled", 30), ((string)rule["Status"]!, (int)rule["NoncurrentVersionExpiration"]!["NoncurrentDays"]!));
        Assert.False(bucket.ContainsKey("BucketName"));
        foreach (var kept in new[] { "AWS::S3::Bucket", "AWS::S3::BucketPolicy" })
            Assert.Equal("RetainExceptOnCreate", (string)Assert.Single(template.OfType(kept)).Value["DeletionPolicy"]!);
    }

    [CdkFact]
    public void Settings_are_written_into_the_templates_so_that_a_changed_one_takes_effect()
    {
        using var app = new SynthesizedApp(Full);

        Assert.All(app.Stacks.Values, template => Assert.Empty(template.Parameters));
        var trust = app.Stacks["BudgetSync-Spoke"].Properties("SpokeRole")["AssumeRolePolicyDocument"]!.ToJsonString();
        Assert.Contains("o-a1b2c3d4e5", trust, StringComparison.Ordinal);
        Assert.Contains("111122223333", trust, StringComparison.Ordinal);
    }

    [CdkFact]
    public void Target_OUs_bring_the_StackSet_and_a_bucket_that_only_the_organization_reads()
    {
        using var app = new SynthesizedApp(Full);

        Assert.Equal(
            ["BudgetSync-Artifacts", "BudgetSync-Management", "BudgetSync-Rollout", "BudgetSync-Spoke", "BudgetSync-SpokeRelease", "BudgetSync-Tables"],
            app.Stacks.Keys.Order());
        var set = app.Stacks["BudgetSync-Rollout"].Properties("SpokeRollout");
        Assert.Equal("SERVICE_MANAGED", (string)set["PermissionModel"]!);
        Assert.Equal("DELEGATED_ADMIN", (string)set["CallAs"]!);
        Assert.True((bool)set["AutoDeployment"]!["Enabled"]!);
        Assert.True((bool)set["ManagedExecution"]!["Active"]!);
        Assert.Equal("ou-ab12-11111111, r-ab12", Template.Text(set["StackInstancesGroup"]![0]!["DeploymentTargets"]!["OrganizationalUnitIds"]));
        Assert.Equal("${AWS::Region}", Template.Text(set["StackInstancesGroup"]![0]!["Regions"]));

        var reads = Assert.Single(PolicyStatementText.All(app.Stacks["BudgetSync-Artifacts"]), statement => statement.Where == "Policy/OrganizationReads");
        Assert.Equal(
            new PolicyStatementText(
                "Policy/OrganizationReads",
                "Allow",
                "AWS *",
                "s3:GetObject",
                "${Bucket.Arn}/spoke/*",
                "StringEquals aws:PrincipalOrgID o-a1b2c3d4e5"),
            reads);
    }

    [CdkFact]
    public void The_direct_spoke_comes_after_the_management_stack_where_both_are_in_one_account()
    {
        using var anywhere = new SynthesizedApp(new Settings());
        using var named = new SynthesizedApp(new Settings { ManagementAccountId = "111122223333" });
        using var delegated = new SynthesizedApp(Full);

        Assert.Contains("BudgetSync-Management", anywhere.DependenciesOf("BudgetSync-Spoke"));
        Assert.Contains("BudgetSync-Management", named.DependenciesOf("BudgetSync-Spoke"));
        Assert.DoesNotContain("BudgetSync-Management", delegated.DependenciesOf("BudgetSync-Spoke"));
    }

    [CdkFact]
    public void Settings_of_the_functions_take_effect_on_every_one_of_them()
    {
        using var app = new SynthesizedApp(Full with { LogRetentionDays = 731, ReservedConcurrency = 7 });

        foreach (var stack in new[] { "BudgetSync-Management", "BudgetSync-Spoke" })
            Assert.All(app.Stacks[stack].OfType("AWS::Logs::LogGroup"), log => Assert.Equal(731, (int)log.Value["Properties"]!["RetentionInDays"]!));
        Assert.All(
            app.Stacks["BudgetSync-Management"].OfType("AWS::Lambda::Function"),
            function => Assert.Equal(7, (int)function.Value["Properties"]!["ReservedConcurrentExecutions"]!));
        // A new account has 10 in all, and reserving one of them is refused.
        Assert.All(
            app.Stacks["BudgetSync-Spoke"].OfType("AWS::Lambda::Function"),
            function => Assert.Null(function.Value["Properties"]!["ReservedConcurrentExecutions"]));
    }

    [CdkFact]
    public void A_bucket_that_a_failed_creation_made_is_taken_back_and_any_other_is_kept()
    {
        using var app = new SynthesizedApp(Full);
        var bucket = app.Stacks["BudgetSync-Artifacts"].Resource("Bucket");

        Assert.Equal(("RetainExceptOnCreate", "Retain"), ((string)bucket["DeletionPolicy"]!, (string)bucket["UpdateReplacePolicy"]!));
    }

    [CdkFact]
    public void Organization_events_are_forwarded_by_a_role_that_can_send_to_the_one_bus_and_nothing_else()
    {
        using var app = new SynthesizedApp(new Settings
        {
            ManagementAccountId = "111122223333",
            HomeRegion = "eu-west-1",
            ForwardOrganizationEvents = true,
        });
        var template = app.Stacks["BudgetSync-OrganizationEvents"];
        const string bus = "arn:${AWS::Partition}:events:eu-west-1:111122223333:event-bus/default";

        Assert.Equal(
            [
                new PolicyStatementText(
                    "Role/SendOrganizationEvents",
                    "Allow",
                    "",
                    "events:PutEvents",
                    bus,
                    ""),
            ],
            PolicyStatementText.All(template).Where(statement => statement.Action != "sts:AssumeRole"));
        var rule = Assert.Single(template.OfType("AWS::Events::Rule")).Value["Properties"]!;
        Assert.Equal((bus, "${Role.Arn}"), (Template.Text(rule["Targets"]![0]!["Arn"]), Template.Text(rule["Targets"]![0]!["RoleArn"])));
        // What the home region's rule waits for is what is sent.
        var waits = app.Stacks["BudgetSync-Management"].OfType("AWS::Events::Rule").Select(other => other.Value["Properties"]!)
            .Single(other => (string)other["Name"]! == "BudgetSync-Enrolment");
        Assert.Equal(waits["EventPattern"]!.ToJsonString(), rule["EventPattern"]!.ToJsonString());
    }

    [CdkFact]
    public void StackSet_gives_the_spoke_template_every_parameter_it_has()
    {
        using var app = new SynthesizedApp(Full);

        var given = app.Stacks["BudgetSync-Rollout"].Properties("SpokeRollout")["Parameters"]!
            .AsArray()
            .Select(parameter => (string)parameter!["ParameterKey"]!);
        Assert.Equal(Template.Committed(PortableTemplates.SpokeFile).Parameters.Order(), given.Order());
    }

    [CdkFact]
    public void Spoke_release_goes_to_the_artifacts_bucket_after_it_exists_and_nothing_else_goes_there()
    {
        using var app = new SynthesizedApp(Full);

        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(app.Out, "manifest.json")))!["artifacts"]!;
        Assert.Contains("BudgetSync-Artifacts", manifest["BudgetSync-SpokeRelease"]!["dependencies"]!.AsArray().Select(name => (string)name!));
        Assert.Contains("BudgetSync-SpokeRelease", manifest["BudgetSync-Rollout"]!["dependencies"]!.AsArray().Select(name => (string)name!));
        Assert.Contains("BudgetSync-Management", manifest["BudgetSync-Rollout"]!["dependencies"]!.AsArray().Select(name => (string)name!));
        Assert.Contains("BudgetSync-Tables", manifest["BudgetSync-Management"]!["dependencies"]!.AsArray().Select(name => (string)name!));
        Assert.All(Destinations(app, "BudgetSync-SpokeRelease"), bucket => Assert.StartsWith("budgetsync-artifacts-", bucket, StringComparison.Ordinal));
        Assert.All(Destinations(app, "BudgetSync-Management"), bucket => Assert.StartsWith("cdk-hnb659fds-assets-", bucket, StringComparison.Ordinal));
    }

    [CdkFact]
    public void Same_source_gives_the_same_code_keys_and_other_source_gives_others()
    {
        using var first = new SynthesizedApp(new Settings());
        using var second = new SynthesizedApp(new Settings());

        Assert.Equal(CodeKey(first, "BudgetSync-Management", "PropagateFunction"), CodeKey(second, "BudgetSync-Management", "PropagateFunction"));
        Assert.NotEqual(CodeKey(first, "BudgetSync-Management", "PropagateFunction"), CodeKey(first, "BudgetSync-Spoke", "ApplyFunction"));
    }

    [CdkFact]
    public void Deployed_stacks_have_the_resources_of_the_portable_templates()
    {
        // What LocalAws tests on the portable templates must be what is deployed.
        using var app = new SynthesizedApp(Full);

        Assert.Equal(Shape(Template.Committed(PortableTemplates.SpokeFile)), Shape(app.Stacks["BudgetSync-Spoke"]));
        Assert.Equal(
            Shape(Template.Committed(PortableTemplates.ManagementFile)).Append("OperationsSubscription AWS::SNS::Subscription").Order(),
            Shape(app.Stacks["BudgetSync-Management"]));
        Assert.Equal(Shape(Template.Committed(PortableTemplates.TablesFile)), Shape(app.Stacks["BudgetSync-Tables"]));
        Assert.Equal(Shape(Template.Committed(PortableTemplates.RolloutFile)), Shape(app.Stacks["BudgetSync-Rollout"]));
    }

    [CdkFact]
    public void Customer_key_encrypts_the_three_tables_the_logs_and_the_topic_and_the_functions_may_use_it_through_DynamoDB_only()
    {
        using var app = new SynthesizedApp(Full);

        var management = app.Stacks["BudgetSync-Management"];
        Assert.Equal(3, app.Stacks["BudgetSync-Tables"].OfType("AWS::DynamoDB::Table").Count());
        Assert.All(
            app.Stacks["BudgetSync-Tables"].OfType("AWS::DynamoDB::Table"),
            table => Assert.Equal(Full.KmsKeyArn, (string)table.Value["Properties"]!["SSESpecification"]!["KMSMasterKeyId"]!));
        Assert.Equal(3, management.OfType("AWS::Logs::LogGroup").Count());
        Assert.All(management.OfType("AWS::Logs::LogGroup"), log => Assert.Equal(Full.KmsKeyArn, (string)log.Value["Properties"]!["KmsKeyId"]!));
        Assert.Equal(Full.KmsKeyArn, (string)management.OfType("AWS::SNS::Topic").Single().Value["Properties"]!["KmsMasterKeyId"]!);
        var uses = PolicyStatementText.All(management).Where(statement => statement.Where.EndsWith("/UseTableKey", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, uses.Count);
        Assert.All(uses, use => Assert.Equal("StringEquals kms:ViaService dynamodb.${AWS::Region}.${AWS::URLSuffix}", use.Condition));
    }

    [CdkFact]
    public void Switched_off_actions_leave_no_trace_of_the_action_role()
    {
        using var app = new SynthesizedApp(new Settings());

        Assert.DoesNotContain(app.Stacks["BudgetSync-Spoke"].Resources, resource => resource.Key.StartsWith("Action", StringComparison.Ordinal));
        Assert.DoesNotContain(
            PolicyStatementText.All(app.Stacks["BudgetSync-Spoke"]),
            statement => statement.Action.Contains("iam:", StringComparison.Ordinal));
    }

    [CfnLintFact]
    public void Cfn_lint_finds_nothing_in_any_template()
    {
        using var least = new SynthesizedApp(new Settings());
        using var full = new SynthesizedApp(Full);

        var said = CfnLint.Run([Path.Combine(RepositoryRoot.Path, "cdk", "templates"), least.Out, full.Out]);

        Assert.Equal("", said);
    }

    private static IEnumerable<string> Shape(Template template) => template.Resources.Select(resource => $"{resource.Key} {resource.Value["Type"]}").Order();

    private static string CodeKey(SynthesizedApp app, string stack, string function) => Template.Text(app.Stacks[stack].Properties(function)["Code"]!["S3Key"]);

    private static IEnumerable<string> Destinations(SynthesizedApp app, string stack)
    {
        var files = JsonNode.Parse(File.ReadAllText(Path.Combine(app.Out, $"{stack}.assets.json")))!["files"]!.AsObject();
        return files.SelectMany(file => file.Value!["destinations"]!.AsObject()).Select(destination => (string)destination.Value!["bucketName"]!);
    }
}
