using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Iam;

/// <summary>A customer's managed policy.</summary>
/// <param name="Path">Begins and ends with a slash.</param>
/// <param name="Versions">Oldest first; one of them is the default.</param>
internal sealed record ManagedPolicy(string AccountId, string Path, string Name, ImmutableArray<PolicyVersion> Versions)
{
    public string Arn => ArnOf(AccountId, Path, Name);

    /// <summary>The version in effect.</summary>
    public PolicyVersion Default => Versions.Single(version => version.IsDefault);

    /// <summary>Of its default version.</summary>
    public PolicyDocument Document => Default.Document;

    public static string ArnOf(string accountId, string path, string name) => $"arn:aws:iam::{accountId}:policy{path}{name}";

    /// <summary>With one more; where it is to be the default, the one that was is so no more.</summary>
    public ManagedPolicy With(PolicyDocument document, bool isDefault, DateTimeOffset now) => this with
    {
        Versions =
        [
            .. Versions.Select(version => isDefault ? version with { IsDefault = false } : version),
            new PolicyVersion(Versions.IsEmpty ? 1 : Versions.Max(version => version.Number) + 1, document, isDefault, now),
        ],
    };
}

/// <summary>One version of a managed policy.</summary>
/// <param name="Number">From 1 on; no number is used twice.</param>
internal sealed record PolicyVersion(int Number, PolicyDocument Document, bool IsDefault, DateTimeOffset Created)
{
    public string Id => $"v{Number}";
}
