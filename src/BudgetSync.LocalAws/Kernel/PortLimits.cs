namespace BudgetSync.LocalAws.Kernel;

/// <summary>How patient the cloud's port is. The port is for programs on this machine, which are never slow; what dawdles is stuck, or means harm.</summary>
public sealed record PortLimits
{
    /// <summary>How long a request's headers may take.</summary>
    public TimeSpan HeaderTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many bytes of a body must come each second, after <see cref="BodyGrace"/>.</summary>
    public double BodyBytesPerSecond { get; init; } = 1024;

    /// <summary>More than one second, which is how often Kestrel looks.</summary>
    public TimeSpan BodyGrace { get; init; } = TimeSpan.FromSeconds(5);
}
