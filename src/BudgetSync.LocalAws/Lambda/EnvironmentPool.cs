namespace BudgetSync.LocalAws.Lambda;

/// <summary>The environments of one runtime: reused while warm, bounded in number, the least recently used stopped first.</summary>
internal sealed class EnvironmentPool(IFunctionRuntime runtime, TimeProvider time) : IAsyncDisposable
{
    /// <summary>An environment whose credentials end within this much of an invocation's longest time is replaced.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly LinkedList<WarmEnvironment> idle = [];
    private readonly Dictionary<Function, Stack<LinkedListNode<WarmEnvironment>>> idleByFunction = [];
    private readonly HashSet<WarmEnvironment> busy = [];
    private readonly Queue<TaskCompletionSource> waiting = new();
    private int total;

    public async Task<WarmEnvironment> TakeAsync(Function function, Func<FunctionEnvironment> create)
    {
        while (true)
        {
            Task? turn = null;
            List<WarmEnvironment> stopped = [];
            lock (gate)
            {
                while (Pop(function) is { } warm)
                {
                    if (IsFresh(warm, function))
                    {
                        busy.Add(warm);
                        return warm;
                    }

                    stopped.Add(warm);
                    total--;
                }

                if (total >= runtime.MaximumHosts && idle.First is { } oldest)
                {
                    Unlink(oldest);
                    stopped.Add(oldest.Value);
                    total--;
                }

                if (total >= runtime.MaximumHosts)
                {
                    var place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    waiting.Enqueue(place);
                    turn = place.Task;
                }
                else
                {
                    total++;
                }
            }

            foreach (var host in stopped) await host.Host.DisposeAsync();
            if (turn is null) return await StartAsync(function, create());
            await turn;
        }
    }

    /// <summary>Gives an environment back; one that cannot be used again is killed.</summary>
    public async Task ReturnAsync(WarmEnvironment host, bool reusable)
    {
        var stopped = new List<WarmEnvironment>();
        lock (gate)
        {
            busy.Remove(host);
            if (reusable)
            {
                if (!idleByFunction.TryGetValue(host.Function, out var stack))
                    idleByFunction.Add(host.Function, stack = new Stack<LinkedListNode<WarmEnvironment>>());
                stack.Push(idle.AddLast(host));
                if (idle.Count > runtime.MaximumIdleHosts && idle.First is { } oldest)
                {
                    Unlink(oldest);
                    stopped.Add(oldest.Value);
                    total--;
                }
            }
            else
            {
                stopped.Add(host);
                total--;
            }

            if (waiting.TryDequeue(out var next)) next.SetResult();
        }

        foreach (var dead in stopped) await dead.Host.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        List<WarmEnvironment> all;
        lock (gate)
        {
            all = [.. idle, .. busy];
            idle.Clear();
            idleByFunction.Clear();
            busy.Clear();
        }

        foreach (var host in all) await host.Host.DisposeAsync();
    }

    private async Task<WarmEnvironment> StartAsync(Function function, FunctionEnvironment environment)
    {
        try
        {
            var host = new WarmEnvironment(function, environment.Function, environment, await runtime.StartAsync(environment));
            lock (gate) busy.Add(host);
            return host;
        }
        catch
        {
            lock (gate)
            {
                total--;
                if (waiting.TryDequeue(out var next)) next.SetResult();
            }

            throw;
        }
    }

    private bool IsFresh(WarmEnvironment host, Function function) =>
        ReferenceEquals(host.Definition, function.Definition)
        && !host.Environment.Killed.IsCancellationRequested
        && host.Environment.CredentialsExpire - time.GetUtcNow() > host.Definition.Timeout + Margin;

    private WarmEnvironment? Pop(Function function)
    {
        if (!idleByFunction.TryGetValue(function, out var stack) || !stack.TryPop(out var node)) return null;
        if (stack.Count == 0) idleByFunction.Remove(function);
        idle.Remove(node);
        return node.Value;
    }

    private void Unlink(LinkedListNode<WarmEnvironment> node)
    {
        idle.Remove(node);
        var others = idleByFunction[node.Value.Function].Where(other => other != node).Reverse().ToArray();
        if (others.Length == 0) idleByFunction.Remove(node.Value.Function);
        else idleByFunction[node.Value.Function] = new Stack<LinkedListNode<WarmEnvironment>>(others);
    }
}

/// <summary>An environment with the function and the definition it was started for.</summary>
internal sealed record WarmEnvironment(Function Function, FunctionDefinition Definition, FunctionEnvironment Environment, IFunctionHost Host);
