using System.Text.Json;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Core.Tests.Rows.Editing;

public sealed class RowCorrectionTests
{
    [Theory]
    [InlineData("""{"AccountId":"222222222201","BudgetValue":"€ 2.000,50"}""", "2000.5", "EUR")]
    [InlineData("""{"AccountId":"222222222201","BudgetValue":"GBP 900"}""", "900", "GBP")]
    [InlineData("""{"AccountId":"222222222201","BudgetValue":"900 EUR","Unit":"EUR"}""", "900", "EUR")]
    [InlineData("""{"AccountId":"222222222201","BudgetValue":"$1500"}""", "1500", null)]
    [InlineData("""{"AccountId":"222222222201","BudgetValue":"1,5"}""", "1.5", null)]
    public void A_currency_goes_to_Unit_and_is_never_dropped(string json, string amount, string? unit)
    {
        var row = Corrected(json);
        Assert.Equal(new RowValue.Number(amount), row.Attributes["BudgetValue"]);
        Assert.Equal(unit is null ? null : new RowValue.Text(unit), row.Attributes.Items.GetValueOrDefault("Unit"));
    }

    [Theory]
    [InlineData("""{"AccountId":"222222222201","BudgetValue":"€ 2.000,50","Unit":"USD"}""")]
    [InlineData("""{"AccountId":"222222222201","BudgetValue":"¥ 900"}""")]
    [InlineData("""{"AccountId":"222222222201","BudgetValue":"1.500"}""")]
    [InlineData("""{"AccountId":"222222222201","BudgetValue":"$1.500"}""")]
    [InlineData("""{"AccountId":"222222222201","BudgetValue":"$1,5"}""")]
    [InlineData("""{"AccountId":"222222222201","BudgetValue":"US$ 1,500"}""")]
    [InlineData("""{"AccountId":"222222222201","BudgetValue":-1.005}""")]
    [InlineData("""{"AccountId":"222222222201","BudgetValue":1.005,"BudgetType":"USAGE","Unit":"GB"}""")]
    [InlineData("""{"AccountId":"222222222201","Thresholds":"80,5"}""")]
    [InlineData("""{"AccountId":"222222222201","Thresholds":"80,5;90"}""")]
    [InlineData("""{"AccountId":"222222222201","Thresholds":"80,5 FORECASTED"}""")]
    [InlineData("""{"AccountId":"222222222201","Thresholds":"0,8"}""")]
    [InlineData("""{"AccountId":"222222222201","Thresholds":"0,8; 0,9"}""")]
    public void What_may_mean_two_things_stays_as_it_is(string json)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Equal(RowJson.ReadRow(document.RootElement)!, Corrected(json));
    }

    [Theory]
    [InlineData("Thresholds", "100 forecast", "100 FORECASTED")]
    [InlineData("Thresholds", "80; 90 Actual;100 forcasted", "80, 90 ACTUAL, 100 FORECASTED")]
    [InlineData("Thresholds", "500 absolute_value greater_than", "500 ABSOLUTE_VALUE GREATER_THAN")]
    [InlineData("Thresholds", "80 soon", "80 soon")]
    [InlineData("TimeUnit", "Quaterly", "QUARTERLY")]
    [InlineData("BudgetType", "cost", "COST")]
    [InlineData("OnDelete", "perhaps", "perhaps")]
    [InlineData("EmailRecipients", "Jane Doe <jane@example.com>; MAILTO:bob@example.com", "jane@example.com, bob@example.com")]
    [InlineData("EmailRecipients", "jane at example", "jane at example")]
    public void What_the_refusal_says_to_write_is_written(string attribute, string before, string after) =>
        Assert.Equal(
            new RowValue.Text(after),
            Corrected($$"""{"AccountId":"222222222201","{{attribute}}":"{{before}}"}""").Attributes[attribute]);

    /// <summary>What a spreadsheet makes of =B2*1.1 in binary (IEEE 754): 110.00000000000001, 1650.5500000000002, 704.2750000000001.</summary>
    [Theory]
    [InlineData("110.00000000000001", "110")]
    [InlineData("1650.5500000000002", "1650.55")]
    [InlineData("704.27500000000009", "704.28")]
    [InlineData("1500.001", "1500")]
    [InlineData("0.001", "0.01")]
    [InlineData("\"1650.5500000000002\"", "1650.55")]
    [InlineData("\"$1,500\"", "1500")]
    [InlineData("\"$1,234,567.50\"", "1234567.5")]
    public void An_amount_that_is_refused_becomes_the_one_that_the_refusal_says(string written, string amount)
    {
        var json = $$"""{"AccountId":"222222222201","BudgetValue":{{written}}}""";
        Assert.EndsWith($"write {amount}", Assert.Single(Given.Reasons($$"""{"BudgetValue":{{written}}}""")), StringComparison.Ordinal);
        using var document = JsonDocument.Parse(json);
        var (row, corrections) = RowCorrection.Of(RowJson.ReadRow(document.RootElement)!);
        Assert.Equal(new RowValue.Number(amount), row.Attributes["BudgetValue"]);
        Assert.Equal(new Correction("BudgetValue", written.Trim('"'), amount), Assert.Single(corrections));
        Assert.Empty(RowCorrection.Of(row).Corrections);
    }

    private static RowImage Corrected(string json)
    {
        using var document = JsonDocument.Parse(json);
        return RowCorrection.Of(RowJson.ReadRow(document.RootElement)!).Row;
    }
}
