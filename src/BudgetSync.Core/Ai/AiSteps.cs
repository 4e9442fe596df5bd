using System.Collections.Immutable;

namespace BudgetSync.Core.Ai;

/// <summary>What is to be done in IAM so that it is as the records ask.</summary>
internal static class AiSteps
{
    /// <summary>IAM's quota for a managed policy is 6,144 characters without white space; what is not names takes some of them.</summary>
    public const int PeopleCharacters = 5_600;

    private const int CharactersAround = 5;

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
                case AiAccess.Keys(var all) when begins && Ids(all, key => key.Active) is { IsEmpty: false } ids:
                    suspend.Add(new AiStep.SetKeys(principal, ids, Active: false));
                    taken[one.Subject.Key] = one.After.Taken.Items.Union(ids.Items);
                    break;
                case AiAccess.Keys(var all) when one.After.State.AsksForRestoration
                    && Ids(all, key => !key.Active && one.After.Taken.Contains(key.Id)) is { IsEmpty: false } ids:
                    restore.Add(new AiStep.SetKeys(principal, ids, Active: true));
                    break;
                case AiAccess.Policy(false) when begins:
                    suspend.Add(new AiStep.SetPolicy(principal, Attached: true));
                    taken[one.Subject.Key] = [AiRecord.Policy];
                    break;
                case AiAccess.Policy(true) when one.After.State.AsksForRestoration:
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

    /// <summary>One policy names all of them, also whom others put there.</summary>
    private static AiStep.SetPeople? People(
        IReadOnlyList<AiBudgetFacts> principals,
        ImmutableDictionary<string, EquatableSet<string>>.Builder taken,
        ImmutableDictionary<string, string>.Builder full)
    {
        var people = principals.Where(one => one.Access is AiAccess.Person).ToList();
        var now = people.Where(one => one.Access is AiAccess.Person(true)).Select(one => one.Subject.Key).ToImmutableSortedSet(StringComparer.Ordinal);
        var then = now.Except(people.Where(one => one.After.State.AsksForRestoration).Select(one => one.Subject.Key));
        foreach (var one in people.Where(one => one.Access is AiAccess.Person(false) && taken.ContainsKey(one.Subject.Key)))
        {
            if (then.Sum(name => name.Length + CharactersAround) + one.Subject.Key.Length + CharactersAround <= PeopleCharacters)
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
