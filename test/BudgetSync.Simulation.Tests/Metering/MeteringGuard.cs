using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Core.Ai;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Simulation.Tests.Metering;

/// <summary>
/// What is true at every moment, whatever goes wrong: looked at after each piece of work. Who changed IAM is known because people's hands are told of.
/// </summary>
internal sealed class MeteringGuard
{
    public const string Policy = "policy";

    /// <summary>A run of Meter lasts five minutes at most, and IAM may have told it what was a minute before.</summary>
    private static readonly TimeSpan RunLasts = TimeSpan.FromMinutes(6);

    private static readonly HashSet<string> OurFault =
        ["ValidationException", "ValidationError", "InvalidParameterException", "AccessDeniedException", "AccessDenied", "MalformedPolicyDocument"];

    private readonly MeteredWorld world;
    private readonly List<string> violations = [];
    private readonly List<Holding> holdings = [];
    private readonly Dictionary<(string Account, string Subject), KnownState> states = [];
    private readonly Dictionary<(string Account, string Principal), DateTimeOffset> inForce = [];

    /// <summary>Accounts whose parameter says that nothing begins, since when.</summary>
    private readonly Dictionary<string, DateTimeOffset> stopped = new(StringComparer.Ordinal);

    public MeteringGuard(MeteredWorld world)
    {
        this.world = world;
        foreach (var account in MeteredWorld.Accounts)
        {
            holdings.AddRange(MeteredWorld.Principals.Where(principal => principal != MeteredWorld.KeyUser)
                .Select(principal => new Holding(account, principal, Policy)));
            FindKeys(account);
        }
    }

    /// <summary>What has happened that may not, first things first.</summary>
    public IReadOnlyList<string> Violations => violations;

    public IEnumerable<Holding> Of(string account) => holdings.Where(one => one.Account == account);

    /// <summary>The stacks go: what is attached of their policies, by whomever, must go before them.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Suspensions of ours that began.</summary>
    public int Begun { get; private set; }

    /// <summary>Who was approved by a person, ever.</summary>
    public HashSet<(string Account, string Subject)> Approved { get; } = [];

    public AiState StateOf(string account, string subject) =>
        states.TryGetValue((account, subject), out var known) ? known.State : new AiState.Active();

    /// <summary>A key that people made.</summary>
    public void FindKeys(string account)
    {
        foreach (var id in KeysOf(account).Where(id => holdings.TrueForAll(one => one.Name != id || one.Account != account)))
            holdings.Add(new(account, MeteredWorld.KeyUser, id));
    }

    /// <summary>A person changed it just now.</summary>
    public void ByHand(Holding holding)
    {
        holding.ByHandAt = world.Now;
        if (!IsTaken(holding))
        {
            holding.By = Taker.Nobody;
            return;
        }

        if (holding.By != Taker.Nobody) return;
        var claimed = states.TryGetValue((holding.Account, holding.Principal), out var known) && known.Taken.Contains(holding.Name);
        var isUnderWay = world.Driver.IsBusy(holding.Account) || world.Faults.HasStraggler(holding.Account) || world.Now - holding.GivenBackAt < RunLasts;
        holding.By = claimed || isUnderWay ? Taker.Either : Taker.People;
    }

    public void Look(IReadOnlyList<LoggedCall> calls)
    {
        foreach (var logged in calls.Where(logged => !logged.Call.Caller.IsRoot)) Check(logged);
        foreach (var holding in holdings) Check(holding);
        var touched = calls.Where(logged => logged.Call is { Service: "dynamodb", Caller.IsRoot: false }).Select(logged => logged.Call.AccountId).Distinct();
        foreach (var account in touched)
        {
            if (!MeteredWorld.Accounts.Contains(account) || world.Cloud.Lambda.FindFunction(account, "BudgetSync-Meter") is null) continue;
            foreach (var item in world.Items(account, "S#").Where(item => item.ContainsKey("Detail"))) CheckState(account, item);
            var (counted, cost, _, _) = Counted(account);
            var delivered = world.Calls.All.Where(call => call.Account == account && call.IsDelivered).ToList();
            if (counted > delivered.Count) Wrong($"nothing is counted twice: {counted} calls are counted of {delivered.Count} in {account}");
            if (cost > delivered.Sum(call => call.Cost ?? 0)) Wrong($"nothing is counted twice: {cost} USD are counted in {account}");
        }
    }

