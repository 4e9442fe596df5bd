namespace BudgetSync.LocalAws.Kernel;

/// <summary>An Amazon Resource Name in its six parts: <c>arn:partition:service:region:account:resource</c>.</summary>
/// <param name="Region">Empty for global services.</param>
/// <param name="AccountId">Empty where the resource belongs to no account (<c>arn:aws:s3:::bucket</c>).</param>
/// <param name="Resource">All that stands after the fifth colon, colons included.</param>
public readonly record struct Arn(string Partition, string Service, string Region, string AccountId, string Resource)
{
    private const int Parts = 6;

    public static bool TryParse(string? text, out Arn arn)
    {
        var parts = text?.Split(':', Parts) ?? [];
        arn = parts.Length == Parts && parts[0] == "arn" ? new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]) : default;
        return arn.Partition is not null;
    }

    /// <summary>The account of an ARN; empty where the text is no ARN (<c>*</c>) or names no account.</summary>
    public static string AccountOf(string? text) => TryParse(text, out var arn) ? arn.AccountId : "";

    /// <summary>The service of an ARN; empty where the text is none.</summary>
    public static string ServiceOf(string? text) => TryParse(text, out var arn) ? arn.Service : "";

    public override string ToString() => $"arn:{Partition}:{Service}:{Region}:{AccountId}:{Resource}";
}
