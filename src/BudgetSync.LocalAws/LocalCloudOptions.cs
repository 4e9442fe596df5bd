namespace BudgetSync.LocalAws;

/// <summary>How a <see cref="LocalCloud"/> is set up. Every value has a default that suits a laptop.</summary>
public sealed record LocalCloudOptions
{
    /// <summary>The one clock: expiry, delays, retries and schedules all come from it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The organization's management account.</summary>
    public string ManagementAccountId { get; init; } = "999999999999";

    public string OrganizationId { get; init; } = "o-local00000";

    /// <summary>The home region: where things are that no region is named for.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Where ids and jitter come from: the same seed gives the same ids.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// True: nothing runs by itself; a driver takes one piece of work at a time (<see cref="Kernel.WorkQueue.RunOneAsync"/>). False: the thread pool.
    /// </summary>
    public bool Stepped { get; init; }

    /// <summary>
    /// How many calls the log keeps with their input; all are counted. A call is some kilobytes: tests want each, and a cloud that is left running wants none.
    /// </summary>
    public int CallsKept { get; init; } = 1_000_000;

    /// <summary>How long a call takes before it answers; null or zero answers at once.</summary>
    public Func<Kernel.AwsCall, TimeSpan>? Latency { get; init; }

    /// <summary>How patient the port is, if <see cref="LocalCloud.ListenAsync"/> opens one.</summary>
    public Kernel.PortLimits Port { get; init; } = new();

    /// <summary>
    /// What answers the calls that leave the cloud, those of API destinations; null: no address can be reached. It is not disposed with the cloud.
    /// <see cref="EventBridge.LoopbackEndpoints"/> leads them to this machine, <see cref="Messages.MessageInbox"/> keeps them.
    /// </summary>
    public HttpMessageHandler? Outside { get; init; }

    public Ssm.SsmOptions Ssm { get; init; } = new();

    public Organizations.OrganizationsOptions Organizations { get; init; } = new();

    /// <summary>How long after it happened usage is known to billing, and so to Budgets and Cost Explorer (AWS: hours, up to a day).</summary>
    public TimeSpan BillingDelay { get; init; } = TimeSpan.FromHours(8);

    public CostExplorer.CostExplorerOptions CostExplorer { get; init; } = new();

    public Budgets.BudgetsOptions Budgets { get; init; } = new();

    public Ec2.Ec2Options Ec2 { get; init; } = new();
}
