using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.Ssm;

/// <summary>The requests of Parameter Store as the SSM service model (2014-11-06) bounds them, member by member.</summary>
internal static class SsmShapes
{
    private static readonly Shape Name = String(1, 2048);
    private static readonly Shape TagKey = String(1, 128, @"[\p{L}\p{Z}\p{N}_.:/=+\-@]*");
    private static readonly Shape TagValue = String(0, 256, @"[\p{L}\p{Z}\p{N}_.:/=+\-@]*");
    private static readonly Shape Tags = new List(Members(Required("Key", TagKey), Required("Value", TagValue)), 0, 1000);
    private static readonly Shape ResourceType = Enum(
        "Document",
        "ManagedInstance",
        "MaintenanceWindow",
        "Parameter",
        "PatchBaseline",
        "OpsItem",
        "OpsMetadata",
        "Automation",
        "Association");
    private static readonly Member PageSize = Optional("MaxResults", new Number(1, AwsLimits.Ssm.Page, true));
    private static readonly Member NextToken = Optional("NextToken", AnyText);
    private static readonly Member WithDecryption = Optional("WithDecryption", AnyFlag);

    private static readonly Shape Filter = Members(
        Required("Key", String(1, 132, "tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType")),
        Optional("Option", String(1, 10)),
        Optional("Values", new List(String(1, 1024), 1, 50)));

    public static Shape PutParameter { get; } = Members(
        Required("Name", Name),
        Required("Value", AnyText),
        Optional("Description", String(0, 1024)),
        Optional("Type", Enum("String", "StringList", "SecureString")),
        Optional("KeyId", String(1, 256, "[a-zA-Z0-9:/_-]+")),
        Optional("Overwrite", AnyFlag),
        Optional("AllowedPattern", String(0, 1024)),
        Optional("Tags", Tags),
        Optional("Tier", Enum("Standard", "Advanced", "Intelligent-Tiering")),
        Optional("Policies", String(1, 4096)),
        Optional("DataType", String(0, 128)));

    public static Shape GetParameter { get; } = Members(Required("Name", Name), WithDecryption);

    public static Shape GetParameters { get; } = Members(Required("Names", new List(Name, 1, 10)), WithDecryption);

    public static Shape GetParametersByPath { get; } = Members(
        Required("Path", Name),
        Optional("Recursive", AnyFlag),
        Optional("ParameterFilters", new List(Filter, 0, int.MaxValue)),
        WithDecryption,
        Optional("MaxResults", new Number(1, AwsLimits.Ssm.PathPage, true)),
        NextToken);

    public static Shape GetParameterHistory { get; } = Members(Required("Name", Name), WithDecryption, PageSize, NextToken);

    public static Shape DescribeParameters { get; } = Members(
        Optional("ParameterFilters", new List(Filter, 0, int.MaxValue)), PageSize, NextToken, Optional("Shared", AnyFlag));

    public static Shape DeleteParameter { get; } = Members(Required("Name", Name));

    public static Shape LabelParameterVersion { get; } = Members(
        Required("Name", Name), Optional("ParameterVersion", Integer(long.MinValue, long.MaxValue)), Required("Labels", new List(String(1, 100), 1, 10)));

    public static Shape AddTagsToResource { get; } = Members(Required("ResourceType", ResourceType), Required("ResourceId", AnyText), Required("Tags", Tags));

    public static Shape ListTagsForResource { get; } = Members(Required("ResourceType", ResourceType), Required("ResourceId", AnyText));
}
