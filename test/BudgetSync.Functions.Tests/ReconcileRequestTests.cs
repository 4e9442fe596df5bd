using System.Text;
using BudgetSync.Management;

namespace BudgetSync.Functions.Tests;

public sealed class ReconcileRequestTests
{
    // CreateAccountResult and MoveAccount as the AWS Organizations User Guide, "Logging with CloudTrail", prints them; AccountJoinedOrganization names
    // the account in a member whose exact name AWS has not documented.
    [Theory]
    [InlineData(
        """{"source":"aws.organizations","detail":{"eventName":"CreateAccountResult","serviceEventDetails":{"createAccountStatus":{"id":"car-"""
            + """1","state":"SUCCEEDED","accountId":"111122223333"}}}}""")]
    [InlineData(
        """{"source":"aws.organizations","detail":{"eventName":"MoveAccount","requestParameters":{"accountId":"111122223333","sourceParentId":"r-ab1"""
            + """2","destinationParentId":"ou-ab12-11111111"}}}""")]
    [InlineData(
        """{"source":"aws.organizations","detail":{"eventName":"AccountJoinedOrganization","serviceEventDetails":{"joinedMethod":"Invite"""
            + """d","managementAccountId":"999999999999","accountId":"111122223333"}}}""")]
    [InlineData(
        """{"source":"aws.organizations","detail":{"eventName":"AcceptHandshake","responseElements":{"handshake":{"parties":[{"id":"o-ab1"""
            + """2","type":"ORGANIZATION"},{"id":"111122223333","type":"ACCOUNT"}]}}}}""")]
    public void An_event_of_the_organization_asks_for_its_own_account_now(string json)
    {
        var request = ReconcileRequest.Parse(Encoding.UTF8.GetBytes(json));

        Assert.Equal("111122223333", Assert.Single(request.Accounts).Value);
        Assert.True(request.Force);
    }

    [Theory]
    [InlineData(
        """{"source":"aws.organizations","detail":{"eventName":"CreateAccountResult","serviceEventDetails":{"createAccountStatus":{"state":"FAILED"}}}}""")]
    [InlineData("""{"source":"aws.events","detail-type":"Scheduled Event","detail":{}}""")]
    [InlineData("""{"source":"someone.else","detail":{"requestParameters":{"accountId":"111122223333"}}}""")]
    public void An_event_that_names_no_account_asks_for_all_that_are_due(string json)
    {
        var request = ReconcileRequest.Parse(Encoding.UTF8.GetBytes(json));

        Assert.Empty(request.Accounts);
        Assert.False(request.Force);
    }
}
