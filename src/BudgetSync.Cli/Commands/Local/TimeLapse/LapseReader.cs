using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.LocalAws;

namespace BudgetSync.Cli.Commands.Local.TimeLapse;

/// <summary>Puts together what a time lapse shows: amounts as AWS Budgets answers them in each account, states as the hub knows them.</summary>
internal sealed class LapseReader(LocalCloud cloud, AccountReader accounts, StatusTable status, bool withActions, ShownResponses? responses)
{
    public async Task<IReadOnlyList<LapseRow>> ReadAsync(CancellationToken cancellation)
    {
        // One message of an alert goes to each address; the moment tells which belong together.
        var alerts = cloud.Budgets.Outbox
            .GroupBy(email => (email.AccountId, email.BudgetName))
            .ToDictionary(budget => budget.Key, budget => budget.Select(email => (email.At, email.Body)).Distinct().Count());
        var rows = new List<LapseRow>();
        foreach (var known in (await status.ScanAsync(cancellation)).Where(row => AccountId.TryParse(row.Key, out _)).OrderBy(row => row.Key, Order))
        {
            var states = known.Budgets.ToDictionary(budget => budget.Name, budget => budget.SpendState.ToString(), Order);
            var (_, budgets) = await accounts.ReadAsync(AccountId.Parse(known.Key), cancellation);
            var actions = withActions ? await ShownAction.StatesAsync(cloud.CreateHandler(), known.Key, cloud.Options.Region, cancellation) : null;
            rows.AddRange(budgets.OrderBy(budget => budget.Settings.Name, Order).Select(budget => new LapseRow(
                known.Key,
                budget.Settings.Name,
                RowProgressJson.Limit(budget)?.Amount,
                RowProgressJson.Limit(budget)?.Unit ?? "",
                budget.ActualSpend?.Amount,
                budget.ForecastedSpend?.Amount,
                states.GetValueOrDefault(budget.Settings.Name, ""),
                alerts.GetValueOrDefault((known.Key, budget.Settings.Name)))
            {
                Actions = string.Join(", ", actions?[budget.Settings.Name] ?? []),
                Running = responses?.Running(known.Key) ?? "",
                Response = responses?.State(known.Key) ?? "",
            }));
        }

        return rows;
    }

    private static StringComparer Order => StringComparer.Ordinal;
}
