using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.SecretsManager;

/// <summary>The requests of AWS Secrets Manager as its service model (2017-10-17) bounds them.</summary>
internal static class SecretsManagerShapes
{
    private static readonly Shape VersionId = String(32, 64);
    private static readonly Member SecretId = Required("SecretId", String(1, 2048));
    private static readonly Member Token = Optional("ClientRequestToken", VersionId);
    private static readonly Member Text = Optional("SecretString", Sensitive(1, 65536));

    public static Shape CreateSecret { get; } = Members(Required("Name", String(1, 512)), Token, Optional("Description", String(0, 2048)), Text);

    public static Shape PutSecretValue { get; } = Members(SecretId, Token, Text);

    public static Shape GetSecretValue { get; } = Members(SecretId, Optional("VersionId", VersionId), Optional("VersionStage", String(1, 256)));
}
