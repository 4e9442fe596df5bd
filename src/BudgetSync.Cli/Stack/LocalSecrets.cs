using BudgetSync.LocalAws;

namespace BudgetSync.Cli.Stack;

/// <summary>The secrets that the channels of cdk/samples/channels.json name. Made up: what they open is on this machine.</summary>
internal static class LocalSecrets
{
    private static readonly (string Name, string Json)[] All =
    [
        ("budgetsync/slack", """{"token":"xoxb-local"}"""),
        ("budgetsync/teams", """{"sig":"local"}"""),
        ("budgetsync/pagerduty", """{"routingKey":"local"}"""),
        ("budgetsync/servicenow", """{"username":"local","password":"local"}"""),
    ];

    public static void PutInto(LocalCloud cloud)
    {
        foreach (var (name, json) in All) cloud.Secrets.PutSecret(cloud.Options.ManagementAccountId, name, json);
    }
}
