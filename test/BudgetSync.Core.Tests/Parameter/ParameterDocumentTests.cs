using System.Text;
using System.Text.Json;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Tests.Rows;

namespace BudgetSync.Core.Tests.Parameter;

public sealed class ParameterDocumentTests
{
    [Theory]
    [InlineData("1500")]
    [InlineData(" 1500.00\n")]
    [InlineData("""{"BudgetValue":1500}""")]
    [InlineData("""{ "BudgetValue": "1500", "Thresholds": 90, }""")]
    [InlineData("""{"Version":1,"Budgets":[{"BudgetValue":1500}]}""")]
    public void What_the_owner_of_an_account_types_is_one_budget_with_the_stacks_defaults(string text)
    {
        var read = Assert.IsType<ParsedDocument.Read>(Parse(text));

        var expected = Given.Desired("""{"BudgetValue":1500}""");
        Assert.Equal(expected.Budgets, read.Budgets);
        Assert.Equal(expected.Parameter.Revision, read.Revision);
    }

    [Theory]
    [InlineData("", "document: \"\" is not a number; write digits with a decimal point, for example 1500.50")]
    [InlineData("abc", "document: \"abc\" is not a number; write digits with a decimal point, for example 1500.50")]
    [InlineData("-5", "document: \"-5\" is not above 0; write the limit as a positive number")]
    [InlineData("1.2345", "document: 1.2345 has 4 decimals; a COST budget has at most 2, so write 1.23")]
    [InlineData("1.234", "document: \"1.234\" is 1.234 here and 1234 where a point separates thousands; write 1.23 or 1234")]
    [InlineData("""{"Version":2,"Budgets":[]}""", "Version: 2 is not a version this reads; write 1, or deploy a newer BudgetSync")]
    [InlineData("""{"OnDelete":"RETAIN","BudgetValue":1}""", "OnDelete: belongs in the row of the budgets table, not in the parameter; remove it")]
    [InlineData("{}", "BudgetValue: is missing, and so are PlannedBudgetLimits and AutoAdjustData; write the limit, for example 1500")]
    public void A_text_that_is_no_document_is_malformed_with_its_reason(string text, string reason) =>
        Assert.Equal(reason, Assert.Single(Assert.IsType<ParsedDocument.Malformed>(Parse(text)).Reasons));

    [Theory]
    [InlineData("[1500]")]
    [InlineData("""{"BudgetValue":1500""")]
    [InlineData("""{"BudgetValue":1,"BudgetValue":2}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"Budgets":[{"\udc00":1,"BudgetValue":1}]}""")]
    public void What_is_not_json_is_malformed(string text) => Assert.IsType<ParsedDocument.Malformed>(Parse(text));

    [Fact]
    public void Every_reason_is_given_at_once() =>
        Assert.Equal(3, Assert.IsType<ParsedDocument.Malformed>(Parse("""{"BudgetValue":0,"Treshold":1,"TimeUnit":"WEEKLY"}""")).Reasons.Length);

    [Fact]
    public void No_budgets_at_all_is_a_document_too()
    {
        var text = ParameterDocument.Format(DesiredBudgets.None);

        Assert.Equal("""{"Budgets":[],"Version":1}""", text);
        Assert.Equal(DesiredBudgets.None, Assert.IsType<ParsedDocument.Read>(Parse(text)).Budgets);
    }

    [Fact]
    public void The_revision_is_the_first_16_hex_digits_of_sha_256() =>
        Assert.Equal("9f86d081884c7d65", ParameterDocument.Revision("test"));

    [Fact]
    public void Ten_thresholds_for_ten_people_stay_in_the_standard_tier()
    {
        var people = string.Join(',', Enumerable.Range(0, 10).Select(number => $"firstname.lastname.{number}@subsidiary.example.com"));

        var document =
            Given.Desired($$"""{"BudgetValue":1,"EmailRecipients":"{{people}}","Thresholds":"10,20,30,40,50,60,70,80,90,100 FORECASTED"}""").Parameter.Document;
        Assert.InRange(Encoding.UTF8.GetByteCount(document), 1, 700);
    }

