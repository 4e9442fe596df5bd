namespace BudgetSync.Core.Rows.Reading;

/// <summary>
/// How the billing console labels services, where bills name them otherwise. A filter by a label is taken and matches nothing (boto/boto3#4248). The common
/// ones: a service that is not here is taken as it is written.
/// </summary>
internal static class ServiceLabels
{
    // To the names that Cost Explorer's GetDimensionValues answers for SERVICE.
    private static readonly Dictionary<string, string> BillingNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["API Gateway"] = "Amazon API Gateway",
        ["Athena"] = "Amazon Athena",
        ["CloudFront"] = "Amazon CloudFront",
        ["CloudTrail"] = "AWS CloudTrail",
        ["CloudWatch"] = "AmazonCloudWatch",
        ["Amazon CloudWatch"] = "AmazonCloudWatch",
        ["Config"] = "AWS Config",
        ["DynamoDB"] = "Amazon DynamoDB",
        ["EC2"] = "Amazon Elastic Compute Cloud - Compute",
        ["EC2-Instances"] = "Amazon Elastic Compute Cloud - Compute",
        ["EC2-Instances (Elastic Compute Cloud - Compute)"] = "Amazon Elastic Compute Cloud - Compute",
        ["Elastic Compute Cloud - Compute"] = "Amazon Elastic Compute Cloud - Compute",
        ["AmazonEC2"] = "Amazon Elastic Compute Cloud - Compute",
        ["EC2-Other"] = "EC2 - Other",
        ["EC2-ELB"] = "Amazon Elastic Load Balancing",
        ["Elastic Load Balancing"] = "Amazon Elastic Load Balancing",
        ["EFS (Elastic File System)"] = "Amazon Elastic File System",
        ["Elastic File System"] = "Amazon Elastic File System",
        ["EKS"] = "Amazon Elastic Container Service for Kubernetes",
        ["EKS (Elastic Container Service for Kubernetes)"] = "Amazon Elastic Container Service for Kubernetes",
        ["ECS"] = "Amazon Elastic Container Service",
        ["Elastic Container Service"] = "Amazon Elastic Container Service",
        ["ElastiCache"] = "Amazon ElastiCache",
        ["Glue"] = "AWS Glue",
        ["GuardDuty"] = "Amazon GuardDuty",
        ["Key Management Service"] = "AWS Key Management Service",
        ["KMS"] = "AWS Key Management Service",
        ["Lambda"] = "AWS Lambda",
        ["AWSLambda"] = "AWS Lambda",
        ["OpenSearch Service"] = "Amazon OpenSearch Service",
        ["RDS"] = "Amazon Relational Database Service",
        ["RDS (Relational Database Service)"] = "Amazon Relational Database Service",
        ["Relational Database Service"] = "Amazon Relational Database Service",
        ["Amazon RDS"] = "Amazon Relational Database Service",
        ["AmazonRDS"] = "Amazon Relational Database Service",
        ["Redshift"] = "Amazon Redshift",
        ["Route 53"] = "Amazon Route 53",
        ["S3"] = "Amazon Simple Storage Service",
        ["S3 (Simple Storage Service)"] = "Amazon Simple Storage Service",
        ["Simple Storage Service"] = "Amazon Simple Storage Service",
        ["Amazon S3"] = "Amazon Simple Storage Service",
        ["AmazonS3"] = "Amazon Simple Storage Service",
        ["SageMaker"] = "Amazon SageMaker",
        ["Secrets Manager"] = "AWS Secrets Manager",
        ["Security Hub"] = "AWS Security Hub",
        ["SNS (Simple Notification Service)"] = "Amazon Simple Notification Service",
        ["SNS"] = "Amazon Simple Notification Service",
        ["SQS (Simple Queue Service)"] = "Amazon Simple Queue Service",
        ["SQS"] = "Amazon Simple Queue Service",
        ["Step Functions"] = "AWS Step Functions",
        ["VPC"] = "Amazon Virtual Private Cloud",
        ["VPC (Virtual Private Cloud)"] = "Amazon Virtual Private Cloud",
        ["WAF"] = "AWS WAF",
    };

    /// <summary>The name of the service in bills; null where the text is no label that is known.</summary>
    public static string? BillingName(string label) => BillingNames.GetValueOrDefault(label.Trim());
}
