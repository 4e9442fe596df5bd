namespace BudgetSync.LocalAws;

/// <content>What is measured.</content>
internal static partial class AwsLimits
{
    /// <summary>Amazon CloudWatch.</summary>
    public static class CloudWatch
    {
        /// <summary>Data points of one answer (API reference, GetMetricStatistics).</summary>
        public const int Datapoints = 1440;
    }
}
