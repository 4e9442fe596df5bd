using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.LocalAws;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>Commands to paste into another terminal, with this run's own port and accounts. Short lines: a folded one does not paste.</summary>
internal static class Hints
{
    /// <param name="accounts">Those that have a row, in the order of the rows; where there is none, the management account is shown.</param>
    public static string For(LocalCloud cloud, IReadOnlyList<AccountId> accounts, bool responds, ConsoleContext terminal)
    {
        var management = cloud.Options.ManagementAccountId;
        var account = accounts.Count > 0 ? accounts[0].Value : management;
        var port = cloud.Address?.Port;
        var local = port == LocalOrganization.DefaultPort ? "" : $" {port}";
        // Both names of the region: the AWS CLI reads AWS_DEFAULT_REGION, the SDKs read AWS_REGION (AWS SDKs and Tools Reference Guide, "AWS Region").
        return $$$"""
            Listening on {{{cloud.Address?.ToString().TrimEnd('/')}}}. Ctrl+C ends it. In another terminal:

              export AWS_ENDPOINT_URL={{{cloud.Address?.ToString().TrimEnd('/')}}}
              export AWS_REGION={{{cloud.Options.Region}}} AWS_DEFAULT_REGION={{{cloud.Options.Region}}}
              export AWS_ACCESS_KEY_ID={{{management}}} AWS_SECRET_ACCESS_KEY=local   # a key of 12 digits is that account

              # edit a row
              aws dynamodb update-item --table-name {{{LocalOrganization.BudgetsTable}}} \
                --key '{"AccountId":{"S":"{{{account}}}"}}' \
                --update-expression 'SET BudgetValue = :v' \
                --expression-attribute-values '{":v":{"N":"1500.50"}}'

              # where every account stands; also drift, plan FILE, reconcile
              {{{terminal.CommandName}}} status --local{{{local}}}{{{(responds ? Responses(terminal, local) : "")}}}

              # the messages that have arrived, in a browser
              {{{cloud.Address}}}_local/inbox

              # read the budget in the account itself
              AWS_ACCESS_KEY_ID={{{account}}} aws budgets describe-budgets --account-id {{{account}}}

            """;
    }

    /// <summary>Where responses are deployed: what a person sees of them and decides.</summary>
    private static string Responses(ConsoleContext terminal, string local) => $$"""


              # what waits for approval, with its account and id; then approve ACCOUNT ID,
              # lift ACCOUNT ID --because TEXT, snooze, stop-all and arm, each with --local{{local}}
              {{terminal.CommandName}} restrictions --local{{local}}

              # what was decided, done and given back
              {{terminal.CommandName}} ledger --local{{local}}
            """;
}
