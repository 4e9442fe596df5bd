using System.Collections.Immutable;

namespace BudgetSync.LocalAws.SageMaker;

/// <summary>
/// One notebook instance. What is under way is done when its time has come, without a timer: whoever asks sees it done. Guarded by its service.
/// </summary>
public sealed class Notebook
{
    private readonly LocalCloud cloud;
    private bool runs = true;
    private DateTimeOffset changed;

    internal Notebook(LocalCloud cloud, string accountId, string region, string name, ImmutableDictionary<string, string> tags)
    {
        (this.cloud, AccountId, Region, Name, Tags) = (cloud, accountId, region, name, tags);
        changed = cloud.Time.GetUtcNow() - cloud.Options.Ec2.StartTakes;
        CreatedAt = changed;
    }

    public string AccountId { get; }

    public string Region { get; }

    public string Name { get; }

    public DateTimeOffset CreatedAt { get; }

    public ImmutableDictionary<string, string> Tags { get; internal set; }

    public string Arn => $"arn:aws:sagemaker:{Region}:{AccountId}:notebook-instance/{Name}";

    /// <summary>As <c>NotebookInstanceStatus</c> says it.</summary>
    public string Status => (runs, IsAtRest) switch
    {
        (true, true) => "InService",
        (true, false) => "Pending",
        (false, true) => "Stopped",
        _ => "Stopping",
    };

    /// <summary>When it came into its present status.</summary>
    public DateTimeOffset ModifiedAt => IsAtRest ? changed + Takes : changed;

    private TimeSpan Takes => runs ? cloud.Options.Ec2.StartTakes : cloud.Options.Ec2.StopTakes;

    private bool IsAtRest => cloud.Time.GetUtcNow() >= changed + Takes;

    /// <summary>Has it been stopped for an hour.</summary>
    internal void Sleep() => (runs, changed) = (false, cloud.Time.GetUtcNow().AddHours(-1));

    internal void Become(bool running) => (runs, changed) = (running, cloud.Time.GetUtcNow());
}
