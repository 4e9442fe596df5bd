using BudgetSync.LocalAws;

namespace BudgetSync.Cli.Stack;

/// <summary>The secrets that the channels of cdk/samples/kinds.json name. Made up: what they open is on this machine.</summary>
internal static class LocalSecrets
{
    private static readonly (string Name, string Json)[] All =
    [
        ("budgetsync/slack", """{"token":"xoxb-local"}"""),
        ("budgetsync/slack-webhook", """{"url":"https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX"}"""),
        ("budgetsync/teams", """{"sig":"local"}"""),
        ("budgetsync/pagerduty", """{"routingKey":"local"}"""),
        ("budgetsync/servicenow", """{"username":"local","password":"local"}"""),
        ("budgetsync/servicenow-client", """{"username":"local","password":"local"}"""),
        ("budgetsync/jira", """{"username":"local@example.com","password":"local"}"""),
        ("budgetsync/webhook", """{"authorization":"Bearer local"}"""),
    ];

    public static void PutInto(LocalCloud cloud)
    {
        foreach (var (name, json) in All) cloud.Secrets.PutSecret(cloud.Options.ManagementAccountId, name, json);
    }
}
