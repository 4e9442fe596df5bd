namespace BudgetSync.LocalAws.Sts;

/// <summary>Temporary credentials of a session.</summary>
/// <param name="AccessKeyId">Begins with ASIA.</param>
public sealed record Credentials(string AccessKeyId, string SecretAccessKey, string SessionToken, DateTimeOffset Expires);
