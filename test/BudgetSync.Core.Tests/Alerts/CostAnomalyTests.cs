using System.Text.Json;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Alerts.Formats;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Tests.Alerts;

public sealed class CostAnomalyTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    /// <summary>As the user guide shows the event, with a monitor of linked accounts; it comes from the account that pays for all.</summary>
    private const string Event = """
        {
          "version": "0", "source": "aws.ce", "detail-type": "Anomaly Detected", "account": "999999999999", "region": "us-east-1",
          "detail": {
            "accountId": "999999999999", "accountName": "payer", "anomalyId": "newAnomalyId", "anomalyStartDate": "2026-11-10T00:00:00Z",
            "anomalyEndDate": "2026-11-11T00:00:00Z", "dimensionValue": "111122223333",
            "impact": { "maxImpact": 200.5, "totalActualSpend": 600, "totalExpectedSpend": 187.7, "totalImpact": 412.3, "totalImpactPercentage": 219.66 },
            "rootCauses": [{ "service": "Amazon EC2", "region": "us-east-1", "usageType": "BoxUsage", "linkedAccount": "111122223333" }],
            "monitorArn": "arn:aws:ce::999999999999:anomalymonitor/a", "anomalyDetailsLink": "https://example.com"
          }
        }
        """;

    [Fact]
    public void An_event_is_of_the_account_whose_costs_are_unusual_and_not_of_the_one_that_pays()
    {
        var anomaly = Read(Event)!;

        Assert.Equal(
            new CostAnomaly("newAnomalyId", "111122223333", 412.3m, 219.66m, "Amazon EC2, us-east-1, BoxUsage", "2026-11-10", Noon),
            anomaly);
        Assert.Equal("10 November", Read(Event.Replace("2026-11-10T00:00:00Z", "10 November", StringComparison.Ordinal))!.Since);
        Assert.Equal("111122223333", Read(Event.Replace("dimensionValue\": \"111122223333\"", "dimensionValue\": \"EC2\"", StringComparison.Ordinal))!.Account);
    }

    /// <summary>The value of a tag or of a cost category is a person's, and may be written as another's account.</summary>
    [Theory]
    [InlineData("222222222222", """[{ "linkedAccount": "111122223333" }]""", "111122223333")]
    [InlineData("222222222222", """[{ "service": "Amazon EC2" }, { "linkedAccount": "111122223333" }]""", "111122223333")]
    [InlineData("222222222222", """[{ "linkedAccount": "111122223333" }, { "linkedAccount": "222222222222" }]""", "222222222222")]
    [InlineData("222222222222", """[{ "service": "Amazon EC2" }]""", "222222222222")]
    [InlineData("222222222222", "[]", "222222222222")]
    [InlineData("team-a", """[{ "linkedAccount": "team-b" }, { "linkedAccount": "111122223333" }]""", "111122223333")]
    [InlineData("team-a", "[]", null)]
    public void The_account_is_what_a_cause_names_where_the_dimension_names_another(string dimension, string causes, string? account) => Assert.Equal(
        account,
        Read($$$"""
            {"source":"aws.ce","detail":{"anomalyId":"a","dimensionValue":"{{{dimension}}}","impact":{"totalImpact":1},"rootCauses":{{{causes}}} } }
            """)?.Account);

    [Fact]
    public void Its_alert_has_a_key_of_its_own_and_says_how_much_and_what()
    {
        var alert = Read(Event)!.ToAlert(null, "ask the owner", Noon);

        Assert.Equal("111122223333//newAnomalyId/Anomaly", alert.DedupKey);
        Assert.Equal(
            "Costs of 111122223333 are unusual since 2026-11-10: 412.30 USD more than expected (219.7 %), mostly Amazon EC2, us-east-1, BoxUsage.",
            alert.Text);
        Assert.Equal((AlertSeverity.Warning, "ask the owner"), (alert.Severity, alert.Note));
        foreach (var kind in Enum.GetValues<ChannelKind>().Where(kind => kind is not (ChannelKind.Email or ChannelKind.Sms)))
            Assert.Empty(AlertFormatTests.Refused(kind, AlertFormat.Body(alert, SampleAlerts.Channel(kind))));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"source":"aws.ce"}""")]
    [InlineData("""{"source":"aws.ce","detail":{"anomalyId":"a","dimensionValue":"111122223333"}}""")]
    [InlineData("""{"source":"aws.ce","detail":{"anomalyId":"a","dimensionValue":"EC2","impact":{"totalImpact":1},"rootCauses":[7]}}""")]
    [InlineData("""{"source":"budgetsync","detail":{"anomalyId":"a","dimensionValue":"111122223333","impact":{"totalImpact":1}}}""")]
    public void What_is_no_anomaly_of_an_account_is_none(string json) => Assert.Null(Read(json));

    [Fact]
    public void It_goes_on_for_a_week_after_AWS_last_told_of_it()
    {
        var anomaly = Read(Event)!;

        Assert.True(anomaly.IsOpenAt(Noon.AddDays(7).AddSeconds(-1)));
        Assert.False(anomaly.IsOpenAt(Noon.AddDays(7)));
    }

    private static CostAnomaly? Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return CostAnomaly.Read(document.RootElement, Noon);
    }
}
