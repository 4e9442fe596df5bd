using System.Text.RegularExpressions;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>The rule of a table's name (UG "Naming rules").</summary>
internal static partial class TableName
{
    /// <exception cref="Kernel.AwsException">ValidationException, in AWS's words with their two spaces.</exception>
    public static void Validate(string name)
    {
        if (Form().IsMatch(name)) return;
        throw Errors.Validation(
            "Invalid table/index name.  Table/index names must be between 3 and 255 characters long, and may contain only the characters a-z, A-Z, 0-9, "
                + "'_', '-', and '.'");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{3,255}\z")]
    private static partial Regex Form();
}
