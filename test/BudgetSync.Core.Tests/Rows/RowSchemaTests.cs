using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Reading;
using BudgetSync.Core.Tests.Generators;
using Json.Schema;

namespace BudgetSync.Core.Tests.Rows;

/// <summary>ROWS.md, the schema and the reader say the same.</summary>
public sealed partial class RowSchemaTests
{
    private const string TableBegins = "kept equal by a test -->\n";
    private const string TableEnds = "<!-- end of attributes -->";

    private static readonly string DocumentPath = Path.Combine(RepositoryRoot.Path, "src/BudgetSync.Core/ROWS.md");

    /// <summary>Judged by a library, which shares no opinion with the generator.</summary>
    private static readonly JsonSchema Schema = JsonSchema.FromText(RowSchema.Generate());

    public static TheoryData<string> Examples { get; } = [.. Fence().Matches(Document()).Select(match => match.Groups["json"].Value)];

    [Fact]
    public void The_table_in_the_document_is_the_readers()
    {
        var document = Document();
        var begin = document.IndexOf(TableBegins, StringComparison.Ordinal) + TableBegins.Length;
        var end = document.IndexOf(TableEnds, StringComparison.Ordinal);
        Assert.InRange(begin, TableBegins.Length, end);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            File.WriteAllText(DocumentPath, document[..begin] + RowTable.Markdown() + document[end..]);
        Assert.Contains($"{TableBegins}{RowTable.Markdown()}{TableEnds}", Document(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_schema_names_the_attributes_the_reader_knows_and_no_other()
    {
        var schema = JsonNode.Parse(RowSchema.Generate())!; // It is an object.
        var ofBudget = BudgetAttributes.All.Select(attribute => attribute.Name);

        Assert.Equal(RowAttributes.All.Select(attribute => attribute.Name).Concat(ofBudget), schema["properties"]!.AsObject().Select(property => property.Key));
        Assert.Equal(ofBudget, schema["$defs"]!["Budget"]!["properties"]!.AsObject().Select(property => property.Key));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_of_the_document_is_taken_by_reader_and_schema(string json)
    {
        var row = Given.Row(json);
        var account = AccountId.TryParse(row.Key, out var own) ? own : Given.Account;

        Assert.Empty(RowCheck.Problems(row, Given.Defaults));
        var resolution = Resolver.Resolve(account, [row], Given.Defaults);
        Assert.True(resolution is Resolution.Desired or Resolution.Disabled, resolution.ToString());
        Assert.True(Accepts(json));
    }

    [Fact]
    public void Every_attribute_and_every_kind_of_budget_has_an_example()
    {
        var examples = string.Join('\n', Examples.Cast<object[]>().Select(row => (string)row[0]));

        Assert.All(RowAttributes.ByName.Keys.Concat(BudgetAttributes.ByName.Keys), name => Assert.Contains($"\"{name}\"", examples, StringComparison.Ordinal));
        Assert.All(
            Enum.GetNames<BudgetType>().Concat(Enum.GetNames<ActionType>()).Concat(Enum.GetNames<AutoAdjustType>()).Concat(Enum.GetNames<TimeUnit>()),
            word => Assert.Contains(word, examples, StringComparison.Ordinal));
    }

    [Fact]
    public void The_schema_takes_every_row_the_reader_takes() => Property.ForAllSeeds(random =>
    {
        var row = RandomRows.Valid(random, Given.Account.Value);

        Assert.True(Accepts(row.ToJsonString()), row.ToJsonString());
        Assert.True(Accepts(RandomRows.Respell(random, row).ToJsonString()), row.ToJsonString());
    });

    [Theory]
    [InlineData("""{"BudgetValue":1}""")]
    [InlineData("""{"AccountId":"11112222333","BudgetValue":1}""")]
    [InlineData("""{"AccountId":"default","Treshold":1}""")]
    [InlineData("""{"AccountId":"default","BudgetValue":0}""")]
    [InlineData("""{"AccountId":"default","TimeUnit":"monthly"}""")]
    [InlineData("""{"AccountId":"default","Thresholds":[{"Treshold":1}]}""")]
    [InlineData("""{"AccountId":"default","BudgetValue":1,"Budgets":[{"BudgetValue":1}]}""")]
    [InlineData("""{"AccountId":"default","Budgets":[]}""")]
    [InlineData("""{"AccountId":"default","Budgets":[{"Enabled":true}]}""")]
    [InlineData("""{"AccountId":"default","FilterExpression":{"And":[{"Tags":{"Key":"a","Values":["b"]}}]}}""")]
    [InlineData("""{"AccountId":"default","CostFilters":{"TagKey":["Project"]}}""")]
    public void The_schema_refuses_what_the_reader_refuses(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);

        Assert.False(Accepts(json));
        Assert.NotEmpty(RowCheck.Problems(RowJson.ReadRow(document.RootElement)!, Given.Defaults)); // An object, so a row.
    }

    private static bool Accepts(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        return Schema.Evaluate(document.RootElement).IsValid;
    }

    private static string Document() => File.ReadAllText(DocumentPath);

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}
