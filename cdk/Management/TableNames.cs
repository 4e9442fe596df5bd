using Amazon.CDK;

namespace BudgetSync.Cdk.Management;

/// <summary>The tables as the management stack refers to them: by their fixed names, and the stream by what the tables' stack exports.</summary>
internal static class TableNames
{
    public static string BudgetsName => Names.BudgetsTable;

    public static string BudgetsArn => Names.LocalArn("dynamodb", $"table/{Names.BudgetsTable}");

    public static string BudgetsStreamArn => Fn.ImportValue(Names.StreamExport);

    public static string StatusName => Names.StatusTable;

    public static string HistoryName => Names.HistoryTable;

    public static string HistoryArn => Names.LocalArn("dynamodb", $"table/{Names.HistoryTable}");

    public static string LedgerName => Names.LedgerTable;

    public static string LedgerArn => Names.LocalArn("dynamodb", $"table/{Names.LedgerTable}");

    public static string StatusArn => Names.LocalArn("dynamodb", $"table/{Names.StatusTable}");
}
