using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Core.Tests.Rows;

/// <summary>A response that can never begin, or never be carried out, is no reason to reject its row, and is said.</summary>
public sealed class ResponseWarningsTests
{
    private static readonly DateOnly Today = new(2026, 11, 30);

    private static readonly DeployedResponses Nothing = new(StopRegions: false, ControlPolicies: false, DenyLists: false);

    [Theory]
    [InlineData(
        """{"At":"120","Do":"DENY_NEW","Budget":"nosuch","Mode":"ARMED"}""",
        "Budget: \"nosuch\" is the name of no budget of money that these rows make, so DENY_NEW at 120 never begins; write team-a, or leave it out to mean "
            + "each budget of money")]
    [InlineData(
        """{"At":"120","Do":"DENY_NEW","Budget":"hours"}""",
        "Budget: \"hours\" is the name of no budget of money that these rows make, so DENY_NEW at 120 never begins; write team-a, or leave it out to mean "
            + "each budget of money")]
    [InlineData(
        """{"At":"Over","Do":"NOTIFY","Until":"2026-11-29"}""",
        "Until: 2026-11-29 is over, so NOTIFY at Over never begins; write a later day, PERIOD or MANUAL")]
    [InlineData(
        """{"At":"Over","Do":"QUARANTINE"}""",
        "Do: QUARANTINE at Over can be watched and not carried out, because the management stack was deployed without controlPolicies; deploy it with "
            + "controlPolicies=true")]
    [InlineData(
        """{"At":"Over","Do":"DENY_AI","Binding":true}""",
        "Do: DENY_AI at Over can be watched and not carried out, because the management stack was deployed without controlPolicies; deploy it with "
            + "controlPolicies=true, or take Binding from the row: then the account's spoke does it")]
    [InlineData(
        """{"At":"Over","Do":"STOP_ALL"}""",
        "Do: STOP_ALL at Over can be watched and not carried out, because the management stack was deployed without stopRegions; deploy it, and the spokes, "
            + "with stopRegions=us-east-1,… (the regions to stop in)")]
    [InlineData(
        """{"At":"Over","Do":"DENY_APIS","Policy":"critical"}""",
        "Do: DENY_APIS critical at Over can be watched and not carried out, because the management stack was deployed without denyLists; deploy it, and the "
            + "spokes, with a list of that name in denyLists")]
    public void What_never_comes_of_a_response_is_said_with_the_way_out(string response, string warning) =>
        Assert.Equal([$"Responses[0].{warning}"], Of(response, Nothing));

    [Theory]
    [InlineData("""{"At":"120","Do":"DENY_NEW","Budget":"team-a","Until":"2026-11-30"}""")]
    [InlineData("""{"At":"Over","Do":"QUARANTINE","Until":"MANUAL"}""")]
    [InlineData("""{"At":"Over","Do":"STOP_TAGGED","Tag":"a=b"}""")]
    [InlineData("""{"At":"Over","Do":"DENY_APIS","Policy":"critical"}""")]
    public void Nothing_is_said_where_the_deployment_has_what_it_needs_or_is_not_known(string response)
    {
        Assert.Empty(Of(response, new DeployedResponses(StopRegions: true, ControlPolicies: true, DenyLists: true)));
        Assert.Empty(Of(response, null));
    }

    private static IEnumerable<string> Of(string response, DeployedResponses? deployed)
    {
        var row = Given.Row(
            $$"""
            { "Budgets": [{ "BudgetName": "team-a", "BudgetValue": 9 }, { "BudgetName": "hours", "BudgetType": "USAGE", "BudgetValue": 9, "Unit": "Hrs" }],
              "Responses": [{{response}}] }
            """);
        var defaults = Given.Defaults with { Responses = deployed };
        return ResponseWarnings.Of(row, RowResponses.BudgetNames([row], defaults), defaults, Today);
    }
}
