using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Core.Tests.Rows;

/// <summary>What a refusal tells people to write is what they meant, or nothing.</summary>
public sealed class AdviceTests
{
    [Theory]
    [InlineData("notification", "did you mean Thresholds?")]
    [InlineData("NotificationsWithSubscribers", "did you mean Thresholds?")]
    [InlineData("BudgetLimit", "did you mean BudgetValue?")]
    [InlineData("limit_amount", "did you mean BudgetValue?")]
    [InlineData("Amount", "did you mean BudgetValue?")]
    [InlineData("Limit", "did you mean BudgetValue?")]
    [InlineData("Currency", "did you mean Unit?")]
    [InlineData("Email", "did you mean EmailRecipients?")]
    [InlineData("Subscribers", "did you mean EmailRecipients?")]
    [InlineData("Name", "did you mean BudgetName?")]
    [InlineData("Period", "did you mean TimeUnit?")]
    [InlineData("time_period", "did you mean TimePeriod?")]
    [InlineData("Tags", "did you mean ResourceTags?")]
    [InlineData("BillingView", "did you mean BillingViewArn?")]
    [InlineData("time_period_start", "write it as Start of TimePeriod")]
    [InlineData("time_period_end", "write it as End of TimePeriod")]
    [InlineData("NotificationType", "it stands inside of an entry of Thresholds")]
    [InlineData("comparison_operator", "it stands inside of an entry of Thresholds")]
    [InlineData("SubscriptionType", "who is in EmailRecipients gets e-mails")]
    [InlineData("Address", "write an e-mail address in EmailRecipients, a topic in SnsTopicArn")]
    [InlineData("CalculatedSpend", "AWS tells it and takes it from no one, so remove it")]
    [InlineData("LastUpdatedTime", "AWS tells it and takes it from no one, so remove it")]
    [InlineData("HistoricalOptions", "it stands inside of AutoAdjustData")]
    public void AWSs_and_Terraforms_words_lead_to_ours(string name, string advice) => Assert.Contains(
        advice,
        Assert.Single(Given.Reasons($$"""{"BudgetValue":1,"{{name}}":"x"}""")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("12345678901", "write 012345678901 if that is it")]
    [InlineData("123456789", "write 000123456789 if that is it")]
    [InlineData("12345", "it has 5 digits, an account id has 12; write a 12-digit account id")]
    [InlineData("1.11122E+11", "a spreadsheet wrote the account id as a rounded number")]
    [InlineData("sandbox", "is no scope; write a 12-digit account id")]
    public void What_a_spreadsheet_did_to_an_account_id_is_said(string key, string advice) => Assert.Contains(
        advice,
        Assert.Single(RowCheck.Problems(Given.Row($$"""{"AccountId":"{{key}}","BudgetValue":1}"""), Given.Defaults)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Thresholds", "80;90", "write 80, 90")]
    [InlineData("Thresholds", "0.8", "write 80 if it is a spreadsheet's 80 %, or \"0.8 PERCENTAGE\" if it is meant")]
    [InlineData("EmailRecipients", "a@x.io;b@x.io", "write a@x.io, b@x.io")]
    [InlineData("EmailRecipients", "mailto:bob@example.com", "write bob@example.com")]
    [InlineData("EmailRecipients", "Bob <bob@example.com>", "write bob@example.com")]
    [InlineData("BudgetValue", "(500)", "is not a number; write one number, in digits with a decimal point, for example 1500.50")]
    [InlineData("BudgetValue", "80;90", "is not a number; write one number, in digits with a decimal point, for example 1500.50")]
    [InlineData("BudgetValue", "€1500", "write 1500, and the currency in Unit")]
    [InlineData("BudgetValue", "$1,500", "write 1500")]
    [InlineData("BudgetValue", "1.500", "write 1.5 or 1500")]
    [InlineData("BudgetValue", "12.345", "write 12.35 or 12345")]
    [InlineData("EmailRecipients", "a b@example.com", "write name@example.com")]
    [InlineData("BudgetValue", "1.23457E+05", "write all digits of the amount, 123457 if it is just that")]
    [InlineData("Thresholds", "80,5", "write 80.5, or \"80, 5\" with a blank behind the comma")]
    [InlineData("BudgetValue", "1,500", "write 1500 or 1.5")]
    [InlineData("BudgetValue", "EUR1500", "write 1500, and EUR in Unit")]
    [InlineData("BudgetValue", "1500 EUR", "write 1500, and EUR in Unit")]
    [InlineData("BudgetValue", "1.500,50 €", "write 1500.5, and the currency in Unit")]
    [InlineData("BudgetValue", "CA$ 12,50", "write 12.5, and the currency in Unit")]
    [InlineData("BudgetValue", "1500,-", "write 1500")]
    [InlineData("BudgetValue", "1 500 000", "write 1500000")]
    [InlineData("BudgetValue", "1'500.50", "write 1500.5")]
    [InlineData("BudgetValue", "100-200", "write digits with a decimal point, for example 1500.50")]
    [InlineData("BudgetValue", "2 x 500", "write digits with a decimal point, for example 1500.50")]
    [InlineData("BudgetValue", "10k", "write digits with a decimal point, for example 1500.50")]
    [InlineData("BudgetValue", "10 Tsd", "write digits with a decimal point, for example 1500.50")]
    [InlineData("BudgetValue", "10 TSD", "write digits with a decimal point, for example 1500.50")]
    [InlineData("BudgetValue", "1.5M", "write digits with a decimal point, for example 1500.50")]
    [InlineData("BudgetValue", "500-", "write digits with a decimal point, for example 1500.50")]
    [InlineData("BudgetValue", "-5,5", "write digits with a decimal point, for example 1500.50")]
    [InlineData("BudgetValue", "1,2,3", "write digits with a decimal point, for example 1500.50")]
    [InlineData("BudgetValue", "12 34", "write digits with a decimal point, for example 1500.50")]
    [InlineData("BudgetValue", "0.001", "so write 0.01")]
    [InlineData("Thresholds", "80-90", "write digits with a decimal point, for example 1500.50")]
    [InlineData("Thresholds", "80/90", "write digits with a decimal point, for example 1500.50")]
    public void The_advice_is_what_the_person_meant(string name, string value, string advice)
    {
        var others = name == "BudgetValue" ? "" : "\"BudgetValue\":1,";
        Assert.EndsWith(advice, Assert.Single(Given.Reasons($$"""{ {{others}} "{{name}}":"{{value}}"}""")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""["0,8"]""", "write 80, or \"0.8 PERCENTAGE\" if less than one percent is meant")]
    [InlineData("""["12,5"]""", "write 12.5")]
    public void A_threshold_in_a_list_is_advised_as_a_percent(string thresholds, string advice) =>
        Assert.EndsWith(advice, Assert.Single(Given.Reasons($$"""{"BudgetValue":1,"Thresholds":{{thresholds}}}""")), StringComparison.Ordinal);

    [Fact]
    public void What_a_threshold_in_an_object_is_advised_to_be_is_taken()
    {
        Assert.EndsWith("write 0.8", Assert.Single(Given.Reasons("""{"BudgetValue":1,"Thresholds":[{"Threshold":"0,8"}]}""")), StringComparison.Ordinal);
        Assert.Single(Assert.Single(Given.Desired("""{"BudgetValue":1,"Thresholds":[{"Threshold":0.8}]}""").Budgets.Budgets).Notifications);
    }

    // Without its filter a budget counts everything.
    [Theory]
    [InlineData("""Dimensions":{"Key":"SERVICE","Values":["a"]}""", "write Dimensions inside of FilterExpression")]
    [InlineData("""And":[]""", "write And inside of FilterExpression")]
    [InlineData("""Linked Account":"111122223333""", "write LinkedAccount inside of CostFilters")]
    [InlineData("""linked_account":"111122223333""", "write LinkedAccount inside of CostFilters")]
    [InlineData("""RecordType":"Tax""", "as the dimension RECORD_TYPE")]
    [InlineData("""Tags":{"Key":"Team","Values":["a"]}""", "in CostFilters by TagKeyValue, or in FilterExpression by Tags")]
    [InlineData("""CostFilters":{"Service":[]}""", "write at least one")]
    [InlineData("""FilterExpression":{"Dimension":{"Key":"SERVICE","Values":["a"]}}""", "choose from And, CostCategories, Dimensions, Not, Or, Tags")]
    public void Nobody_is_told_to_remove_what_says_what_a_budget_counts(string attribute, string advice)
    {
        var reasons = Given.Reasons("{\"BudgetValue\":1,\"" + attribute + (attribute.EndsWith(']') || attribute.EndsWith('}') ? "}" : "\"}"));

        Assert.Contains(reasons, reason => reason.Contains(advice, StringComparison.Ordinal));
        Assert.DoesNotContain(reasons, reason => reason.Contains("remove", StringComparison.Ordinal));
    }

    [Fact]
    public void A_currency_that_no_account_is_billed_in_is_refused_with_the_setting_that_allows_it() => Assert.Equal(
        "Unit: \"AUD\" is no currency of the stack, which has USD; write that, or add AUD to the setting currencies if the account is billed in it (AWS "
            + "takes no other)",
        Assert.Single(RowCheck.Problems(Given.Row("""{"BudgetValue":1,"Unit":"AUD"}"""), Given.Defaults with { Currencies = ["USD"] })));

    [Fact]
    public void The_first_currency_of_the_stack_is_that_of_a_row_that_gives_none()
    {
        var european = Given.Defaults with { Currencies = ["EUR", "USD"] };
        var resolution = Assert.IsType<Resolution.Desired>(Resolver.Resolve(Given.Account, [Given.Row("""{"BudgetValue":1}""")], european));

        Assert.Equal(new BudgetAmount.Fixed(new SpendAmount(1, "EUR")), Assert.Single(resolution.Budgets.Budgets).Settings.Amount);
        Assert.Equal(
            resolution.Budgets,
            Assert.IsType<ParsedDocument.Read>(ParameterDocument.Parse(resolution.Parameter.Document, Given.Account, Given.Defaults)).Budgets);
    }

    [Fact]
    public void A_setting_that_is_no_currency_is_a_problem_of_the_settings() =>
        Assert.Equal(
            ["Currencies: \"euro\" is no currency code; write for example USD"],
            (Given.Defaults with { Currencies = ["euro"] }).Problems().AsEnumerable());

    [Fact]
    public void A_threshold_below_one_percent_survives_the_parameter_document()
    {
        var desired = Given.Desired("""{"BudgetValue":1,"Thresholds":"0.8 PERCENTAGE"}""");

        Assert.Equal(
            desired.Budgets,
            Assert.IsType<ParsedDocument.Read>(ParameterDocument.Parse(desired.Parameter.Document, Given.Account, Given.Defaults)).Budgets);
    }

    [Fact]
    public void An_action_without_a_role_has_the_one_of_the_spokes_stack() => Assert.Equal(
        "arn:aws:iam::111122223333:role/BudgetSyncActionRole",
        Assert.Single(Assert.Single(Given.Desired(
            """
            {"BudgetValue":1,"Actions":[{"NotificationType":"ACTUAL","ApprovalModel":"MANUAL","ActionType":"RUN_SSM_DOCUMENTS",
            "ActionThreshold":{"ActionThresholdValue":100,"ActionThresholdType":"PERCENTAGE"},
            "Definition":{"SsmActionDefinition":{"ActionSubType":"STOP_EC2_INSTANCES","Region":"eu-west-1","InstanceIds":["i-0123abcd"]}}}]}
            """).Budgets.Budgets).Actions).ExecutionRoleArn);
}
