namespace BudgetSync.Aws.Tests.WholeSpec;

/// <summary>Sees every write to AWS Budgets after it took effect and before its caller does, and may kill the caller there.</summary>
internal sealed class WriteRecorder(HttpMessageHandler cloud) : DelegatingHandler(cloud)
{
    private static readonly HashSet<string> Writes =
    [
        "CreateBudget", "UpdateBudget", "DeleteBudget", "CreateNotification", "UpdateNotification", "DeleteNotification", "CreateSubscriber",
        "UpdateSubscriber", "DeleteSubscriber",
        "TagResource", "UntagResource", "CreateBudgetAction", "UpdateBudgetAction", "DeleteBudgetAction",
    ];

    private const string Prefix = "AWSBudgetServiceGateway.";

    private readonly List<string> writes = [];
    private readonly List<string> refusals = [];

    /// <summary>Runs after each write.</summary>
    public Func<string, Task>? AfterWrite { get; set; }

    /// <summary>The writes there were since the last <see cref="Forget"/>, refused ones included.</summary>
    public IReadOnlyList<string> Seen => writes;

    /// <summary>Those that were refused, with AWS's answer.</summary>
    public IReadOnlyList<string> Refused => refusals;

    public void Forget()
    {
        writes.Clear();
        refusals.Clear();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (!request.Headers.TryGetValues("X-Amz-Target", out var targets)
            || targets.Single() is not { } target
            || !target.StartsWith(Prefix, StringComparison.Ordinal))
            return answer;
        var operation = target[Prefix.Length..];
        if (!answer.IsSuccessStatusCode) refusals.Add($"{operation}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        if (!Writes.Contains(operation)) return answer;
        writes.Add(operation);
        if (AfterWrite is { } look) await look(operation);
        return answer;
    }
}
