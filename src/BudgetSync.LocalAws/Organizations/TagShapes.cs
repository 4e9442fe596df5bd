using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.Organizations;

/// <summary>The requests about tags as the service model of AWS Organizations (2016-11-28) bounds them.</summary>
internal static class TagShapes
{
    private static readonly Member Resource = Required(
        "ResourceId",
        String(0, 130, "r-[0-9a-z]{4,32}|[0-9]{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|p-[0-9a-zA-Z_]{8,128}|rp-[0-9a-zA-Z_]{4,128}"));

    private static readonly Shape Key = String(1, 128, @"[\p{L}\p{Z}\p{N}_.:/=+\-@]*");

    public static Shape List { get; } = Members(Resource, Optional("NextToken", String(0, 100_000)));

    public static Shape Tag { get; } = Members(Resource, OrganizationShapes.RequiredTags);

    public static Shape Untag { get; } = Members(Resource, Required("TagKeys", new List(Key, 0, int.MaxValue)));
}
