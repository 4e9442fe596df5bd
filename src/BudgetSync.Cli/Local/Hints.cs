using BudgetSync.Cli.Rows;
using BudgetSync.Core;
using BudgetSync.LocalAws;

namespace BudgetSync.Cli.Local;

/// <summary>Commands to paste into another terminal, with this run's own port and accounts.</summary>
internal static class Hints
{
    public static string For(LocalCloud cloud, IReadOnlyList<RowEntry> rows)
    {
        var account = rows.Select(row => row.Image.Key).FirstOrDefault(key => AccountId.TryParse(key, out _)) ?? "111111111101";
        return $$$"""
            Listening on {{{cloud.Address?.ToString().TrimEnd('/')}}}. Ctrl+C ends it. In another terminal:

              export AWS_ENDPOINT_URL={{{cloud.Address?.ToString().TrimEnd('/')}}} AWS_DEFAULT_REGION={{{cloud.Options.Region}}} AWS_SECRET_ACCESS_KEY=local

              # edit a row (the management account is {{{cloud.Options.ManagementAccountId}}})
              AWS_ACCESS_KEY_ID={{{cloud.Options.ManagementAccountId}}} aws dynamodb update-item --table-name {{{LocalOrganization.BudgetsTable}}} --key '{"AccountId":{"S":"{{{account}}}"}}' --update-expression 'SET BudgetValue = :v' --expression-attribute-values '{":v":{"N":"1500.50"}}'

              # read the budget in the account itself
              AWS_ACCESS_KEY_ID={{{account}}} aws budgets describe-budgets --account-id {{{account}}}

              # read what is known of every account
              AWS_ACCESS_KEY_ID={{{cloud.Options.ManagementAccountId}}} aws dynamodb scan --table-name {{{LocalOrganization.StatusTable}}}
            """;
    }
}
