using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>
/// Goes on with a line of talk that a deployment has begun, every few seconds with how far it is: a thousand accounts take half a minute, and a screen on which
/// nothing moves looks broken.
/// </summary>
internal sealed class DeploymentCount : IDisposable
{
    private readonly ITimer timer;

    /// <param name="deployed">How many accounts have their stack by now; asked from another thread.</param>
    public DeploymentCount(ConsoleContext terminal, Func<int> deployed) => timer = terminal.Time.CreateTimer(
        _ => terminal.Error.Write($"{Number.Of(deployed())} ... "),
        null,
        Progress.Interval,
        Progress.Interval);

    public void Dispose() => timer.Dispose();
}
