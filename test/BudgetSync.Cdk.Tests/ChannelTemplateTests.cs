using System.Text.Json.Nodes;
using BudgetSync.Cdk.Channels;

namespace BudgetSync.Cdk.Tests;

/// <summary>What a deployment with channels has beside one without.</summary>
[Collection(nameof(Jsii))]
public sealed class ChannelTemplateTests
{
    internal static readonly Settings Settings = new()
    {
        ManagementAccountId = "111122223333",
        Channels = ChannelsReader.Read(ChannelSettingsTests.OneOfEach).Channels,
    };

    [CdkFact]
    public void Each_provider_has_a_rule_of_its_own_that_hands_the_body_on_and_a_queue_for_what_it_gives_up()
    {
        using var app = new SynthesizedApp(Settings);
        var template = app.Stacks["BudgetSync-Management"];
        var rules = template.OfType("AWS::Events::Rule").Where(rule => Text(rule, "Name").StartsWith("BudgetSync-Alerts-", StringComparison.Ordinal)).ToList();

        Assert.Equal(
            ["finops", "hook", "itsm", "itsm2", "jira", "pager", "teams", "web"],
            rules.Select(rule => Template.Text(rule.Value["Properties"]!["EventPattern"]!["detail"]!["channel"])).Order());
        foreach (var (_, rule) in rules)
        {
            var target = Assert.Single(rule["Properties"]!["Targets"]!.AsArray())!;
            Assert.Equal("$.detail.body", (string)target["InputPath"]!);
            Assert.Equal("${AlertsUndeliveredQueue.Arn}", Template.Text(target["DeadLetterConfig"]!["Arn"]));
            // All that EventBridge takes (user guide, event retry policy).
            Assert.Equal((86_400, 185), ((int)target["RetryPolicy"]!["MaximumEventAgeInSeconds"]!, (int)target["RetryPolicy"]!["MaximumRetryAttempts"]!));
            Assert.Equal("BudgetSync Notification", Template.Text(rule["Properties"]!["EventPattern"]!["detail-type"]));
        }

        Assert.Contains(template.OfType("AWS::CloudWatch::Alarm"), alarm => Text(alarm, "AlarmName") == "BudgetSync-AlertsUndelivered");
        Assert.Contains("finops,hook,teams", template.Properties("StackSettings")["Value"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [CdkFact]
    public void A_rule_may_call_its_own_destination_and_nothing_else()
    {
        using var app = new SynthesizedApp(Settings);
        var statements = PolicyStatementText.All(app.Stacks["BudgetSync-Management"])
            .Where(statement => statement.Where.StartsWith("Alerts", StringComparison.Ordinal)).ToDictionary(statement => statement.Where);

        foreach (var (name, id) in new[] { ("finops", "Alertsfinops"), ("jira", "Alertsjira") })
        {
            Assert.Equal(
                new PolicyStatementText($"{id}Role/Deliver", "Allow", "", "events:InvokeApiDestination", $"${{{id}Destination.Arn}}", ""),
                statements[$"{id}Role/Deliver"]);
            Assert.Equal(
                $"ArnEquals aws:SourceArn {Rule(name)}; StringEquals aws:SourceAccount ${{AWS::AccountId}}",
                string.Join("; ", statements[$"{id}Role/trust"].Condition.Split("; ").Order()));
        }

        // No service publishes to a channel's topic: Notify does, by its own role.
        var ofMail = statements.Values.Where(statement => statement.Where.StartsWith("Alertsmail", StringComparison.Ordinal));
        Assert.Equal(["Deny"], ofMail.Select(statement => statement.Effect));
        Assert.Equal(
            ["AlertsUndeliveredPolicy/DenyPlainText", "AlertsUndeliveredPolicy/UndeliverableEvents"],
            statements.Keys.Where(where => where.StartsWith("AlertsUndelivered", StringComparison.Ordinal)).Order());
        Assert.DoesNotContain(statements.Values, statement => statement.Effect == "Allow" && statement.Resource.Contains('*', StringComparison.Ordinal));

        static string Rule(string channel) =>
            $"arn:${{AWS::Partition}}:events:${{AWS::Region}}:${{AWS::AccountId}}:rule/BudgetSync/BudgetSync-Alerts-{channel}";
    }

    [CdkFact]
    public void A_template_has_references_to_secrets_and_sends_each_where_its_provider_reads_it()
    {
        using var app = new SynthesizedApp(Settings);
        var template = app.Stacks["BudgetSync-Management"];

        Assert.Equal(
            "Bearer {{resolve:secretsmanager:budgetsync/slack:SecretString:token}}",
            (string)Parameters("finops")["ApiKeyAuthParameters"]!["ApiKeyValue"]!);
        var sig = Parameters("teams")["InvocationHttpParameters"]!["QueryStringParameters"]![0]!;
        Assert.Equal(("sig", true, "{{resolve:secretsmanager:t:SecretString:sig}}"), Parameter(sig));
        var key = Parameters("pager")["InvocationHttpParameters"]!["BodyParameters"]![0]!;
        Assert.Equal(("routing_key", true, "{{resolve:secretsmanager:budgetsync/pager:SecretString:routingKey}}"), Parameter(key));
        Assert.Equal("{{resolve:secretsmanager:jira:SecretString:password}}", (string)Parameters("jira")["BasicAuthParameters"]!["Password"]!);
        // A token is given for the grant that RFC 6749, 4.4.2, demands in the form (ServiceNow documentation, "OAuth 2.0 client credentials"), and by no other.
        Assert.Equal(
            """
            {"AuthorizationEndpoint":"https://a.service-now.com/oauth_token.do","ClientParameters":{"ClientID":
            "{{resolve:secretsmanager:itsm:SecretString:username}}","ClientSecret":"{{resolve:secretsmanager:itsm:SecretString:password}}"},"HttpMethod":"POST",
            "OAuthHttpParameters":{"BodyParameters":[{"IsValueSecret":false,"Key":"grant_type","Value":"client_credentials"}]}}
            """.ReplaceLineEndings(""),
            Parameters("itsm2")["OAuthParameters"]!.ToJsonString());
        Assert.Equal(
            "{{resolve:secretsmanager:arn:aws:secretsmanager:us-east-1:111122223333:secret:slack-AbCdEf:SecretString:url}}",
            (string)template.Properties("AlertshookDestination")["InvocationEndpoint"]!);

        var told = (string)template.Properties("AlertsSettings")["Value"]!;
        Assert.Equal("/BudgetSync/Channels", (string)template.Properties("AlertsSettings")["Name"]!);
        Assert.Equal(
            """{"name":"finops","kind":"Slack","perHour":40,"conversation":"C0123456789","endpoint":"https://slack.com/api/chat.postMessag"""
                + """e","secret":"budgetsync/slack"}""",
            JsonNode.Parse(told)![0]!.ToJsonString());

        JsonNode Parameters(string channel) => template.Properties($"Alerts{channel}Connection")["AuthParameters"]!;

        static (string, bool, string) Parameter(JsonNode node) => ((string)node["Key"]!, (bool)node["IsValueSecret"]!, (string)node["Value"]!);
    }

    [CdkFact]
    public void A_version_of_a_secret_is_named_in_its_references_so_that_a_new_one_changes_the_connection()
    {
        const string version = "a1b2c3d4-0000-4000-8000-0000000000aa";
        var channels =
            ChannelsReader.Read(
                $$"""[{ "name": "web", "kind": "Webhook", "endpoint": "https://a.example.com/", "secret": "w", "secretVersion": "{{version}}" }]""");
        using var app = new SynthesizedApp(Settings with { Channels = channels.Channels });

        var auth = app.Stacks["BudgetSync-Management"].Properties("AlertswebConnection")["AuthParameters"]!;

        Assert.Equal($"{{{{resolve:secretsmanager:w:SecretString:authorization::{version}}}}}", (string)auth["ApiKeyAuthParameters"]!["ApiKeyValue"]!);
    }

    [CdkFact]
    public void Notify_reads_what_is_writes_what_was_told_and_may_nothing_else()
    {
        using var app = new SynthesizedApp(Settings);
        var template = app.Stacks["BudgetSync-Management"];
        const string topic = "arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:BudgetSync-";
        const string table = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/BudgetSync-";

        Assert.Equal(
            [
                Allow("CountMessages", "dynamodb:UpdateItem", table + "Ledger") with
                {
                    Condition = "ForAllValues:StringLike dynamodb:LeadingKeys channel#*, anomalies; Null dynamodb:LeadingKeys false",
                },
                Allow("KeepLedger", "dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query", table + "Ledger"),
                Allow("ParkAlerts", "sqs:SendMessage", "${AlertsUndeliveredQueue.Arn}"),
                Allow("ParkFailures", "sqs:SendMessage", "${UndeliverableQueue.Arn}"),
                // For the digest that one of the channels has.
                Allow("ReadHistory", "dynamodb:Query", table + "History"),
                Allow("ReadRows", "dynamodb:BatchGetItem, dynamodb:Scan", table + "Budgets"),
                Allow("ReadStatus", "dynamodb:GetItem, dynamodb:Scan", table + "Status"),
                Allow("SendMessages", "events:PutEvents", "${ReportingBus.Arn}") with { Condition = OwnEventTests.Only("BudgetSync Notification") },
                Allow("TellTopics", "sns:Publish", $"{topic}Operations, {topic}Channel-mail, {topic}Channel-sms, {topic}Channel-chat"),
                Allow("WriteOwnLog", "logs:CreateLogStream, logs:PutLogEvents", "${NotifyLog.Arn}"),
            ],
            PolicyStatementText.All(template).Where(statement => statement.Where.StartsWith("NotifyRole/", StringComparison.Ordinal)
                && !statement.Where.EndsWith("trust", StringComparison.Ordinal)).OrderBy(statement => statement.Where, StringComparer.Ordinal));
        var environment = template.Properties("NotifyFunction")["Environment"]!["Variables"]!;
        Assert.Equal(11, JsonNode.Parse((string)environment["BUDGETSYNC_CHANNEL_SETTINGS"]!)!.AsArray().Count);
        Assert.DoesNotContain("secret", environment.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        // Who is killed has lost its claim on messages before another may take them over (PendingClaims.ClaimLasts: five minutes).
        Assert.InRange((int)template.Properties("NotifyFunction")["Timeout"]!, 60, 299);
        Assert.Contains(template.OfType("AWS::CloudWatch::Alarm"), alarm => Text(alarm, "AlarmName") == "BudgetSync-NotifyErrors");

        static PolicyStatementText Allow(string name, string action, string resource) => new($"NotifyRole/{name}", "Allow", "", action, resource, "");
    }

    [CdkFact]
    public void Notify_asks_Cost_Explorer_only_where_it_is_on_and_then_within_the_bound_that_is_set()
    {
        using var with = new SynthesizedApp(Settings with { CostExplorer = true, DriverRequestsPerDay = 7 });
        using var without = new SynthesizedApp(Settings);
        var (on, off) = (with.Stacks["BudgetSync-Management"], without.Stacks["BudgetSync-Management"]);

        Assert.Equal("7", (string?)on.Properties("NotifyFunction")["Environment"]!["Variables"]!["BUDGETSYNC_DRIVER_REQUESTS_PER_DAY"]);
        var more = PolicyStatementText.All(on).Except(PolicyStatementText.All(off)).Select(statement => (statement.Where, statement.Action));
        Assert.Equal([("NotifyRole/AskCosts", "ce:GetCostAndUsage"), ("NotifyRole/CountCostRequests", "dynamodb:UpdateItem")], more.Order());
        Assert.DoesNotContain("DRIVER", off.Properties("NotifyFunction").ToJsonString(), StringComparison.Ordinal);
    }

    [CdkFact]
    public void Anomalies_add_a_monitor_a_subscription_and_rules_by_our_bus_to_Notify_and_nothing_where_they_are_off()
    {
        using var with = new SynthesizedApp(Settings with { Anomalies = true, AnomalyAmount = 75, AnomalyPercent = 30 });
        using var without = new SynthesizedApp(Settings);
        using var named = new SynthesizedApp(Settings with { Anomalies = true, AnomalyMonitorArn = "arn:aws:ce::111122223333:anomalymonitor/a" });
        var (on, off) = (with.Stacks["BudgetSync-Management"], without.Stacks["BudgetSync-Management"]);

        Assert.Equal(
            [
                "AWS::CE::AnomalyMonitor", "AWS::CE::AnomalySubscription", "AWS::Events::Rule", "AWS::Events::Rule", "AWS::IAM::Role",
                "AWS::Lambda::Permission", "AWS::SNS::Topic", "AWS::SNS::TopicPolicy",
            ],
            on.Resources.ExceptBy(off.Resources.Select(resource => resource.Key), resource => resource.Key)
                .Select(resource => (string)resource.Value["Type"]!).Order(StringComparer.Ordinal));
        var subscription = Assert.Single(on.OfType("AWS::CE::AnomalySubscription")).Value["Properties"]!;
        Assert.Equal("IMMEDIATE", (string?)subscription["Frequency"]);
        Assert.Equal(
            ["75", "30"],
            JsonNode.Parse((string)subscription["ThresholdExpression"]!)!["And"]!.AsArray().Select(part => (string?)part!["Dimensions"]!["Values"]![0]));
        Assert.Equal("true", (string?)on.Properties("NotifyFunction")["Environment"]!["Variables"]!["BUDGETSYNC_ANOMALIES"]);
        Assert.DoesNotContain("ANOMALIES", off.Properties("NotifyFunction").ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(named.Stacks["BudgetSync-Management"].OfType("AWS::CE::AnomalyMonitor"));
        // What EventBridge cannot hand over lies in the queue, which takes it from these rules too.
        Assert.Contains("AnomaliesCostAnomaliesRule", on.Properties("UndeliverablePolicy").ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("AnomaliesForward", on.Properties("UndeliverablePolicy").ToJsonString(), StringComparison.Ordinal);
        OnlyOurBus(on);
    }

    /// <summary>spend-and-response.md, F15: from the default bus to our bus, and from there to Notify.</summary>
    private static void OnlyOurBus(Template template)
    {
        var forward = Assert.Single(
            template.OfType("AWS::Events::Rule"), rule => (string?)rule.Value["Properties"]!["Name"] == "BudgetSync-AnomaliesFound").Value["Properties"]!;
        var told = Assert.Single(
            template.OfType("AWS::Events::Rule"), rule => (string?)rule.Value["Properties"]!["Name"] == "BudgetSync-CostAnomalies").Value["Properties"]!;
        Assert.Null(forward["EventBusName"]);
        Assert.NotNull(told["EventBusName"]);
        var target = Assert.Single(forward["Targets"]!.AsArray())!;
        Assert.Equal("${ReportingBus.Arn}", Template.Text(target["Arn"]));
        Assert.NotNull(target["DeadLetterConfig"]);
        Assert.Equal(["${AWS::AccountId}"], told["EventPattern"]!["account"]!.AsArray().Select(Template.Text));
        var role = Assert.Single(template.OfType("AWS::IAM::Role"), one => one.Key.StartsWith("AnomaliesForwardRole", StringComparison.Ordinal));
        Assert.Equal("${" + role.Key + ".Arn}", Template.Text(target["RoleArn"]));
        var statement = Assert.Single(Assert.Single(role.Value["Properties"]!["Policies"]!.AsArray())!["PolicyDocument"]!["Statement"]!.AsArray())!;
        Assert.Equal(("events:PutEvents", "${ReportingBus.Arn}"), ((string?)statement["Action"], Template.Text(statement["Resource"])));
    }

    [CdkFact]
    public void Notify_is_called_by_events_about_money_and_every_hour()
    {
        using var app = new SynthesizedApp(Settings);
        var template = app.Stacks["BudgetSync-Management"];
        var rules = template.OfType("AWS::Events::Rule")
            .Select(rule => rule.Value["Properties"]!)
            .Where(rule => Template.Text(rule["Targets"]![0]!["Arn"]) == "${NotifyFunction.Arn}");

        Assert.Equal(
            [
                "BudgetSync Spend State Changed, BudgetSync Threshold Crossed, BudgetSync Threshold Cleared, BudgetSync Spend Running Out",
                "rate(1 hour)",
            ],
            rules.Select(rule => rule["ScheduleExpression"] is { } schedule ? Template.Text(schedule) : Template.Text(rule["EventPattern"]!["detail-type"]))
                .Order());
        var ledger = app.Stacks["BudgetSync-Tables"].Properties("TablesLedger");
        Assert.Equal("AccountId, Entry", string.Join(", ", ledger["KeySchema"]!.AsArray().Select(key => (string)key!["AttributeName"]!)));
        Assert.Equal("ExpiresAt", (string)ledger["TimeToLiveSpecification"]!["AttributeName"]!);
    }

    /// <summary>
    /// CloudFormation makes in parallel what does not refer to each other (user guide, "DependsOn attribute"), and a connection takes longer than a function:
    /// an event for a channel that has no rule yet is taken by the bus and lost.
    /// </summary>
    [CdkFact]
    public void Notify_knows_a_channel_only_once_its_rule_or_topic_is_there()
    {
        using var app = new SynthesizedApp(Settings);
        var template = app.Stacks["BudgetSync-Management"];
        var before = template.Resource("NotifyFunction")["DependsOn"]!.AsArray().Select(one => (string)one!).ToHashSet(StringComparer.Ordinal);

        var ways = template.OfType("AWS::Events::Rule").Where(rule => Text(rule, "Name").StartsWith("BudgetSync-Alerts-", StringComparison.Ordinal))
            .Concat(template.OfType("AWS::SNS::Topic").Where(topic => Text(topic, "TopicName").StartsWith("BudgetSync-Channel-", StringComparison.Ordinal)))
            .Select(resource => resource.Key)
            .ToList();
        Assert.Equal(Settings.Channels!.Value.Length, ways.Count);
        Assert.Empty(ways.Except(before));
    }

    [CdkFact]
    public void Without_channels_a_template_is_what_it_was()
    {
        using var off = new SynthesizedApp(Settings with { Channels = null });
        using var empty = new SynthesizedApp(Settings with { Channels = [] });

        Assert.Empty(off.Stacks["BudgetSync-Management"].Resources.Where(resource => resource.Key.StartsWith("Alerts", StringComparison.Ordinal)));
        Assert.DoesNotContain(off.Stacks["BudgetSync-Management"].Resources, resource => resource.Key.StartsWith("Notify", StringComparison.Ordinal));
        Assert.DoesNotContain("TablesLedger", off.Stacks["BudgetSync-Tables"].Resources.Select(resource => resource.Key));
        Assert.Empty(empty.Stacks["BudgetSync-Management"].OfType("AWS::Events::Connection"));
        Assert.DoesNotContain(
            empty.Stacks["BudgetSync-Management"].OfType("AWS::Events::Rule"),
            rule => Text(rule, "Name").StartsWith("BudgetSync-Alerts-", StringComparison.Ordinal));
    }

    /// <summary>SNS developer guide, "Managing Amazon SNS encryption keys and costs": a publisher needs kms:GenerateDataKey and kms:Decrypt.</summary>
    [CdkFact]
    public void With_a_key_of_ones_own_topics_are_encrypted_and_Notify_may_use_the_key_through_SNS()
    {
        const string key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        using var app = new SynthesizedApp(Settings with { KmsKeyArn = key });
        var template = app.Stacks["BudgetSync-Management"];

        Assert.Equal(key, (string?)template.Properties("AlertsmailTopic")["KmsMasterKeyId"]);
        Assert.Equal(
            new PolicyStatementText(
                "NotifyRole/UseTopicKey",
                "Allow",
                "",
                "kms:Decrypt, kms:GenerateDataKey",
                key,
                "StringEquals kms:ViaService sns.${AWS::Region}.${AWS::URLSuffix}"),
            PolicyStatementText.All(template).Single(statement => statement.Where == "NotifyRole/UseTopicKey"));
    }

    private static string Text(KeyValuePair<string, JsonObject> resource, string property) => Template.Text(resource.Value["Properties"]![property]);
}
