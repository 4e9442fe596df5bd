using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.Bedrock;

/// <summary>The requests of Amazon Bedrock's control plane as its service model (2023-04-20) bounds them.</summary>
internal static class BedrockShapes
{
    private static readonly Shape S3 = Members(Required("bucketName", String(3, 63)), Optional("keyPrefix", String(0, 1024)));

    private static readonly Shape CloudWatch = Members(
        Required("logGroupName", String(1, 512)),
        Required("roleArn", String(0, 2048, @"arn:aws(-[^:]+)?:iam::([0-9]{12})?:role/.+")),
        Optional("largeDataDeliveryS3Config", S3));

    private static readonly Shape Logging = Members(
        Optional("cloudWatchConfig", CloudWatch),
        Optional("s3Config", S3),
        Optional("textDataDeliveryEnabled", AnyFlag),
        Optional("imageDataDeliveryEnabled", AnyFlag),
        Optional("embeddingDataDeliveryEnabled", AnyFlag),
        Optional("videoDataDeliveryEnabled", AnyFlag),
        Optional("audioDataDeliveryEnabled", AnyFlag));

    public static Shape Nothing { get; } = Members();

    public static Shape PutLogging { get; } = Members(Required("loggingConfig", Logging));

    public static Shape GetProfile { get; } = Members(Required("inferenceProfileIdentifier", String(
        1,
        2048,
        @"(arn:aws(|-us-gov|-cn|-iso|-iso-b):bedrock:(|[0-9a-z-]{0,20}):(|[0-9]{12}):(inference-profile|application-inference-profile)/)?[a-zA-Z0-9-:.]+")));
}
