using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.Iam;

/// <summary>The requests of IAM as its service model (2010-05-08) bounds them.</summary>
internal static class IamShapes
{
    private static readonly Shape Name = String(1, 64, @"[\w+=,.@-]+");
    private static readonly Shape PolicyArn = String(20, 2048);
    private static readonly Shape PathPrefix = String(1, 512, @"\u002F[\u0021-\u007F]*");
    private static readonly Member Marker = Optional("Marker", String(1, 320, @"[\u0020-\u00FF]+"));
    private static readonly Member MaxItems = Optional("MaxItems", Integer(1, 1000));

    private static readonly Shape VersionId = String(0, int.MaxValue, @"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?");

    public static Shape OfRole { get; } = Members(Required("RoleName", Name), Required("PolicyArn", PolicyArn));

    public static Shape OfUser { get; } = Members(Required("UserName", Name), Required("PolicyArn", PolicyArn));

    public static Shape CreateVersion { get; } = Members(
        Required("PolicyArn", PolicyArn),
        Required("PolicyDocument", String(1, 131072, @"[\u0009\u000A\u000D\u0020-\u00FF]+")),
        Optional("SetAsDefault", AnyFlag));

    public static Shape OfVersion { get; } = Members(Required("PolicyArn", PolicyArn), Required("VersionId", VersionId));

    public static Shape Versions { get; } = Members(Required("PolicyArn", PolicyArn), Marker, MaxItems);

    public static Shape Listing { get; } = Members(Optional("PathPrefix", PathPrefix), Marker, MaxItems);

    /// <summary>The path of a policy, <c>policyPathType</c>.</summary>
    private static readonly Member PolicyPath = Optional("PathPrefix", String(1, 512, @"((/[A-Za-z0-9\.,\+@=_-]+)*)/"));

    public static Shape AttachedToRole { get; } = Members(Required("RoleName", Name), PolicyPath, Marker, MaxItems);

    public static Shape AttachedToUser { get; } = Members(Required("UserName", Name), PolicyPath, Marker, MaxItems);

    public static Shape Credentials { get; } = Members(
        Optional("UserName", Name), Optional("ServiceName", AnyText), Optional("AllUsers", AnyFlag), Marker, MaxItems);

    public static Shape UpdateCredential { get; } = Members(
        Optional("UserName", Name),
        Required("ServiceSpecificCredentialId", String(20, 128, @"[\w]+")),
        Required("Status", Enum("Active", "Inactive", "Expired")));

    public static Shape Entities { get; } = Members(
        Required("PolicyArn", PolicyArn),
        Optional("EntityFilter", Enum("User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy")),
        Optional("PathPrefix", String(1, 512, @"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")),
        Optional("PolicyUsageFilter", Enum("PermissionsPolicy", "PermissionsBoundary")),
        Marker,
        MaxItems);
}
