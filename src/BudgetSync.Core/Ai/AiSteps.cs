using System.Collections.Immutable;

namespace BudgetSync.Core.Ai;

/// <summary>What is to be done in IAM so that it is as the records ask.</summary>
internal static class AiSteps
{
    /// <summary>IAM's quota for a managed policy is 6,144 characters without white space; what is not names takes some of them.</summary>
    public const int PeopleCharacters = 5_600;

    private const int CharactersAround = 5;

    /// <summary>What a name takes of <see cref="PeopleCharacters"/>.</summary>
    public static int CharactersOf(string name) => name.Length + CharactersAround;

    private const string NoRoom = "the policy of suspended people has no room for one more";

    /// <returns>The steps, what is taken by them, to be written before them, and who finds no room and why, both by subject.</returns>
    public static (ImmutableArray<AiStep> Steps, ImmutableDictionary<string, EquatableSet<string>> Taken, ImmutableDictionary<string, string> Full) Of(
        IReadOnlyList<AiBudgetFacts> principals, ImmutableDictionary<string, string> held, AiFacts facts)
    {
        var (restore, suspend) = (ImmutableArray.CreateBuilder<AiStep>(), ImmutableArray.CreateBuilder<AiStep>());
        var taken = ImmutableDictionary.CreateBuilder<string, EquatableSet<string>>(StringComparer.Ordinal);
        foreach (var one in principals)
        {
            if (one.Principal is not { } principal) continue;
            var begins = one.After.State.AsksForSuspension(facts.Now) && !held.ContainsKey(one.Subject.Key);
            switch (one.Access)
            {
                case AiAccess.Keys keys when begins:
                    suspend.AddRange(Taking(principal, keys));
                    if (Free(keys) is { IsEmpty: false } free) taken[one.Subject.Key] = one.After.Taken.Items.Union(free);
                    break;
                case AiAccess.Keys keys when one.After.State.AsksForRestoration:
                    restore.AddRange(Giving(principal, keys, one.After.Taken));
                    break;
                case AiAccess.Policy(false) when begins:
                    suspend.Add(new AiStep.SetPolicy(principal, Attached: true));
                    taken[one.Subject.Key] = [AiRecord.Policy];
                    break;
                case AiAccess.Policy(true) when one.After.State.AsksForRestoration:
                    restore.Add(new AiStep.SetPolicy(principal, Attached: false));
                    break;
                case AiAccess.Unattachable { Bound: true } when one.After.State.AsksForRestoration && principal.Kind != AiPrincipalKind.Person:
                    restore.Add(new AiStep.SetPolicy(principal, Attached: false));
                    break;
                case AiAccess.Person(false) when begins:
                    taken[one.Subject.Key] = [AiRecord.Policy];
                    break;
                default:
                    break;
            }
        }

        var full = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (People(principals, taken, full) is { } people) suspend.Insert(0, people);
        return ([.. restore, .. suspend], taken.ToImmutable(), full.ToImmutable());
    }

    private static IEnumerable<AiStep> Taking(AiPrincipal principal, AiAccess.Keys keys)
    {
        if (Ids(keys.All, key => key.Active) is { IsEmpty: false } ids) yield return new AiStep.SetKeys(principal, ids, Active: false);
        if (!keys.Attached) yield return new AiStep.SetPolicy(principal, Attached: true);
    }

    private static IEnumerable<AiStep> Giving(AiPrincipal principal, AiAccess.Keys keys, EquatableSet<string> taken)
    {
        var ids = Ids(keys.All, key => !key.Active && taken.Contains(key.Id));
        if (!ids.IsEmpty) yield return new AiStep.SetKeys(principal, ids, Active: true);
        if (keys.Attached && taken.Contains(AiRecord.Policy)) yield return new AiStep.SetPolicy(principal, Attached: false);
    }

    /// <summary>What of its access is still to be taken.</summary>
    private static ImmutableSortedSet<string> Free(AiAccess.Keys keys)
    {
        var ids = Ids(keys.All, key => key.Active).Items;
        return keys.Attached ? ids : ids.Add(AiRecord.Policy);
    }

    /// <summary>One policy names all of them, also whom others put there.</summary>
    private static AiStep.SetPeople? People(
        IReadOnlyList<AiBudgetFacts> principals,
        ImmutableDictionary<string, EquatableSet<string>>.Builder taken,
        ImmutableDictionary<string, string>.Builder full)
    {
        var people = principals.Where(one => one.Principal?.Kind == AiPrincipalKind.Person).ToList();
        var now = people.Where(one => one.Access is AiAccess.Person(true) or AiAccess.Unattachable { Bound: true })
            .Select(one => one.Subject.Key).ToImmutableSortedSet(StringComparer.Ordinal);
        var then = now.Except(people.Where(one => one.After.State.AsksForRestoration).Select(one => one.Subject.Key));
        foreach (var one in people.Where(one => one.Access is AiAccess.Person(false) && taken.ContainsKey(one.Subject.Key)))
        {
            if (then.Sum(CharactersOf) + CharactersOf(one.Subject.Key) <= PeopleCharacters)
            {
                then = then.Add(one.Subject.Key);
            }
            else
            {
                taken.Remove(one.Subject.Key);
                full.Add(one.Subject.Key, NoRoom);
            }
        }

        return then.SetEquals(now) ? null : new AiStep.SetPeople(then);
    }

    private static EquatableSet<string> Ids(EquatableArray<AiKey> keys, Func<AiKey, bool> which) =>
        keys.Where(which).Select(key => key.Id).ToImmutableSortedSet(StringComparer.Ordinal);
}