    /// <summary>Calls, USD, calls without a price and calls without counted tokens that the table has.</summary>
    public (long Calls, decimal Cost, long Unpriced, long Uncounted) Counted(string account)
    {
        var (calls, cost, unpriced, uncounted) = (0L, 0m, 0L, 0L);
        var (first, last) = (Worlds.SimulatedWorld.Start.UtcDateTime.Date, world.Now.UtcDateTime.Date);
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            foreach (var item in world.Items(account, string.Create(CultureInfo.InvariantCulture, $"D#{day:yyyy-MM-dd}")))
            {
                (calls, cost) = (calls + (long)Number(item, "Calls"), cost + Number(item, "Cost"));
                (unpriced, uncounted) = (unpriced + (long)Number(item, "Unpriced"), uncounted + (long)Number(item, "Uncounted"));
            }
        }

        return (calls, cost, unpriced, uncounted);
    }

    /// <summary>True: the principal cannot call a model.</summary>
    public bool IsInForce(string account, string principal) => principal == MeteredWorld.KeyUser
        ? Of(account).Where(one => one.Principal == principal).All(IsTaken)
        : IsTaken(Of(account).Single(one => one.Principal == principal));

    public bool IsTaken(Holding holding)
    {
        var iam = world.Cloud.Iam;
        if (holding.Name != Policy) return iam.FindCredential(holding.Account, holding.Name)?.Status == "Inactive";
        var name = holding.Principal[(holding.Principal.IndexOf('/', StringComparison.Ordinal) + 1)..];
        if (holding.Principal.StartsWith("person/", StringComparison.Ordinal))
            return iam.FindManagedPolicy(MeteredWorld.PeopleArn(holding.Account))?.Json.Contains($"\"*:{name}\"", StringComparison.Ordinal) == true;
        var arns = holding.Principal.StartsWith("role/", StringComparison.Ordinal)
            ? iam.FindRole(holding.Account, name)!.Definition.ManagedPolicyArns // Set up with the world, as the user is.
            : iam.FindUser(holding.Account, name)!.ManagedPolicyArns;
        return arns.Contains(MeteredWorld.PolicyArn(holding.Account));
    }

    private static decimal Number(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value) ? decimal.Parse(value.N, CultureInfo.InvariantCulture) : 0;

    private IEnumerable<string> KeysOf(string account)
    {
        var iam = world.Cloud.Gateway.Services.Single(service => service.SigningName == "iam");
        var asked = new System.Text.Json.Nodes.JsonObject { ["UserName"] = MeteredWorld.KeyUser, ["ServiceName"] = "bedrock.amazonaws.com" };
        return world.Manual.Ask(iam, account, "ListServiceSpecificCredentials", asked)["ServiceSpecificCredentials"]!.AsArray()
            .Select(one => one!["ServiceSpecificCredentialId"]!.ToString());
    }

    private void Check(LoggedCall logged)
    {
        var call = logged.Call;
        var isMeter = call.Caller.PrincipalArn.EndsWith("role/BudgetSync-Meter", StringComparison.Ordinal);
        if (isMeter && logged.ErrorCode is { } code && OurFault.Contains(code))
            Wrong($"AWS refuses Meter nothing for its form or its permissions: {call.Service}:{call.Operation} {code} {call.Input.ToJsonString()}");
        if (call is { Service: "ssm", Operation: "PutParameter" } && logged.ErrorCode is null)
        {
            if (call.Input["Value"]?.ToString().Contains("\"Stopped\":true", StringComparison.Ordinal) != true) stopped.Remove(call.AccountId);
            else stopped.TryAdd(call.AccountId, world.Now);
        }

        if (call.AccountId != MeteredWorld.Foreign || call.Service != "bedrock") return;
        if (call.Operation is "PutModelInvocationLoggingConfiguration" or "DeleteModelInvocationLoggingConfiguration")
            Wrong($"a foreign logging configuration is never written: {call.Operation}");
        if (world.Cloud.Bedrock.LoggingOf(MeteredWorld.Foreign)?.ToJsonString() != world.TeamLogging)
            Wrong("a foreign logging configuration is byte for byte what it was");
    }

    private void Check(Holding holding)
    {
        var taken = IsTaken(holding);
        if (IsInForce(holding.Account, holding.Principal)) inForce[(holding.Account, holding.Principal)] = world.Now;
        if (taken && holding.By == Taker.Nobody)
        {
            holding.By = Taker.BudgetSync;
            Begun++;
            // What had begun is made so again, with keys that came meanwhile.
            var isAnew = !states.TryGetValue((holding.Account, holding.Principal), out var known) || known.Taken.Count == 0;
            if (isAnew && stopped.TryGetValue(holding.Account, out var since) && world.Now - since > RunLasts)
                Wrong($"nothing begins while the kill switch is thrown: {holding.Principal} of {holding.Account}");
            if (!MayBeDue(holding.Account, holding.Principal))
                Wrong($"nobody is suspended who has not spent a limit at known prices: {holding.Principal} of {holding.Account}");
        }
        else if (!taken && holding.By != Taker.Nobody)
        {
            // One text names all people: who writes another version a moment after a person did has not read what he wrote.
            var isOverwritten = holding.Principal.StartsWith("person/", StringComparison.Ordinal) && world.Now - holding.ByHandAt < RunLasts;
            if (holding.By == Taker.People && !(IsLeaving && holding.Name == Policy) && !isOverwritten)
                Wrong($"a suspension that others made is left alone: {holding.Name} of {holding.Principal} in {holding.Account}");
            (holding.By, holding.GivenBackAt) = (Taker.Nobody, world.Now);
        }
    }

    private void CheckState(string account, Dictionary<string, AttributeValue> item)
    {
        using var detail = JsonDocument.Parse(item["Detail"].S);
        var (subject, state) = (item["Subject"].S, AiStateJson.Read(detail.RootElement));
        var taken = item.TryGetValue("Taken", out var names) ? names.SS ?? [.. names.L.Select(name => name.S)] : [];
        var before = states.GetValueOrDefault((account, subject));
        if (before is not null && before.State == state && before.Taken.SetEquals(taken)) return;
        states[(account, subject)] = new KnownState(state, [.. taken]);
        if (!MeteredWorld.Principals.Contains(subject)) return;
        if (before?.State.Name != state.Name) world.Journal.Write($"  {subject} of {account} is {state}");
        foreach (var name in taken.Where(name => before?.Taken.Contains(name) != true))
        {
            if (Of(account).SingleOrDefault(one => one.Principal == subject && one.Name == name) is not { By: Taker.People } theirs) continue;
            if (world.Now - theirs.ByHandAt > RunLasts + RunLasts) Wrong($"what others took is not called ours: {name} of {subject} in {account}");
            else theirs.By = Taker.Either;
        }

        if (state is not AiState.Suspended { Ends: null } || before?.State is AiState.Suspended { Ends: null }) return;
        if (!inForce.TryGetValue((account, subject), out var at) || world.Now - at > RunLasts)
            Wrong($"nobody is marked Suspended whose suspension is not in force: {subject} of {account}");
        if (Of(account).Where(one => one.Principal == subject).All(one => one.By == Taker.People))
            Wrong($"nobody is marked Suspended whom only others suspended: {subject} of {account}");
    }

    /// <summary>Whether any row that there ever was could ask for it now: what is under way may be of an earlier one.</summary>
    private bool MayBeDue(string account, string principal) => world.Said[account].Exists(said =>
    {
        var own = said.Of(principal);
        if (principal.StartsWith("role/", StringComparison.Ordinal) && !own.Shared) return false;
        return Over(own, principal, one => one == principal)
            || (said.Pool is { } pool && SaidModels.IsInPool(principal) && IsAsked(pool) && Over(pool, "pool/roles", SaidModels.IsInPool));

        // Whose own row says CONFIRM is suspended by an armed pool when a person has approved that.
        bool IsAsked(SaidBudget pool) => own.Mode != "CONFIRM" || pool.Mode == "CONFIRM" || Approved.Contains((account, principal));

        bool Over(SaidBudget budget, string subject, Func<string, bool> who)
        {
            if (budget.Mode == "WATCH" || (budget.Mode == "CONFIRM" && !Approved.Contains((account, subject)))) return false;
            // A window may have turned while a run was under way.
            return world.Calls.Spent(account, who, budget.Start(world.Now - RunLasts), delivered: false) >= budget.Limit
                || (budget.Rpm is { } calls && world.Calls.All.Count(call => call.Account == account && who(call.Principal)
                    && world.Now - call.At < TimeSpan.FromHours(2)) > calls);
        }
    });

    private void Wrong(string rule)
    {
        violations.Add(rule);
        world.Journal.Write($"  VIOLATION {rule}");
    }

    private sealed record KnownState(AiState State, HashSet<string> Taken);
}
