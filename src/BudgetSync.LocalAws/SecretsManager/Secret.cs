using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.SecretsManager;

/// <summary>One value that a secret has or had.</summary>
/// <param name="Id">The request's token, or one that the service made.</param>
internal sealed record SecretVersion(string Id, string Text, DateTimeOffset At, ImmutableArray<string> Stages);

/// <summary>A secret with its versions; a change makes another one.</summary>
internal sealed record Secret(string Arn, string Name, ImmutableArray<SecretVersion> Versions)
{
    public const string Current = "AWSCURRENT";

    private const string Previous = "AWSPREVIOUS";

    /// <summary>"Secrets Manager … automatically adds a hyphen and six random characters after the secret name" (API reference, CreateSecret).</summary>
    public static string ArnOf(string accountId, string region, string name, string salt) =>
        $"arn:aws:secretsmanager:{region}:{accountId}:secret:{name}-{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name + salt)))[..6]}";

    /// <summary>
    /// The newest value is AWSCURRENT, the one before it AWSPREVIOUS, and an older one has no label (user guide, "What's in a Secrets Manager secret?").
    /// </summary>
    public Secret With(SecretVersion version) => this with
    {
        Versions =
        [
            .. Versions.Select(old => old with { Stages = old.Stages.Contains(Current) ? [Previous] : [] }),
            version with { Stages = [Current] },
        ],
    };

    /// <summary>Null where there is none.</summary>
    public SecretVersion? Find(string? id, string? stage) =>
        Versions.FirstOrDefault(version => (id is null || version.Id == id) && (id is not null && stage is null || version.Stages.Contains(stage ?? Current)));

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public SecretVersion Existing(string? id, string? stage) => Find(id, stage)
        ?? throw new AwsException("ResourceNotFoundException", $"Secrets Manager can't find the specified secret value for {(id is null
            ? $"staging label: {stage ?? Current}"
            : $"VersionId: {id}")}");
}
