using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Rds;

/// <summary>
/// One database instance. What is under way is done when its time has come, without a timer: whoever asks sees it done. Guarded by its service.
/// </summary>
public sealed class Database
{
    private readonly LocalCloud cloud;
    private bool runs = true;
    private DateTimeOffset changed;

    internal Database(LocalCloud cloud, string region, DatabaseDefinition definition)
    {
        (this.cloud, Region, Definition, Tags) = (cloud, region, definition, definition.Tags);
        changed = cloud.Time.GetUtcNow() - cloud.Options.Ec2.StartTakes;
    }

    public string Region { get; }

    public DatabaseDefinition Definition { get; }

    public ImmutableDictionary<string, string> Tags { get; internal set; }

    public string Arn => $"arn:aws:rds:{Region}:{Definition.AccountId}:db:{Definition.Identifier}";

    /// <summary>As <c>DBInstanceStatus</c> says it.</summary>
    public string Status
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
