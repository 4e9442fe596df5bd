using System.Collections.Immutable;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Tests.Ai;

/// <summary>One account with an IAM of its own: what a plan asks for is carried out, and it is asked again until nothing is left to do.</summary>
internal sealed class AiAccount
{
    public static readonly AccountId Id = AccountId.Parse("111122223333");

    public static readonly AiBudget Armed = AiBudget.Default with { Mode = ResponseMode.ARMED };

    private readonly Dictionary<string, AiAccess> access = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AiRecord> records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AiTotal> totals = new(StringComparer.Ordinal);

    public DateTimeOffset Now { get; set; } = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    public AiPolicy Policy { get; set; } = new() { Default = Armed };

    public List<AiRequest> Requests { get; } = [];

    public Dictionary<string, EquatableArray<string>> Refusals { get; } = new(StringComparer.Ordinal);

    public HashSet<string> SureRefusals { get; } = new(StringComparer.Ordinal);

    public bool AccountDenied { get; set; }

    /// <summary>All that was told, oldest first.</summary>
    public List<AiNotice> Told { get; } = [];

    public IReadOnlyDictionary<string, AiAccess> Access => access;

    public IEnumerable<AiRecord> Records => records.Values;

    public AiFacts Facts => new(Id, Policy with { Requests = [.. Requests], AccountDenied = AccountDenied }, Now)
    {
        Totals = [.. totals.Values],
        Records = [.. records.Values],
        Access = access.ToImmutableDictionary(StringComparer.Ordinal),
        Refusals = Refusals.ToImmutableDictionary(StringComparer.Ordinal),
        SureRefusals = SureRefusals.ToImmutableHashSet(StringComparer.Ordinal),
    };

    public AiAccount Has(string principal, AiAccess of)
    {
        access[principal] = of;
        return this;
    }

    /// <summary>What it has spent in the window that is now.</summary>
    public AiAccount Spent(string subject, decimal dollars, params AiMinute[] minutes)
    {
        var of = AiSubject.Parse(subject)!; // Tests name subjects.
        var window = (Policy.BudgetOf(of) ?? AiBudget.Default).Window.Of(Now);
        totals[subject] = new AiTotal(of, window, dollars) { Calls = 3, Mostly = "amazon.nova-pro-v1:0 in us-east-1", Minutes = [.. minutes] };
        return this;
    }

    public AiAccount After(TimeSpan time)
    {
        Now += time;
        return this;
    }

    /// <summary>Decides once: records are kept, then steps are taken.</summary>
    public AiPlan Look(bool carryOut = true)
    {
        var plan = AiPlan.Of(Facts);
        foreach (var record in plan.Records) records[record.Subject.Key] = record;
        Told.AddRange(plan.Notices);
        if (carryOut)
            foreach (var step in plan.Steps) Take(step);
        return plan;
    }

    /// <summary>Looks until nothing is left to do.</summary>
    public AiAccount Settle()
    {
        for (var round = 0; round < 6; round++)
        {
            if (Look().IsEmpty) return this;
        }

        Assert.Fail("the plan does not come to rest");
        return this;
    }

    public AiRecord Record(string subject) =>
        records.GetValueOrDefault(subject) ?? new AiRecord(AiSubject.Parse(subject)!, default, new AiState.Active()); // Tests name subjects.

    public string State(string subject) => Record(subject).State.Name;

    public AiAccount Forget(string subject)
    {
        records.Remove(subject);
        return this;
    }

    /// <summary>True: it can call a model.</summary>
    public bool CanCall(string principal) => access[principal] switch
    {
        { Void.Length: > 0 } => true,
        AiAccess.Keys(var all) user => !user.Attached || all.Any(key => key.Active),
        AiAccess.Policy(var attached) => !attached,
        AiAccess.Person person => !person.Denied || !person.Without.IsEmpty,
        _ => true,
    };

    /// <summary>IAM gives no way to suspend a role or a person any more, or does again; what binds it stays.</summary>
    public AiAccount Lose(string principal) => Has(principal, access[principal] switch
    {
        AiAccess.Policy(var attached) => new AiAccess.Unattachable("exempt") { Bound = attached },
        AiAccess.Person(var denied) => new AiAccess.Unattachable("no permission sets") { Bound = denied },
        AiAccess.Unattachable { Bound: var bound } when principal.StartsWith("person/", StringComparison.Ordinal) => new AiAccess.Person(bound),
        AiAccess.Unattachable { Bound: var bound } => new AiAccess.Policy(bound),
        var other => other,
    });

    private void Take(AiStep step)
    {
        switch (step)
        {
            case AiStep.SetKeys(var of, var ids, var active):
                var keys = (AiAccess.Keys)access[of.Name];
                access[of.Name] = keys with { All = [.. keys.All.Select(key => ids.Contains(key.Id) ? key with { Active = active } : key)] };
                break;
            case AiStep.SetPolicy(var of, var attached):
                access[of.Name] = access[of.Name] switch
                {
                    AiAccess.Keys user => user with { Attached = attached },
                    AiAccess.Policy policy => policy with { Attached = attached },
                    AiAccess.Unattachable lost => lost with { Bound = attached },
                    var other => other,
                };
                break;
            case AiStep.SetPeople(var denied):
                foreach (var name in access.Keys.Where(name => name.StartsWith("person/", StringComparison.Ordinal)).ToList())
                {
                    access[name] = access[name] switch
                    {
                        AiAccess.Person person => person with { Denied = denied.Contains(name) },
                        AiAccess.Unattachable lost => lost with { Bound = denied.Contains(name) },
                        var other => other,
                    };
                }

                break;
            default:
                throw new InvalidOperationException($"{step.GetType()} is no case of AiStep.");
        }
    }
}
