using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.Sts;

/// <summary>The requests of AWS STS as its service model (2011-06-15) bounds them. Session policies, tags, MFA and source identity are not here.</summary>
internal static class StsShapes
{
    public static Shape AssumeRole { get; } = Members(
        Required("RoleArn", String(20, 2048, @"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD]+")),
        Required("RoleSessionName", String(2, 64, @"[\w+=,.@-]*")),
        Optional("ExternalId", String(2, 1224, @"[\w+=,.@:\/-]*")),
        Optional("DurationSeconds", Integer(900, 43_200)));

    public static Shape GetCallerIdentity { get; } = Members();
}
