using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.SageMaker;

/// <summary>The requests of Amazon SageMaker as its service model (2017-07-24) bounds them. Filters and orders of listings are not here.</summary>
internal static class SageMakerShapes
{
    private const string TagText = @"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)";
    private static readonly Shape Token = String(0, 8192, ".*");
    private static readonly Member Resource = Required("ResourceArn", String(0, 256, "arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:.+"));
    private static readonly Shape Key = String(1, 128, TagText);

    public static Shape List { get; } = Members(Optional("NextToken", Token), Optional("MaxResults", Integer(1, 100)));

    public static Shape One { get; } = Members(Required("NotebookInstanceName", String(0, 63, "[a-zA-Z0-9](-*[a-zA-Z0-9])*")));

    public static Shape ListTags { get; } = Members(Resource, Optional("NextToken", Token), Optional("MaxResults", Integer(50, int.MaxValue)));

    public static Shape AddTags { get; } =
        Members(Resource, Required("Tags", new List(Members(Required("Key", Key), Required("Value", String(0, 256, TagText))), 0, 50)));

    public static Shape DeleteTags { get; } = Members(Resource, Required("TagKeys", new List(Key, 1, 50)));
}
