using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Billing;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Lambda;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.Fuzz;

/// <summary>A cloud in which every service has something, so that requests get past what is not found.</summary>
internal sealed class FuzzCloud : IAsyncDisposable
{
    /// <summary>A call waits for a message, an invocation or a timeout at most this often before it must have ended.</summary>
    private const int LongestWait = 200;

    private static readonly string[] Vocabulary =
    [
        "999999999999", "111122223333", "us-east-1", "arn:aws:iam::999999999999:role/BudgetActions", "r-local", "a@example.com", "{}", "a", "1",
    ];

    private readonly VirtualClock clock = new(new DateTimeOffset(2026, 1, 15, 10, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<string, string> answered = new(StringComparer.Ordinal);

    private FuzzCloud() => Cloud = new LocalCloud(new LocalCloudOptions
    {
        // Its throttling is answered with 503, and more calls than it lets through come while this clock stands.
        Time = clock,
        Stepped = true,
        Ec2 = new LocalAws.Ec2.Ec2Options { Throttles = false },
    });

    public LocalCloud Cloud { get; }

    /// <summary>Texts that mean something here, beside those that an operation's own requests hold.</summary>
    public IReadOnlyList<string> Words => [.. Vocabulary, .. answered.Values];

    public static async Task<FuzzCloud> CreateAsync()
    {
        var fuzz = new FuzzCloud();
        fuzz.Cloud.Organizations.AddAccount("111122223333", "spoke");
        const string principals = """{"AWS":"*","Service":"budgets.amazonaws.com"}""";
        const string trust = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{{principals}},"Action":"sts:AssumeRole"}]}""";
        fuzz.Cloud.Iam.PutRole(KnownRequests.Account, Policies.Role("BudgetActions", trust, [Policies.Allow("*")]));
        var role = fuzz.Cloud.Iam.PutRole(KnownRequests.Account, Policies.Role("function", Policies.Allow("*")));
        var person = fuzz.Cloud.Iam.PutUser(KnownRequests.Account, "person", Policies.Document());
        fuzz.answered["ServiceSpecificCredentialId"] = fuzz.Cloud.Iam.CreateCredential(person).Id;
        fuzz.Cloud.Bedrock.PutProfile(
            KnownRequests.Account, "ab12cd34ef56", "team", "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0");
        fuzz.Cloud.Iam.PutRole(
            KnownRequests.Account, Policies.Role("ModelLogs", Policies.TrustOf("bedrock.amazonaws.com"), [Policies.Allow("logs:*")]));
        // Its first version is in effect no more, so that it can be deleted.
        fuzz.Cloud.Iam.PutManagedPolicy(KnownRequests.Account, "Deny", Policies.Document(), "/path/");
        var deny = fuzz.Cloud.Iam.PutManagedPolicy(KnownRequests.Account, "Deny", Policies.Document(Policies.Deny("bedrock:*")), "/path/");
        fuzz.Cloud.Iam.PutManagedPolicy(KnownRequests.Account, "Spare", Policies.Document());
        fuzz.Cloud.Iam.AttachToRole(KnownRequests.Account, "function", deny);
        fuzz.Cloud.Iam.AttachToUser(KnownRequests.Account, "person", deny);
        var running = fuzz.Cloud.Ec2.Run(new LocalAws.Ec2.InstanceDefinition(KnownRequests.Account));
        running.Become(LocalAws.Ec2.InstanceState.Running, LocalAws.Ec2.InstanceState.Running, TimeSpan.Zero);
        fuzz.answered["InstanceId"] = running.Id;
        fuzz.Cloud.Keys.PutKey(
            KnownRequests.Account,
            "1234abcd-12ab-34cd-56ef-1234567890ab",
            Policies.Document("""{"Effect":"Allow","Principal":{"AWS":"999999999999"},"Action":"kms:*","Resource":"*"}"""));
        fuzz.Cloud.ComputeOptimizer.Enroll(KnownRequests.Account);
        fuzz.Cloud.ComputeOptimizer.FindIdle(running.Arn, "EC2Instance");
        fuzz.Cloud.Rds.PutDatabase(new LocalAws.Rds.DatabaseDefinition(KnownRequests.Account, "orders"));
        fuzz.Cloud.Rds.PutDatabase(new LocalAws.Rds.DatabaseDefinition(KnownRequests.Account, "asleep")).Sleep();
        fuzz.Cloud.Rds.PutCluster(new LocalAws.Rds.DatabaseClusterDefinition(KnownRequests.Account, "aurora"));
        fuzz.Cloud.Rds.PutCluster(new LocalAws.Rds.DatabaseClusterDefinition(KnownRequests.Account, "resting")).Sleep();
        fuzz.Cloud.SageMaker.PutNotebook(KnownRequests.Account, "open");
        fuzz.Cloud.SageMaker.PutNotebook(KnownRequests.Account, "closed").Sleep();
        fuzz.Cloud.Ecs.PutService(new LocalAws.Ecs.ContainerServiceDefinition(KnownRequests.Account, "main", "web"));
        fuzz.Cloud.AutoScaling.PutGroup(KnownRequests.Account, "group", 1, 1, 2);
        fuzz.Cloud.S3.PutBucket(KnownRequests.Account, "pages-bucket", keepsVersions: true);
        fuzz.Cloud.Lambda.RegisterInProcess("function", _ => (payload, _) => Task.FromResult(payload.ToArray()));
        fuzz.Cloud.Lambda.PutFunction(new FunctionDefinition(KnownRequests.Account, "function", role.Arn, "function"));
        fuzz.Cloud.Lambda.PutPermission(
            KnownRequests.Account,
            "function",
            "logs",
            JsonNode.Parse("""{"Effect":"Allow","Principal":{"Service":"logs.amazonaws.com"},"Action":"lambda:InvokeFunction"}""")!.AsObject());
        foreach (var request in KnownRequests.Setup)
        {
            var (status, body) = await fuzz.SendAsync(RequestText.Of(fuzz.Find(request), fuzz.Resolved(request.Input), request.Account));
            Assert.True(status == 200, $"{request.Name} answered {status}: {body}");
            if (body.StartsWith('{')) fuzz.Remember(JsonNode.Parse(body));
        }

        // The action of requests.json waits for its approval now.
        fuzz.Cloud.Budgets.SetSpend(KnownRequests.Account, "b", 1200m, 2000m);
        fuzz.Cloud.Costs.SetSpend("111122223333", new SpendModel(SpendBehaviour.Flat, 10, new DateOnly(2025, 12, 20)) { MonthlyCredit = 20 });
        return fuzz;
    }

    public ValueTask DisposeAsync() => Cloud.DisposeAsync();

    public FuzzedOperation Find(KnownRequest request) =>
        FuzzedOperation.All(Cloud).SingleOrDefault(operation => operation.Name == request.Name)
            ?? throw new InvalidOperationException($"requests.json has {request.Name}, which is no operation here.");

    /// <summary>A request whose <c>$Member</c> are what earlier answers had there.</summary>
    public JsonObject Resolved(JsonObject input) => (JsonObject)Resolve(input)!;

    /// <summary>Sends a request, lets everything happen that follows from it, and answers status and body.</summary>
    /// <exception cref="InvalidOperationException">The call does not end, or what followed from it threw.</exception>
    public async Task<(int Status, string Body)> SendAsync(WireRequest request) => Text(await AnswerAsync(request));

    /// <inheritdoc cref="SendAsync"/>
    public async Task<WireResponse> AnswerAsync(WireRequest request)
    {
        var call = Cloud.Gateway.HandleAsync(request, CancellationToken.None);
        for (var waits = 0; !call.IsCompleted; waits++)
        {
            if (waits == LongestWait) throw new InvalidOperationException("The call does not end.");
            await RunReadyAsync();
            // What waits in another thread gets its turn before the clock moves on.
            await Task.WhenAny(call, Task.Run(static () => { }));
            if (clock.NextDue is { } due) clock.AdvanceTo(due);
        }

        await RunReadyAsync();
        return await call;
    }

    private static (int Status, string Body) Text(WireResponse answer) => (answer.Status, Encoding.UTF8.GetString(answer.Body));

    private async Task RunReadyAsync()
    {
        for (var piece = 0; piece < LongestWait && Cloud.Work.Ready.Count > 0; piece++) await Cloud.Work.RunOneAsync(0);
        if (Cloud.Work.Failures is [var failure, ..]) throw new InvalidOperationException("What followed from the call threw.", failure);
    }

    private JsonNode? Resolve(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Resolve(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Resolve)]),
        JsonValue value when value.TryGetValue<string>(out var text) && text.StartsWith('$') && answered.TryGetValue(text[1..], out var known) => known,
        _ => node?.DeepClone(),
    };

    private void Remember(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items) Remember(item);
        }

        foreach (var (name, member) in node as JsonObject ?? [])
        {
            if (member is JsonValue value && value.TryGetValue<string>(out var text))
            {
                answered[name] = text;
                if (text.StartsWith("ou-", StringComparison.Ordinal)) answered["UnitId"] = text;
                if (text.StartsWith("car-", StringComparison.Ordinal)) answered["RequestId"] = text;
            }
            else
            {
                Remember(member);
            }
        }
    }
}
