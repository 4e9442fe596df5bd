using Microsoft.Extensions.Hosting;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// The server lives as long as whoever started it wants. The host's own lifetime (<c>ConsoleLifetime</c>) would take SIGTERM and Ctrl+C for itself: it stops
/// the server and keeps the process alive until somebody disposes the host, so that <c>kill</c> ended nothing.
/// </summary>
internal sealed class CallersLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
