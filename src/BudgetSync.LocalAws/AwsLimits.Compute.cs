namespace BudgetSync.LocalAws;

/// <content>What runs in an account.</content>
internal static partial class AwsLimits
{
    /// <summary>Amazon EC2.</summary>
    public static class Ec2
    {
        /// <summary>DescribeInstances a second (EC2 developer guide, "Request throttling", non-mutating actions), by account and region.</summary>
        public const int ReadsPerSecond = 20;

        /// <summary>As many at once after a pause (the same table).</summary>
        public const int ReadsBurst = 100;

        /// <summary>StopInstances a second (the same table, mutating actions).</summary>
        public const int MutatingPerSecond = 5;

        /// <summary>As many at once after a pause (the same table).</summary>
        public const int MutatingBurst = 50;

        /// <summary>StartInstances a second (the same table).</summary>
        public const int StartsPerSecond = 2;

        /// <summary>As many at once after a pause (the same table).</summary>
        public const int StartsBurst = 5;

        /// <summary>CreateTags and DeleteTags, each, a second (the same table).</summary>
        public const int TagsPerSecond = 10;

        /// <summary>As many at once after a pause (the same table).</summary>
        public const int TagsBurst = 100;

        /// <summary>EC2 API reference, DescribeInstances, MaxResults.</summary>
        public const int SmallestPage = 5;

        /// <summary>EC2 API reference, DescribeInstances, MaxResults; also what comes where it is not given, here.</summary>
        public const int LargestPage = 1000;

        /// <summary>EC2 user guide, "Tag your Amazon EC2 resources", "Tag restrictions"; of auto scaling groups likewise.</summary>
        public const int TagsPerResource = 50;

        /// <summary>Characters (the same list).</summary>
        public const int TagKey = 128;

        /// <summary>Characters (the same list).</summary>
        public const int TagValue = 256;
    }

    /// <summary>AWS Compute Optimizer.</summary>
    public static class ComputeOptimizer
    {
        /// <summary>The largest page, and here also what comes where maxResults is not given (service model, IdleMaxResults).</summary>
        public const int Page = 100;

        /// <summary>How long it looks back by default (UG "Viewing idle resource recommendations").</summary>
        public const int LookBackDays = 14;
    }

    /// <summary>Amazon RDS.</summary>
    public static class Rds
    {
        /// <summary>RDS API reference, DescribeDBInstances, MaxRecords.</summary>
        public const int SmallestPage = 20;

        /// <summary>The largest and the default page (the same).</summary>
        public const int Page = 100;

        /// <summary>After that AWS starts what was stopped (RDS user guide, "Stopping an Amazon RDS DB instance temporarily").</summary>
        public static readonly TimeSpan LongestStop = TimeSpan.FromDays(7);
    }

    /// <summary>Amazon SageMaker.</summary>
    public static class SageMaker
    {
        /// <summary>Where MaxResults is not given (API reference, ListNotebookInstances).</summary>
        public const int Page = 10;

        /// <summary>The least page of ListTags (service model), and here also what comes where MaxResults is not given.</summary>
        public const int TagsPage = 50;
    }

    /// <summary>Amazon ECS.</summary>
    public static class Ecs
    {
        /// <summary>The largest page, and that of ListClusters where maxResults is not given (API reference).</summary>
        public const int Page = 100;

        /// <summary>The page of ListServices where maxResults is not given (API reference).</summary>
        public const int ServicesPage = 10;

        /// <summary>Services that one call describes (API reference, DescribeServices).</summary>
        public const int Described = 10;
    }

    /// <summary>Amazon EC2 Auto Scaling.</summary>
    public static class ScalingGroups
    {
        /// <summary>Where MaxRecords is not given (API reference, DescribeAutoScalingGroups).</summary>
        public const int Page = 50;

        /// <summary>The same page.</summary>
        public const int LargestPage = 100;

        /// <summary>Instances that a group launches here; beyond, launches fail as where the account's quota is used up, and it stays below its size.</summary>
        public const int Instances = 100;
    }
}
