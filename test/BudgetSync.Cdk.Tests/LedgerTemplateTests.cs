namespace BudgetSync.Cdk.Tests;

/// <summary>What keeps the ledger where it stands (issue 14, "point-in-time recovery").</summary>
public sealed class LedgerTemplateTests
{
    [Theory]
    [InlineData("responses/tables.template.json")]
    [InlineData("alerts/tables.template.json")]
    public void The_ledger_can_be_recovered_to_any_moment_forgets_by_its_time_alone_and_outlives_its_stack(string file)
    {
        var (_, table) = Assert.Single(
            Template.Committed(file).OfType("AWS::DynamoDB::Table"), one => (string?)one.Value["Properties"]!["TableName"] == "BudgetSync-Ledger");

        Assert.True((bool)table["Properties"]!["PointInTimeRecoverySpecification"]!["PointInTimeRecoveryEnabled"]!);
        Assert.Equal("ExpiresAt", (string?)table["Properties"]!["TimeToLiveSpecification"]!["AttributeName"]);
        Assert.Equal(("RetainExceptOnCreate", "Retain"), ((string?)table["DeletionPolicy"], (string?)table["UpdateReplacePolicy"]));
    }
}
