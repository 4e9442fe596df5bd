using BudgetSync.Aws.Settings;
using BudgetSync.Aws.Spokes;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Spend;

namespace BudgetSync.Management;

/// <summary>Which of the three functions this process is.</summary>
internal enum FunctionName
{
    Propagate,
    Reconcile,
    Collect,
}

/// <summary>
/// The settings of the management functions, read from the environment (src/README.md lists the variables). Null where a function has no use for one.
/// </summary>
internal sealed record ManagementSettings(
    FunctionName Function,
    string StatusTable,
    string? BudgetsTable,
    SpokeRole? Role,
    string? ParameterName,
    StackDefaults? Defaults,
    string? DeadLetterQueueUrl,
    string? EventBusName,
    SpendBounds SpendBounds)
{
    /// <exception cref="InvalidOperationException">Something is missing or wrong; all of it is named.</exception>
    public static ManagementSettings Read(IReadOnlyDictionary<string, string> environment)
    {
        var reader = new EnvironmentReader(environment);
        var word = reader.Required("BUDGETSYNC_FUNCTION", "Propagate");
        if (!Enum.TryParse<FunctionName>(word, out var function) || !Enum.IsDefined(function))
        {
            if (word.Length > 0) reader.Add([$"BUDGETSYNC_FUNCTION: \"{word}\" is none of {string.Join(", ", Enum.GetNames<FunctionName>())}"]);
        }

        var statusTable = reader.Required("BUDGETSYNC_STATUS_TABLE", "BudgetSync-Status");
        var management = reader.RequiredAccount("BUDGETSYNC_MANAGEMENT_ACCOUNT_ID");
        ManagementSettings settings;
        if (function == FunctionName.Collect)
        {
            settings = new ManagementSettings(
                function,
                statusTable,
                null,
                null,
                null,
                null,
                null,
                reader.Required("BUDGETSYNC_EVENT_BUS_NAME", "BudgetSync"),
                Bounds(reader));
        }
        else
        {
            var partition = reader.Required("BUDGETSYNC_PARTITION", "aws");
            var defaults = new StackDefaults(
                reader.Required("BUDGETSYNC_DEFAULT_BUDGET_NAME", "SpokeAccountBudget"),
                reader.List("BUDGETSYNC_EMAIL_RECIPIENT"),
                partition,
                management)
            {
                BudgetValue = reader.OptionalNumber("BUDGETSYNC_DEFAULT_BUDGET_VALUE"),
            };
            settings = new ManagementSettings(
                function,
                statusTable,
                reader.Required("BUDGETSYNC_BUDGETS_TABLE", "BudgetSync-Budgets"),
                new SpokeRole(
                    partition,
                    reader.Required("BUDGETSYNC_SPOKE_ROLE_NAME", "BudgetSyncSpokeRole"),
                    reader.Required("BUDGETSYNC_EXTERNAL_ID", "BudgetSync")),
                reader.Required("BUDGETSYNC_PARAMETER_NAME", "/BudgetSync/Budgets"),
                defaults,
                function == FunctionName.Reconcile
                    ? reader.Required("BUDGETSYNC_DEAD_LETTER_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/999999999999/BudgetSync-PropagateDeadLetters")
                    : null,
                null,
                SpendBounds.Default);
            if (defaults.BudgetName.Length > 0) reader.Add(defaults.Problems());
        }

        reader.ThrowIfWrong();
        return settings;
    }

    private static SpendBounds Bounds(EnvironmentReader reader)
    {
        var (bounds, problems) = SpendBounds.Parse(reader.Optional("BUDGETSYNC_SPEND_BOUNDS") ?? "");
        reader.Add(problems.Select(problem => $"BUDGETSYNC_SPEND_BOUNDS: {problem}"));
        return bounds;
    }
}