    [Fact]
    public void A_threshold_that_tells_others_says_only_what_differs() =>
        Assert.Contains(
            """ "Thresholds":[80,90,{"EmailRecipients":["cto@example.com"],"Threshold":100},"100 FORECASTED"] """.Trim(),
            Given.Desired(
                """{"BudgetValue":1,"Thresholds":[80,90,{"Threshold":100,"EmailRecipients":["cto@example.com"]},"100 FORECASTED"]}""").Parameter.Document,
            StringComparison.Ordinal);

    [Fact]
    public void Two_open_braces_are_escaped_because_SSM_takes_them_for_a_reference()
    {
        var desired = Given.Desired("""{"BudgetValue":1,"BudgetName":"{{ssm}} {{{"}""");

        Assert.DoesNotContain("{{", desired.Parameter.Document, StringComparison.Ordinal);
        Assert.Equal(desired.Budgets, Assert.IsType<ParsedDocument.Read>(Parse(desired.Parameter.Document)).Budgets);
    }

    [Fact]
    public void The_names_of_every_object_stand_in_ordinal_order()
    {
        const string row = """
            {"BudgetValue":1,"Unit":"EUR","TimeUnit":"ANNUALLY","SnsTopicArn":"arn:aws:sns:us-east-1:{AccountId}:t","TimePeriod":{"Start":"2026-01-01",
            "End":1893456000},
            "CostFilters":{"Service":"b","Region":["z","a"]},"CostTypes":{"UseAmortized":true,"IncludeTax":false},"Adopt":true,"KeepExtraSubscribers":true,
            "Actions":[{"NotificationType":"ACTUAL","ActionType":"RUN_SSM_DOCUMENTS","ActionThreshold":{"ActionThresholdValue":100,
            "ActionThresholdType":"PERCENTAGE"},
            "Definition":{"SsmActionDefinition":{"ActionSubType":"STOP_EC2_INSTANCES","Region":"eu-west-1","InstanceIds":["i-12345678"]}},
            "ExecutionRoleArn":"arn:aws:iam::{AccountId}:role/r","ApprovalModel":"MANUAL","Subscribers":[{"SubscriptionType":"EMAIL","Address":"a@b.io"}]}]}
            """;

        using var document = JsonDocument.Parse(Given.Desired(row).Parameter.Document);
        AssertSorted(document.RootElement);
    }

    [Theory]
    [InlineData("""{"Released":true,"Version":1}""")]
    [InlineData(""" {"Version": 1, "Released": true} """)]
    [InlineData("""{"Released":true}""")]
    public void A_release_is_read_however_it_is_written(string text) =>
        Assert.Equal(new ParsedDocument.Released(ParameterDocument.Revision(ParameterDocument.Released)), Parse(text));

    [Fact]
    public void A_release_is_not_the_document_of_no_budgets() =>
        Assert.NotEqual(ParameterDocument.Released, ParameterDocument.Format(DesiredBudgets.None));

    [Fact]
    public void A_release_that_also_asks_for_budgets_is_malformed() =>
        Assert.Equal(
            [
                "Released: stands beside BudgetValue; a document either says what the budgets should be or leaves them alone, so remove one",
                "Version: 2 is not a version this reads; write 1, or deploy a newer BudgetSync"
            ],
            Assert.IsType<ParsedDocument.Malformed>(Parse("""{"Released":true,"BudgetValue":1,"Version":2}""")).Reasons.AsEnumerable());

    private static void AssertSorted(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                AssertSorted(item);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            var names = element.EnumerateObject().Select(property => property.Name).ToList();
            Assert.Equal(names.Order(StringComparer.Ordinal), names);
            foreach (var property in element.EnumerateObject())
                AssertSorted(property.Value);
        }
    }

    private static ParsedDocument Parse(string text) => ParameterDocument.Parse(text, Given.Account, Given.Defaults);
}
