using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.Organizations;

/// <summary>The requests about policies as the service model of AWS Organizations (2016-11-28) bounds them.</summary>
internal static class PolicyShapes
{
    private static readonly Shape PolicyId = String(0, 130, "p-[0-9a-zA-Z_]{8,128}");
    private static readonly Shape TargetId = String(0, 100, "r-[0-9a-z]{4,32}|[0-9]{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}");
    private static readonly Shape Name = String(1, 128);
    private static readonly Shape Content = String(1, int.MaxValue);
    private static readonly Shape Description = String(0, 512);
    private static readonly Member PageSize = Optional("MaxResults", new Number(1, AwsLimits.Organizations.Page, true));
    private static readonly Member NextToken = Optional("NextToken", String(0, 100_000));

    private static readonly Shape PolicyType = Enum(
        OrganizationPolicy.Type,
        "RESOURCE_CONTROL_POLICY",
        "TAG_POLICY",
        "BACKUP_POLICY",
        "AISERVICES_OPT_OUT_POLICY",
        "CHATBOT_POLICY",
        "DECLARATIVE_POLICY_EC2",
        "SECURITYHUB_POLICY",
        "INSPECTOR_POLICY",
        "UPGRADE_ROLLOUT_POLICY",
        "BEDROCK_POLICY",
        "S3_POLICY",
        "NETWORK_SECURITY_DIRECTOR_POLICY");

    public static Shape Create { get; } = Members(
        Required("Content", Content),
        Required("Description", Description),
        Required("Name", Name),
        Required("Type", PolicyType),
        OrganizationShapes.Tags);

    public static Shape Update { get; } = Members(
        Required("PolicyId", PolicyId), Optional("Name", Name), Optional("Description", Description), Optional("Content", Content));

    public static Shape OnePolicy { get; } = Members(Required("PolicyId", PolicyId));

    public static Shape Attachment { get; } = Members(Required("PolicyId", PolicyId), Required("TargetId", TargetId));

    public static Shape OfPolicy { get; } = Members(Required("PolicyId", PolicyId), PageSize, NextToken);

    public static Shape OfTarget { get; } = Members(Required("TargetId", TargetId), Required("Filter", PolicyType), PageSize, NextToken);

    public static Shape Listing { get; } = Members(Required("Filter", PolicyType), PageSize, NextToken);

    public static Shape Enabling { get; } = Members(
        Required("RootId", String(0, 34, "r-[0-9a-z]{4,32}")), Required("PolicyType", PolicyType));
}
