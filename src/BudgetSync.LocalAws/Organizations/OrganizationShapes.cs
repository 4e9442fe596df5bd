using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.Organizations;

/// <summary>The requests of AWS Organizations as its service model (2016-11-28) bounds them.</summary>
internal static class OrganizationShapes
{
    private const string Root = "r-[0-9a-z]{4,32}";
    private const string Unit = "ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}";
    private const string Account = "[0-9]{12}";

    private static readonly Shape AccountId = String(0, 12, Account);
    private static readonly Shape ParentId = String(0, 100, $"{Root}|{Unit}");
    private static readonly Member PageSize = Optional("MaxResults", new Number(1, AwsLimits.Organizations.Page, true));
    private static readonly Member NextToken = Optional("NextToken", String(0, 100_000));

    private static readonly Shape TagList = new List(
        Members(
            Required("Key", String(1, 128, @"[\p{L}\p{Z}\p{N}_.:/=+\-@]*")),
            Required("Value", String(0, 256, @"[\p{L}\p{Z}\p{N}_.:/=+\-@]*"))),
        0,
        int.MaxValue);

    public static Member Tags { get; } = Optional("Tags", TagList);

    public static Member RequiredTags { get; } = Required("Tags", TagList);

    public static Shape PutResourcePolicy { get; } = Members(Required("Content", String(1, 40_000, @"[\s\S]*")), Tags);

    public static Shape Nothing { get; } = Members();

    public static Shape Listing { get; } = Members(PageSize, NextToken);

    public static Shape OfParent { get; } = Members(Required("ParentId", ParentId), PageSize, NextToken);

    public static Shape ListChildren { get; } = Members(
        Required("ParentId", ParentId), Required("ChildType", Enum("ACCOUNT", "ORGANIZATIONAL_UNIT")), PageSize, NextToken);

    public static Shape ListParents { get; } = Members(Required("ChildId", String(0, 100, $"{Account}|{Unit}")), PageSize, NextToken);

    public static Shape OneAccount { get; } = Members(Required("AccountId", AccountId));

    public static Shape OneUnit { get; } = Members(Required("OrganizationalUnitId", String(0, 68, Unit)));

    public static Shape MoveAccount { get; } = Members(
        Required("AccountId", AccountId), Required("SourceParentId", ParentId), Required("DestinationParentId", ParentId));

    public static Shape CreateOrganizationalUnit { get; } = Members(Required("ParentId", ParentId), Required("Name", String(1, 128)), Tags);

    public static Shape OneRequest { get; } = Members(Required("CreateAccountRequestId", String(0, 36, "car-[a-z0-9]{8,32}")));

    public static Shape CreateAccount { get; } = Members(
        Required("Email", String(6, 64, @"[^\s@]+@[^\s@]+\.[^\s@]+")),
        Required("AccountName", String(1, 50, @"[\u0020-\u007E]+")),
        Optional("RoleName", String(0, 64, "[a-zA-Z0-9_+=,.@-]{1,64}")),
        Optional("IamUserAccessToBilling", Enum("ALLOW", "DENY")),
        Tags);
}
