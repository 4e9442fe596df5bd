using System.Diagnostics.CodeAnalysis;

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
        Span<Range> parts = stackalloc Range[Parts];
        arn = Split(text, parts) ? new Arn(text[parts[1]], text[parts[2]], text[parts[3]], text[parts[4]], text[parts[5]]) : default;
        return arn.Partition is not null;
    }

    /// <summary>The account of an ARN; empty where the text is no ARN (<c>*</c>) or names no account.</summary>
    public static string AccountOf(string? text) => PartOf(text, 4);

    /// <summary>The service of an ARN; empty where the text is none.</summary>
    public static string ServiceOf(string? text) => PartOf(text, 2);

    /// <summary>One part alone: IAM asks for it with every call.</summary>
    private static string PartOf(string? text, int index)
    {
        Span<Range> parts = stackalloc Range[Parts];
        return Split(text, parts) ? text[parts[index]] : "";
    }

    private static bool Split([NotNullWhen(true)] string? text, Span<Range> parts) =>
        text is not null && text.StartsWith("arn:", StringComparison.Ordinal) && text.AsSpan().Split(parts, ':') == Parts;

    public override string ToString() => $"arn:{Partition}:{Service}:{Region}:{AccountId}:{Resource}";
}
