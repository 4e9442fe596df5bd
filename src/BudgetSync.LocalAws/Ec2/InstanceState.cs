namespace BudgetSync.LocalAws.Ec2;

/// <summary>The states of an instance with EC2's codes (EC2 API reference, InstanceState).</summary>
public enum InstanceState
{
    Pending = 0,
    Running = 16,
    ShuttingDown = 32,
    Terminated = 48,
    Stopping = 64,
    Stopped = 80,
}
