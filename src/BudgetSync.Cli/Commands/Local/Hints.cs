using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Core;
using BudgetSync.LocalAws;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>Commands to paste into another terminal, with this run's own port and accounts. Short lines: a folded one does not paste.</summary>
internal static class Hints
{
    public static string For(LocalCloud cloud, IReadOnlyList<RowEntry> rows)
    {
        var account = rows.Select(row => row.Image.Key).FirstOrDefault(key => AccountId.TryParse(key, out _)) ?? "111111111101";
        var management = cloud.Options.ManagementAccountId;
        return $$$"""
            Listening on {{{cloud.Address?.ToString().TrimEnd('/')}}}. Ctrl+C ends it. In another terminal:

              export AWS_ENDPOINT_URL={{{cloud.Address?.ToString().TrimEnd('/')}}} AWS_REGION={{{cloud.Options.Region}}}
              export AWS_ACCESS_KEY_ID={{{management}}} AWS_SECRET_ACCESS_KEY=local   # a key of 12 digits is that account

              # edit a row
              aws dynamodb update-item --table-name {{{LocalOrganization.BudgetsTable}}} \
                --key '{"AccountId":{"S":"{{{account}}}"}}' \
                --update-expression 'SET BudgetValue = :v' \
                --expression-attribute-values '{":v":{"N":"1500.50"}}'

              # where every account stands; also drift, plan FILE, reconcile
              dotnet run --project src/BudgetSync.Cli -- status --local {{{cloud.Address?.Port}}}

              # read the budget in the account itself
              AWS_ACCESS_KEY_ID={{{account}}} aws budgets describe-budgets --account-id {{{account}}}

            """;
    }
}
