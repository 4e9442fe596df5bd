namespace BudgetSync.Core.Tests.Rows;

/// <summary>Both sides of the edge of every rule.</summary>
public static class RuleCases
{
    private const string Role = "arn:aws:iam::{AccountId}:role/BudgetSyncActionRole";

    private const string Management = "999999999999";

    private const string Usage = """ "BudgetType":"USAGE","Unit":"GB","CostFilters":{"UsageType":["DataTransfer-Out-Bytes"]} """;

    private const string Saving = """ "BudgetType":"SAVINGS_PLANS_COVERAGE" """;

    private const string Instances = """ {"SsmActionDefinition":{"ActionSubType":"STOP_EC2_INSTANCES","Region":"eu-west-1","InstanceIds":["i-0123abcd"]}} """;

    private const string Policy = """ {"ScpActionDefinition":{"PolicyId":"p-examplepolicy","TargetIds":["ou-ab12-11111111"]}} """;

    public static TheoryData<RuleCase> All { get; } =
    [
        // The row itself.
        Row("ScopeKey", """{"AccountId":"111122223333","BudgetValue":1}""", """{"AccountId":"11112222333","BudgetValue":1}"""),
        Row("ScopeKey", """{"AccountId":"111122223333","BudgetValue":1}""", """{"AccountId":"","BudgetValue":1}"""),
        Rows("ScopeKey", ["""{"BudgetValue":1}""", """{"AccountId":"ou-ab12-11111111"}"""], ["""{"BudgetValue":1}""", """{"AccountId":"ou-ab1-11111111"}"""]),
        Rows("OwnAccount", ["""{"BudgetValue":1}"""], ["""{"AccountId":"222233334444","BudgetValue":1}"""]),
        Row("KnownName", """{"BudgetValue":1,"x-Treshold":80}""", """{"BudgetValue":1,"Treshold":80}"""),
        Row("KnownName", """{"BudgetValue":1,"Unit":"USD"}""", """{"BudgetValue":1,"unit":"USD"}"""),
        Row("KnownName", """{"Budgets":[{"BudgetValue":1,"x-a":1}]}""", """{"Budgets":[{"BudgetValue":1,"a":1}]}"""),
        Row("KnownName", """{"Enabled":true,"Budgets":[{"BudgetValue":1}]}""", """{"Budgets":[{"BudgetValue":1,"Enabled":true}]}"""),
        Row(
            "KnownName",
            """{"BudgetValue":1,"FilterExpression":{"Tags":{"Key":"a","Values":["b"]}}}""",
            """{"BudgetValue":1,"FilterExpression":{"Tag":{"Key":"a","Values":["b"]},"Tags":{"Key":"a","Values":["b"]}}}"""),
        Row("KnownName", """{"BudgetValue":1,"CostTypes":{"IncludeTax":false}}""", """{"BudgetValue":1,"CostTypes":{"IncludeTaxes":false}}"""),
        Row("Required", """{"BudgetValue":1,"Thresholds":[{"Threshold":1}]}""", """{"BudgetValue":1,"Thresholds":[{"ThresholdType":"PERCENTAGE"}]}"""),
        Row("Required", Action(Instances), Action(Instances).Replace(""" "ApprovalModel":"MANUAL", """, "", StringComparison.Ordinal)),
        Row("Type", """{"BudgetValue":1,"BudgetName":"1"}""", """{"BudgetValue":1,"BudgetName":1}"""),
        Row("Type", """{"BudgetValue":1,"Enabled":"TRUE"}""", """{"BudgetValue":1,"Enabled":"yes"}"""),
        Row("Type", """{"BudgetValue":1,"SnsTopicArn":null}""", """{"BudgetValue":1,"Thresholds":null}"""),
        Row("Type", """{"Budgets":[{"BudgetValue":1}]}""", """{"Budgets":[1,{"BudgetValue":1}]}"""),
        Row("NotBlank", """{"BudgetValue":1,"BudgetName":"a"}""", """{"BudgetValue":1,"BudgetName":" "}"""),
        Row("NotBlank", """{"BudgetValue":1,"Thresholds":"80,"}""", """{"BudgetValue":1,"Thresholds":","}"""),
        Row("WellFormed", Name("\\ud83d\\ude00"), Name("\\ud83d")),
        Row("Word", """{"BudgetValue":1,"TimeUnit":"QUARTERLY"}""", """{"BudgetValue":1,"TimeUnit":"quarterly"}"""),
        Row("Word", """{"BudgetValue":1,"Thresholds":"100 FORECASTED"}""", """{"BudgetValue":1,"Thresholds":"100 FORECAST"}"""),
        Row("Word", """{"BudgetValue":1,"OnDelete":"RETAIN"}""", """{"BudgetValue":1,"OnDelete":"KEEP"}"""),
        Row("Number", """{"BudgetValue":"12.5"}""", """{"BudgetValue":"12,5"}"""),
        Row("Number", """{"BudgetValue":1e3}""", """{"BudgetValue":1e999}"""),
        Row("Number", """{"BudgetValue":1,"Thresholds":["80"]}""", """{"BudgetValue":1,"Thresholds":["eighty"]}"""),
        Row("Number", $$"""{{{Usage}},"BudgetValue":1.000000000100000000000000000}""", $$"""{{{Usage}},"BudgetValue":1.00000000010000000000000000001}"""),
        Row("WholeNumber", Historical("2"), Historical("2.5")),
        Row("Instant", """{"BudgetValue":1,"TimePeriod":{"Start":"2026-02-28"}}""", """{"BudgetValue":1,"TimePeriod":{"Start":"2026-02-29"}}"""),
        Row("Instant", Planned(12), Planned(12).Replace("2026-01", "2026-13", StringComparison.Ordinal)),
        Row("BudgetsAlone", """{"Note":1,"Budgets":[{"BudgetValue":1}]}""", """{"Unit":"USD","Budgets":[{"BudgetValue":1}]}"""),
        Row("BudgetsNotEmpty", """{"Budgets":[{"BudgetValue":1}]}""", """{"Budgets":[]}"""),
        Row("NamesUnique", """{"Budgets":[{"BudgetValue":1},{"BudgetValue":1,"BudgetName":"b"}]}""", """{"Budgets":[{"BudgetValue":1},{"BudgetValue":1}]}"""),
        Row("DocumentSize", Notes(7900), Notes(8200)),
        Document("DocumentSize", "1" + new string(' ', 8191), "1" + new string(' ', 8192)),
        Document("DocumentVersion", """{"BudgetValue":1,"Version":1}""", """{"BudgetValue":1,"Version":2}"""),
        Document("ReleasedAlone", """{"Released":true,"Version":1}""", """{"Released":false}"""),
        Document("ReleasedAlone", """{"Released":true}""", """{"Released":true,"Budgets":[]}"""),
        Document("RowOnly", """{"BudgetValue":1}""", """{"BudgetValue":1,"Enabled":true}"""),
        Document("BudgetsAlone", """{"Budgets":[]}""", """{"Budgets":[],"Unit":"USD"}"""),
        Document("Type", """{"BudgetValue":1}""", """{"BudgetValue":1"""),

        // The budget.
        Row("NameLength", Name(new string('n', 100)), Name(new string('n', 101))),
        Row("NameCharacters", Name("a/b action"), Name("a:b")),
        Row("NameCharacters", Name("a/actions/b"), Name("a/action/b")),
        Row("NameCharacters", Name("a b"), Name("a\\tb")),
        Row("UnitOfCost", """{"BudgetValue":1,"Unit":"EUR"}""", """{"BudgetValue":1,"Unit":"EURO"}"""),
        Row("UnitOfCost", """{"BudgetValue":1,"Unit":"USD"}""", """{"BudgetValue":1,"Unit":"usd"}"""),
        Row("CurrencyOfStack", """{"BudgetValue":1,"Unit":"EUR"}""", """{"BudgetValue":1,"Unit":"AUD"}"""),
        Row("UnitOfUsage", $$"""{"BudgetValue":1,{{Usage}}}""", """{"BudgetValue":1,"BudgetType":"USAGE","CostFilters":{"UsageType":["a"]}}"""),
        Row("UnitOfUtilization", $$"""{{{Saving}},"Unit":"PERCENTAGE"}""", $$"""{{{Saving}},"Unit":"USD"}"""),
        Row("UnitLength", Usages("Unit", new string('u', 100)), Usages("Unit", new string('u', 101))),

        // The amount.
        Row("AmountPresent", """{"BudgetValue":1}""", """{"TimeUnit":"MONTHLY"}"""),
        Rows("AmountPresent", ["{}", """{"AccountId":"default","BudgetValue":1}"""], ["{}", """{"AccountId":"default"}"""]),
        Row("AmountPositive", """{"BudgetValue":0.01}""", """{"BudgetValue":0}"""),
        Row("AmountPositive", """{"BudgetValue":"1"}""", """{"BudgetValue":"-1"}"""),
        Row("AmountAmbiguous", """{"BudgetValue":1.500}""", """{"BudgetValue":"1.500"}"""),
        Row("AmountAmbiguous", """{"BudgetValue":"1.50"}""", """{"BudgetValue":"150.000"}"""),
        Row("AmountAmbiguous", """{"BudgetValue":"0.500"}""", """{"BudgetValue":"9.500"}"""),
        Row("AmountRounded", """{"BudgetValue":1.23E+05}""", """{"BudgetValue":"1.23E+05"}"""),
        Row("AmountMaximum", """{"BudgetValue":15000000000000}""", """{"BudgetValue":15000000000001}"""),
        Row("CostDecimals", """{"BudgetValue":1.250}""", """{"BudgetValue":1.255}"""),
        Row("UsageDecimals", $$"""{"BudgetValue":1.0000000001,{{Usage}}}""", $$"""{"BudgetValue":1.00000000001,{{Usage}}}"""),
        Row("AmountOneWay", Planned(12), Planned(12).Replace("{\"P", "{\"BudgetValue\":1,\"P", StringComparison.Ordinal)),
        Row("AmountOfUtilization", $$"""{{{Saving}},"BudgetValue":100}""", $$"""{{{Saving}},"BudgetValue":99}"""),
        Row("AmountOfUtilization", "{" + Saving + "}", $$$$"""{ {{{{Saving}}}},"AutoAdjustData":{"AutoAdjustType":"FORECAST"}}"""),
        Row("PlannedTimeUnit", Planned(12), Planned(12).Replace("{\"P", "{\"TimeUnit\":\"ANNUALLY\",\"P", StringComparison.Ordinal)),
        Row("PlannedStart", Planned(12), Planned(12).Replace("2026-01\"", "2026-01-02\"", StringComparison.Ordinal)),
        Row("PlannedStart", Quarters("2026-Q1", "2026-Q2", "2026-07", "1790812800"), Quarters("2026-Q1", "2026-Q2", "2026-Q3", "2026-11")),
        Row("PlannedCount", Planned(12), Planned(11)),
        Row("PlannedCount", Planned(12), Planned(13)),
        Row("PlannedCount", Ending(2, "2026-02-15"), Ending(2, "2026-03-02")),
        Row("PlannedCount", Ending(12, "2026-12-02"), Ending(12, "2026-12-01")),
        Row("PlannedGap", Quarters("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"), Quarters("2026-Q1", "2026-Q2", "2026-Q3", "2027-Q1")),
        Row("PlannedGap", Quarters("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"), Quarters("2026-Q1", "2026-01", "2026-Q2", "2026-Q3")),
        Row("PlannedUnit", Planned(12, "USD"), Planned(12, "EUR")),
        Row("HistoricalOptions", Historical("2"), """{"AutoAdjustData":{"AutoAdjustType":"HISTORICAL"}}"""),
        Row(
            "HistoricalOptions",
            """{"AutoAdjustData":{"AutoAdjustType":"FORECAST"}}""",
            """{"AutoAdjustData":{"AutoAdjustType":"FORECAST","HistoricalOptions":{"BudgetAdjustmentPeriod":2}}}"""),
        Row("AdjustmentPeriod", Historical("1"), Historical("0")),
        Row("AdjustmentPeriod", Historical("12"), Historical("13")),
        Row("AdjustmentPeriod", Historical("60", "DAILY"), Historical("61", "DAILY")),
        Row("AdjustmentPeriod", Historical("4", "QUARTERLY"), Historical("5", "QUARTERLY")),
        Row("AdjustmentPeriod", Historical("1", "ANNUALLY"), Historical("2", "ANNUALLY")),
        Row("PeriodOrder", Period("2026-01-01", "2026-01-01T00:00:01Z"), Period("2026-01-01", "2026-01-01")),
        Row("PeriodEnd", Period("2026-01-01", "2087-06-15"), Period("2026-01-01", "2087-06-15T00:00:01Z")),

        // What it counts.
        Row(
            "FilterOneStyle",
            """{"BudgetValue":1,"CostFilters":{"Service":["a"]},"CostTypes":{}}""",
            """{"BudgetValue":1,"CostTypes":{},"Metrics":["UnblendedCost"]}"""),
        Row("CostTypesOfCost", """{"BudgetValue":1,"CostTypes":{"UseAmortized":true}}""", $$$$"""{ {{{{Saving}}}},"CostTypes":{"UseAmortized":true}}"""),
        Row(
            "CostTypesOnePrice",
            """{"BudgetValue":1,"CostTypes":{"UseAmortized":true}}""",
            """{"BudgetValue":1,"CostTypes":{"UseAmortized":true,"UseBlended":true}}"""),
        Row("FilterName", Filters("Service", "a"), Filters("service", "a")),
        Row("FilterName", Filters("TagKeyValue", "user:Project$a"), Filters("user:Project", "a")),
        Row("FilterName", Filters("InstanceType", "a"), Filters("Tenancy", "a")),
        Row(
            "FilterName",
            """{"BudgetType":"RI_COVERAGE","CostFilters":{"Service":"Amazon ElastiCache","Region":"eu-west-1"}}""",
            """{"BudgetType":"RI_COVERAGE","CostFilters":{"Service":"Amazon ElastiCache","CacheEngine":"Redis"}}"""),
        Row("TagFilter", Filters("TagKeyValue", "user:Team$blue"), Filters("TagKeyValue", "Team$blue")),
        Row("TagFilter", Filters("TagKeyValue", "aws:createdBy$"), Filters("TagKeyValue", "user:createdBy")),
        Row("TagFilter", Filters("TagKeyValue", "user:a:b$c"), Filters("TagKeyValue", "user:a:b")),
        Row("CostCategoryFilter", Filters("CostCategory", "Team$Search"), Filters("CostCategory", "Team")),
        Row("ServiceName", Filters("Service", "EC2 - Other"), Filters("Service", "EC2-Other")),
        Row(
            "ServiceName",
            Expression(Dimension("SERVICE", "CONTAINS").Replace("\"v\"", "\"EC2-Other\"", StringComparison.Ordinal)),
            Expression(Dimension("SERVICE", "EQUALS").Replace("\"v\"", "\"EC2-Other\"", StringComparison.Ordinal))),
        Row("LinkedAccountId", Filters("LinkedAccount", "111122223333"), Filters("LinkedAccount", "sandbox"), Management, Management),
        Row("FilterValues", """{"BudgetValue":1,"CostFilters":{"Service":["a"]}}""", """{"BudgetValue":1,"CostFilters":{"Service":[]}}"""),
        Row("FilterValueLength", Filter(1024), Filter(1025)),
        Row("FilterValueLength", Expression(Tag(new string('k', 1024))), Expression(Tag(new string('k', 1025)))),
        Row("LinkedAccountPlace", Filters("LinkedAccount", "111122223333"), Filters("LinkedAccount", "111122223333"), Management, "111122223333"),
        Row(
            "LinkedAccountPlace",
            Expression($$"""{"Not":{{Dimension("LINKED_ACCOUNT_NAME")}}}"""),
            Expression($$"""{"Not":{{Dimension("LINKED_ACCOUNT_NAME")}}}"""),
            Management,
            "111122223333"),
        Row(
            "UsageFilter",
            $$"""{"BudgetValue":1,{{Usage}}}""",
            """{"BudgetValue":1,"BudgetType":"USAGE","Unit":"GB","CostFilters":{"Region":["eu-west-1"]}}"""),
        Row("UsageFilter", Usage2(Dimension("USAGE_TYPE_GROUP")), Usage2(Dimension("REGION"))),
        Row("ReservationFilter", """{"BudgetType":"RI_COVERAGE","CostFilters":{"Service":"Amazon Redshift"}}""", """{"BudgetType":"RI_COVERAGE"}"""),
        Row(
            "ReservationService",
            """{"BudgetType":"RI_COVERAGE","CostFilters":{"Service":"Amazon ElastiCache"}}""",
            """{"BudgetType":"RI_COVERAGE","CostFilters":{"Service":"AWS Lambda"}}"""),
        Row(
            "ReservationService",
            $$"""{"BudgetType":"RI_COVERAGE","FilterExpression":{{Dimension("SERVICE", "EQUALS").Replace(
                "\"v\"",
                "\"Amazon Redshift\"",
                StringComparison.Ordinal)}}}""",
            $$"""{"BudgetType":"RI_COVERAGE","FilterExpression":{{Dimension("SERVICE", "EQUALS")}}}"""),
        Row("ExpressionOneMember", Expression(Tag("a")), Expression($$"""{"Not":{{Tag("a")}},"Or":[{{Tag("a")}},{{Tag("b")}}]}""")),
        Row("ExpressionOneMember", Expression(Tag("a")), Expression("{}")),
        Row("ExpressionOperands", Expression($$"""{"And":[{{Tag("a")}},{{Tag("b")}}]}"""), Expression($$"""{"And":[{{Tag("a")}}]}""")),
        Row("ExpressionDepth", Expression(Nested(2)), Expression(Nested(3))),
        Row(
            "ExpressionDepth",
            Expression($$"""{"And":[{{Tag("a")}},{"Or":[{{Tag("a")}},{{Tag("b")}}]}]}"""),
            Expression($$"""{"And":[{{Tag("a")}},{"Or":[{{Tag("a")}},{"Not":{{Tag("b")}}}]}]}""")),
        Row(
            "AbsentValues",
            Expression("""{"Tags":{"Key":"a","MatchOptions":["ABSENT"]}}"""),
            Expression("""{"Tags":{"Key":"a","Values":["v"],"MatchOptions":["ABSENT"]}}""")),
        Row("AbsentValues", Expression(Dimension("AZ", "EQUALS")), Expression(Dimension("AZ", "ABSENT"))),
        Row("Required", Expression("""{"CostCategories":{"Key":"a","Values":["v"]}}"""), Expression("""{"CostCategories":{"Key":"a"}}""")),
        Row("Required", Expression(Dimension("AZ")), Expression("""{"Dimensions":{"Key":"AZ"}}""")),
        Row(
            "MetricsNeedExpression",
            """{"BudgetValue":1,"Metrics":[]}""",
            """{"BudgetValue":1,"Metrics":["UnblendedCost"]}"""),
        Row("DimensionMatchOptions", Expression(Dimension("SERVICE", "EQUALS")), Expression(Dimension("SERVICE", "EQUALS\",\"CASE_SENSITIVE"))),
        Row("MetricsCount", Metrics("UnblendedCost"), Metrics("UnblendedCost\",\"BlendedCost")),
        Row("MetricOfType", Metrics("AmortizedCost"), Metrics("UsageQuantity")),
        Row(
            "MetricOfType",
            $$"""{{{Saving}},"FilterExpression":{{Dimension("REGION")}},"Metrics":[]}""",
            $$"""{{{Saving}},"FilterExpression":{{Dimension("REGION")}},"Metrics":["UnblendedCost"]}"""),

        // Who is told, and when.
        Row("ThresholdPositive", """{"BudgetValue":1,"Thresholds":["0.1 PERCENTAGE"]}""", """{"BudgetValue":1,"Thresholds":[0]}"""),
        Row("ThresholdFraction", """{"BudgetValue":1,"Thresholds":[1]}""", """{"BudgetValue":1,"Thresholds":[0.99]}"""),
        Row("ThresholdFraction", """{"BudgetValue":1,"Thresholds":"0.8 PERCENTAGE"}""", """{"BudgetValue":1,"Thresholds":"0.8"}"""),
        Row("ThresholdFraction", """{"BudgetValue":1,"Thresholds":"0.8%"}""", """{"BudgetValue":1,"Thresholds":"80, 0.8"}"""),
        Row("ThresholdFraction", """{"BudgetValue":1,"Thresholds":[{"Threshold":0.8}]}""", """{"BudgetValue":1,"Thresholds":0.8}"""),
        Row("ThresholdPositive", """{"BudgetValue":1,"Thresholds":80}""", """{"BudgetValue":1,"Thresholds":-80}"""),
        Row("ThresholdMaximum", """{"BudgetValue":1,"Thresholds":[1000000]}""", """{"BudgetValue":1,"Thresholds":[1000001]}"""),
        Row(
            "ThresholdMaximum",
            """{"BudgetValue":1,"Thresholds":"15000000000000 ABSOLUTE_VALUE"}""",
            """{"BudgetValue":1,"Thresholds":"15000000000001 ABSOLUTE_VALUE"}"""),
        Row("ThresholdMaximum", Action(Instances, value: "1000000"), Action(Instances, value: "1000001")),
        Row("ThresholdDigits", """{"BudgetValue":1,"Thresholds":[1.23456789012345]}""", """{"BudgetValue":1,"Thresholds":[1.234567890123456]}"""),
        Row(
            "ThresholdsDistinct",
            """{"BudgetValue":1,"Thresholds":"80, 80 FORECASTED, 80 ABSOLUTE_VALUE, 80 LESS_THAN"}""",
            """{"BudgetValue":1,"Thresholds":"80, 80.0"}"""),
        Row("ThresholdCount", """{"BudgetValue":1,"Thresholds":"1,2,3,4,5,6,7,8,9,10"}""", """{"BudgetValue":1,"Thresholds":"1,2,3,4,5,6,7,8,9,10,11"}"""),
        Row(
            "ForecastNotDaily",
            """{"BudgetValue":1,"TimeUnit":"DAILY","Thresholds":"80"}""",
            """{"BudgetValue":1,"TimeUnit":"DAILY","Thresholds":"80 FORECASTED"}"""),
        Row("ForecastOfType", $$"""{{{Saving}},"Thresholds":"80"}""", $$"""{{{Saving}},"Thresholds":"80 FORECASTED"}"""),
        Row("OperatorOfUtilization", $$"""{{{Saving}},"Thresholds":"80 LESS_THAN"}""", $$"""{{{Saving}},"Thresholds":"80 GREATER_THAN"}"""),
        Row("EmailForm", Emails("a@b.c"), Emails("a@b")),
        Row("EmailForm", Emails("a@b.c.d"), Emails("a@b.")),
        Row("EmailForm", Emails("a@b.io"), Emails("ab")),
        Row("EmailForm", Emails("a.b+c@example.com"), Emails("a b@example.com")),
        Row("EmailForm", Emails("a@example.com"), Emails("a@example@com")),
        Row("EmailForm", Emails("mailto@example.com"), Emails("mailto:a@example.com")),
        Row("EmailLength", Emails(new string('a', 250) + "@b.c"), Emails(new string('a', 251) + "@b.c")),
        Row("EmailCount", Emails(Addresses(10)), Emails(Addresses(11))),
        Row("EmailCount", Emails("a@b.io", "A@b.io", "a@b.io"), Told($$""" "EmailRecipients":["{{string.Join("\",\"", Addresses(11))}}"] """)),
        Row("Recipient", """{"BudgetValue":1,"EmailRecipients":[],"Thresholds":[]}""", """{"BudgetValue":1,"EmailRecipients":[]}"""),
        Row("Recipient", Told(""" "EmailRecipients":["a@b.io"] """), Told(""" "EmailRecipients":[] """)),
        Row("TopicForm", Topic("arn:aws:sns:us-east-1:{AccountId}:a"), Topic("arn:aws:sns:us-east-1:{AccountId}:a.fifo")),
        Row(
            "TopicForm",
            Topic("arn:aws:sns:us-east-1:{AccountId}:" + new string('t', 256)),
            Topic("arn:aws:sns:us-east-1:{AccountId}:" + new string('t', 257))),
        Row("TopicForm", Topic(""), Topic("a")),
        Row("Partition", Topic("arn:aws:sns:us-east-1:{AccountId}:a"), Topic("arn:aws-cn:sns:cn-north-1:{AccountId}:a")),
        Row("TopicAccount", Topic("arn:aws:sns:us-east-1:111122223333:a"), Topic("arn:aws:sns:us-east-1:222233334444:a")),
        Row(
            "TopicAccount",
            Told(""" "SnsTopicArn":"arn:aws:sns:us-east-1:{AccountId}:a" """),
            Told(""" "SnsTopicArn":"arn:aws:sns:us-east-1:222233334444:a" """)),

        // Actions.
        Row("ActionCount", Actions(20), Actions(101)),
        Row("ActionsDistinct", Actions(2), Actions(1, 1)),
        Row("ActionOfType", $$"""{{{Saving}},"Actions":[]}""", Action(Instances).Replace("{\"BudgetValue\":1", $$"""{{{Saving}}""", StringComparison.Ordinal)),
        Row(
            "ActionNotDaily",
            Action(Instances),
            Action(Instances).Replace("{\"BudgetValue\":1", "{\"BudgetValue\":1,\"TimeUnit\":\"DAILY\"", StringComparison.Ordinal)),
        Row("DefinitionOne", Action(Instances), Action(Instances, type: "APPLY_IAM_POLICY")),
        Row("DefinitionOne", Action(Instances), Action("{}")),
        Row("ActionSubscribers", Action(Instances, subscribers: Subscribers(10, 1)), Action(Instances, subscribers: Subscribers(11, 1))),
        Row("ActionSubscribers", Action(Instances, subscribers: Subscribers(0, 1)), Action(Instances, subscribers: Subscribers(0, 2))),
        Row("ActionSubscribers", Action(Instances, subscribers: Subscribers(1, 0)), Action(Instances, subscribers: "[]")),
        Row("ActionTargets", Iam(Roles(100)), Iam(Roles(101))),
        Row("ActionTargets", Iam(Roles(1)), Iam(Roles(0), """ ,"Users":["u"] """)),
        Row("ActionPrincipal", Iam(""" "Users":["u"] """), Iam(""" "PolicyArn":"arn:aws:iam::aws:policy/AWSDenyAll" """)),
        Row("PrincipalName", Iam(""" "Roles":["path/role"] """), Iam(""" "Roles":["arn:aws:iam::111122223333:role/role"] """)),
        Row("PolicyArn", Iam(Roles(1), policy: "arn:aws:iam::{AccountId}:policy/a/b"), Iam(Roles(1), policy: "arn:aws:iam::aws:role/a")),
        Row("PolicyOfAws", Iam(Roles(1)), Iam(Roles(1), policy: "arn:aws:iam::aws:policy/AdministratorAccess")),
        Row("PolicyOfAws", Iam(Roles(1)), Iam(Roles(1), policy: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess")),
        Row("PolicyAccount", Iam(Roles(1), policy: "arn:aws:iam::{AccountId}:policy/a"), Iam(Roles(1), policy: "arn:aws:iam::222233334444:policy/a")),
        Row("PolicyId", Scp("p-12345678"), Scp("p-1234567"), Management, Management),
        Row("TargetId", Scp(target: "222233334444"), Scp(target: "r-ab12"), Management, Management),
        Row("ScpAccount", Action(Policy, type: "APPLY_SCP_POLICY"), Action(Policy, type: "APPLY_SCP_POLICY"), Management, "111122223333"),
        Row("RegionName", Action(Instances), Action(Instances.Replace("eu-west-1", "Europe", StringComparison.Ordinal))),
        Row(
            "InstanceId",
            Action(Instances.Replace("i-0123abcd", "my-database", StringComparison.Ordinal)),
            Action(Instances.Replace("i-0123abcd", "1-database", StringComparison.Ordinal))),
        Row("RoleArn", Action(Instances, role: Role), Action(Instances, role: "arn:aws:iam::{AccountId}:user/BudgetSyncActionRole")),
        Row("RoleArn", Action(Instances, role: Padded(618)), Action(Instances, role: Padded(619))),
        Row(
            "RoleAccount",
            Action(Instances, role: "arn:aws:iam::111122223333:role/BudgetSyncActionRole"),
            Action(Instances, role: "arn:aws:iam::222233334444:role/BudgetSyncActionRole")),
        .. MoveRuleCases.All,
        .. RestrictionRuleCases.All,
        .. AiRuleCases.All,
    ];

    private static RuleCase Row(string rule, string kept, string broken) => new(rule, [kept], [broken]);

    private static RuleCase Row(string rule, string kept, string broken, string keptIn, string brokenIn) =>
        new(rule, [kept], [broken]) { KeptIn = keptIn, Account = brokenIn };

    private static RuleCase Rows(string rule, string[] kept, string[] broken) => new(rule, kept, broken);

    private static RuleCase Document(string rule, string kept, string broken) => new(rule, [kept], [broken]) { IsDocument = true };

    private static string Name(string name) => $$"""{"BudgetValue":1,"BudgetName":"{{name}}"}""";

    // A filter value of 1,000 letters, eight times, and the rest: the document around them takes about 250 bytes.
    private static string Notes(int letters) =>
        $$$$"""{"BudgetValue":1,"CostFilters":{"Service":[{{{{string.Join(
            ',',
            Enumerable.Range(0, letters / 100).Select(number => $"\"{number:000}{new string('v', 94)}\""))}}}}]}}""";

    private static string Usages(string name, string value) =>
        $$"""{"BudgetValue":1,"BudgetType":"USAGE","CostFilters":{"UsageType":["a"]},"{{name}}":"{{value}}"}""";

    private static string Usage2(string expression) => $$"""{"BudgetValue":1,"BudgetType":"USAGE","Unit":"GB","FilterExpression":{{expression}}}""";

    private static string Historical(string periods, string timeUnit = "MONTHLY") =>
        $$$$"""{"TimeUnit":"{{{{timeUnit}}}}","AutoAdjustData":{"Auto"""
            + $$$$"""AdjustType":"HISTORICAL","HistoricalOptions":{"BudgetAdjustmentPeriod":{{{{periods}}}} }}}""";

    private static string Months(int count, string? unit = null) => string.Join(',', Enumerable.Range(0, count).Select(number =>
        $"\"{2026 + (number / 12)}-{(number % 12) + 1:00}\":" + (unit is null ? "100" : $$"""{"Amount":"100","Unit":"{{unit}}"}""")));

    private static string Planned(int count, string? unit = null) => $$$"""{"PlannedBudgetLimits":{{{{Months(count, unit)}}}}}""";

    private static string Ending(int count, string end) => $$$"""{"TimePeriod":{"End":"{{{end}}}"},"PlannedBudgetLimits":{{{{Months(count)}}}}}""";

    private static string Quarters(params string[] keys) =>
        $$$"""{"TimeUnit":"QUARTERLY","PlannedBudgetLimits":{{{{string.Join(',', keys.Select(key => $"\"{key}\":100"))}}}}}""";

    private static string Period(string start, string end) => $$$"""{"BudgetValue":1,"TimePeriod":{"Start":"{{{start}}}","End":"{{{end}}}"}}""";

    private static string Filter(int length) => $$$"""{"BudgetValue":1,"CostFilters":{"Service":"{{{new string('v', length)}}}"}}""";

    private static string Expression(string expression) => $$"""{"BudgetValue":1,"FilterExpression":{{expression}}}""";

    private static string Tag(string key) => $$$"""{"Tags":{"Key":"{{{key}}}","Values":["v"]}}""";

    private static string Dimension(string key, string? option = null) =>
        $$$"""{"Dimensions":{"Key":"{{{key}}}","Values":["v"]{{{(option is null ? "" : $",\"MatchOptions\":[\"{option}\"]")}}}}}""";

    private static string Nested(int operators) => operators == 0 ? Tag("a") : $$"""{"Not":{{Nested(operators - 1)}}}""";

    private static string Metrics(string metrics) => $$"""{"BudgetValue":1,"FilterExpression":{{Tag("a")}},"Metrics":["{{metrics}}"]}""";

    private static string Filters(string name, string value) => $$$"""{"BudgetValue":1,"CostFilters":{"{{{name}}}":"{{{value}}}"}}""";

    private static string[] Addresses(int count) => [.. Enumerable.Range(0, count).Select(number => $"a{number}@example.com")];

    private static string Emails(params string[] addresses) => $$"""{"BudgetValue":1,"EmailRecipients":["{{string.Join("\",\"", addresses)}}"]}""";

    private static string Told(string recipients) => $$$"""{"BudgetValue":1,"Thresholds":[{"Threshold":80,{{{recipients}}}}]}""";

    private static string Topic(string arn) => $$"""{"BudgetValue":1,"SnsTopicArn":"{{arn}}"}""";

    private static string One(string definition, string type, string value, string role, string? subscribers) =>
        $$$"""{"NotificationType":"ACTUAL", "ApprovalModel":"MANUAL","""
            + $$$""" "ActionType":"{{{type}}}","ActionThreshold":{"ActionTh"""
            + $$$"""resholdValue":{{{value}}},"ActionThresholdType":"PERCEN"""
            + $$$"""TAGE"},"Definition":{{{definition}}},"ExecutionRoleArn":"{{{role}}}" """
            + $$$"""{{{(subscribers is null ? "" : ",\"Subscribers\":" + subscribers)}}}}""";

    private static string Action(string definition, string type = "RUN_SSM_DOCUMENTS", string value = "100", string role = Role, string? subscribers = null) =>
        $$"""{"BudgetValue":1,"Actions":[{{One(definition, type, value, role, subscribers)}}]}""";

    private static string Actions(int count, int same = 0) =>
        $$"""{"BudgetValue":1,"Actions":[{{string.Join(
            ',',
            Enumerable.Range(1, count).Concat(Enumerable.Range(1, same)).Select(number => One(Instances, "RUN_SSM_DOCUMENTS", $"{number}", Role, null)))}}]}""";

    private static string Iam(string members, string more = "", string policy = "arn:aws:iam::aws:policy/AWSDenyAll") =>
        Action(
            $$$"""{"IamActionDefinition":{{{{(members.Contains(
                "PolicyArn",
                StringComparison.Ordinal) ? "" : $"\"PolicyArn\":\"{policy}\",")}}}{{{members}}}{{{more}}}}}""",
            "APPLY_IAM_POLICY");

    private static string Roles(int count) => $$""" "Roles":[{{string.Join(',', Enumerable.Range(0, count).Select(number => $"\"r{number}\""))}}] """;

    // The policy and its target stand in the management account's row, where such an action works.
    private static string Scp(string policy = "p-examplepolicy", string target = "ou-ab12-11111111") =>
        Action($$$"""{"ScpActionDefinition":{"PolicyId":"{{{policy}}}","TargetIds":["{{{target}}}"]}}""", "APPLY_SCP_POLICY");

    private static string Subscribers(int emails, int topics) => "[" + string.Join(',', [
        .. Enumerable.Range(0, emails).Select(number => $$"""{"SubscriptionType":"EMAIL","Address":"a{{number}}@example.com"}"""),
        .. Enumerable.Range(0, topics).Select(number => $$"""{"SubscriptionType":"SNS","Address":"arn:aws:sns:us-east-1:{AccountId}:t{{number}}"}"""),
    ]) + "]";

    private static string Padded(int length)
    {
        const string start = "arn:aws:iam::111122223333:role/";
        return start + new string('r', length - start.Length);
    }
}
