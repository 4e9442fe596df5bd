using System.Collections.Immutable;
using BudgetSync.Aws.AccountBudgets;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Spokes;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>Looks into one local account with its own credentials: what its parameter says, and what AWS Budgets answers there.</summary>
internal sealed class AccountReader(HttpMessageHandler cloud, string region, string parameterName, StackDefaults defaults, TimeProvider time)
{
    /// <summary>The parameter's revision and the budgets that are ours; null and none where there is no readable parameter.</summary>
    public async Task<(string? Revision, ImmutableArray<ActualBudget> Budgets)> ReadAsync(AccountId account, CancellationToken cancellation)
    {
        var environment = new Dictionary<string, string>
        {
            ["AWS_REGION"] = region,
            ["AWS_ACCESS_KEY_ID"] = account.Value,
            ["AWS_SECRET_ACCESS_KEY"] = "local"
        };
        using var clients = new AwsClients(environment, cloud);
        var caller = new AwsCaller(time, new Random(0), new JsonLog(null, time));
        var parameter = await ParameterReader.ReadAsync(clients.OwnSystems, parameterName, caller, cancellation);
        if (parameter is null || ParameterDocument.Parse(parameter.Text, account, defaults) is not ParsedDocument.Read(var desired, var revision))
            return (null, []);
        var actual = await new BudgetsReader(clients.Budgets, account, defaults.Partition, caller).ReadAsync(desired, cancellation);
        return (revision, [.. actual.Budgets.Where(budget => budget.Managed)]);
    }
}
