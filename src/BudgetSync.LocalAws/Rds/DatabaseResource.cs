using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Rds;

/// <summary>
/// An instance or a cluster of databases, which are stopped and started alike. What is under way is done when its time has come, without a timer: whoever asks
/// sees it done. Guarded by its service.
/// </summary>
public abstract class DatabaseResource
{
    private readonly LocalCloud cloud;
    private bool runs = true;
    private DateTimeOffset changed;

    private protected DatabaseResource(LocalCloud cloud, string region, ImmutableDictionary<string, string> tags)
    {
        (this.cloud, Region, Tags) = (cloud, region, tags);
        changed = cloud.Time.GetUtcNow() - cloud.Options.Ec2.StartTakes;
    }

    public string Region { get; }

    public ImmutableDictionary<string, string> Tags { get; internal set; }

    public abstract string AccountId { get; }

    public abstract string Identifier { get; }

    public abstract string Arn { get; }

    /// <summary>As <c>DBInstanceStatus</c> and a cluster's <c>Status</c> say it.</summary>
    public virtual string Status
    {
        get
        {
            var now = cloud.Time.GetUtcNow();
            // AWS starts what was stopped seven days ago, so that it does not miss its maintenance (UG "Stopping an Amazon RDS DB instance temporarily").
            if (RestartsAt is { } due && now >= due) (runs, changed) = (true, due);
            var takes = runs ? cloud.Options.Ec2.StartTakes : cloud.Options.Ec2.StopTakes;
            return (runs, now >= changed + takes) switch
            {
                (true, true) => "available",
                (true, false) => "starting",
                (false, true) => "stopped",
                _ => "stopping",
            };
        }
    }

    /// <summary>When AWS starts it by itself; null while it runs.</summary>
    public DateTimeOffset? RestartsAt => runs ? null : changed + AwsLimits.Rds.LongestStop;

    /// <summary>Has it been stopped for an hour.</summary>
    internal void Sleep() => (runs, changed) = (false, cloud.Time.GetUtcNow().AddHours(-1));

    internal void Become(bool running) => (runs, changed) = (running, cloud.Time.GetUtcNow());
}
