namespace BudgetSync.LocalAws.Iam;

/// <summary>A customer's managed policy.</summary>
/// <param name="Path">Begins and ends with a slash.</param>
/// <param name="Document">Of its default version.</param>
internal sealed record ManagedPolicy(string AccountId, string Path, string Name, PolicyDocument Document)
{
    public string Arn => ArnOf(AccountId, Path, Name);

    public static string ArnOf(string accountId, string path, string name) => $"arn:aws:iam::{accountId}:policy{path}{name}";
}
