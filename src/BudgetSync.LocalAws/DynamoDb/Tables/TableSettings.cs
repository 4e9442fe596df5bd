using System.Collections.Immutable;

namespace BudgetSync.LocalAws.DynamoDb.Tables;

/// <summary>What a table is besides its items; shown by DescribeTable, without effect here except deletion protection.</summary>
internal sealed record TableSettings(string BillingMode, int ReadCapacity, int WriteCapacity, bool DeletionProtection, string TableClass)
{
    public static readonly TableSettings Default = new("PROVISIONED", 0, 0, false, "STANDARD");

    /// <summary>The KMS key of server-side encryption: an ARN or alias, <c>alias/aws/dynamodb</c> by default; null where only AWS's own key is used.</summary>
    public string? KmsKey { get; init; }

    /// <summary>When the table was last made one that is paid by request; null where it never was.</summary>
    public DateTimeOffset? OnDemandSince { get; init; }

    public bool PointInTimeRecovery { get; init; }

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
