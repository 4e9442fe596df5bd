using System.Collections.Immutable;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Tests.Generators;

namespace BudgetSync.Core.Tests.Ai;

/// <summary>Days of an account in which everything happens by chance: spending, people, edits, refusals, steps that are lost.</summary>
public sealed class AiPlanPropertyTests
{
    private static readonly string[] Names = ["BedrockAPIKey-a", "BedrockAPIKey-b", "user/alice", "role/Shared", "person/al@example.com", "root"];

    private static readonly ResponseMode[] Modes = [ResponseMode.WATCH, ResponseMode.CONFIRM, ResponseMode.ARMED, ResponseMode.ARMED];

    private static readonly ImmutableSortedDictionary<string, AiPool> NoPools = ImmutableSortedDictionary.Create<string, AiPool>(StringComparer.Ordinal);

    [Fact]
    public void Nobody_is_called_suspended_who_can_call_and_nobody_is_left_suspended() => Property.ForAllSeeds(random =>
    {
        var account = new AiAccount();
        foreach (var name in Names) account.Has(name, AccessOf(name));
        var spent = Names.ToDictionary(name => name, _ => 0m, StringComparer.Ordinal);
        for (var step = 0; step < 40; step++)
        {
            Happen(account, spent, random);
            // A function may die between what it wrote and what it was about to do.
            var plan = account.Look(carryOut: random.Next(5) > 0);
            Assert.Equal(plan.Steps.Length, plan.Steps.Select(one => one.ToString() + Of(one)).Distinct().Count());
            account.Settle();
            foreach (var record in account.Records.Where(record => record is { Subject: AiSubject.Principal, State: AiState.Suspended { Ends: null } }))
                Assert.False(account.CanCall(record.Subject.Key), record.ToString());
        }

        account.Policy = AiPolicy.Empty;
        account.After(TimeSpan.FromDays(1)).Settle();
        foreach (var lost in Names.Where(name => account.Access[name] is AiAccess.Unattachable)) account.Lose(lost);
        Assert.DoesNotContain(account.Records, record => record.State is AiState.Suspended);
        Assert.All(Names, name => Assert.True(account.CanCall(name), name));
    });

    private static void Happen(AiAccount account, Dictionary<string, decimal> spent, Random random)
    {
        account.After(TimeSpan.FromMinutes(random.Next(1, 90)));
        var name = Names[random.Next(Names.Length)];
        switch (random.Next(10))
        {
            case 0:
                account.Requests.Add(new AiRequest(AiSubject.Parse(name)!, AiRequestKind.Restore, account.Now, "jane", "a slip"));
                break;
            case 1:
                account.Policy = new AiPolicy
                {
                    Default = AiAccount.Armed with
                    {
                        Limit = random.Next(1, 20),
                        Window = random.Next(2) == 0 ? AiWindow.Daily : AiWindow.FiveHours,
                        Mode = Modes[random.Next(Modes.Length)],
                        Shared = random.Next(2) == 0,
                        Rate = random.Next(3) == 0 ? new AiRate(1, null, 60) : null,
                    },
                    Pools = random.Next(2) == 0 ? NoPools : NoPools.Add("some", new AiPool(
                        ["user/*", "BedrockAPIKey-a"],
                        AiAccount.Armed with { Limit = random.Next(1, 20), Mode = Modes[random.Next(Modes.Length)], Window = AiWindow.Daily })),
                };
                break;
            case 2 when account.Access[name] is AiAccess.Keys(var keys) user && account.State(name) == "Suspended":
                account.Has(name, user with { All = [.. keys.Select(key => key with { Active = true })] });
                break;
            case 6:
                var subject = random.Next(2) == 0 ? name : "pool/some";
                account.Requests.Add(new AiRequest(AiSubject.Parse(subject)!, AiRequestKind.Approve, account.Now, "jane", "enough"));
                break;
            case 7:
                account.Requests.Add(new AiRequest(AiSubject.Parse("pool/some")!, AiRequestKind.Restore, account.Now, "jane", "a slip"));
                break;
            // Only one of several keys, or one more: whoever has one that is Active can call.
            case 3 when account.Access[name] is AiAccess.Keys(var keys) user && account.State(name) == "Suspended":
                var one = random.Next(keys.Length + 1);
                EquatableArray<AiKey> all = one == keys.Length
                    ? [.. keys, new AiKey($"{name}{one + 1}", true)]
                    : [.. keys.Select((key, index) => index == one ? key with { Active = true } : key)];
                account.Has(name, user with { All = all });
                break;
            // Somebody gives the policy another version, or makes the stack's the default again.
            case 4:
                foreach (var (key, access) in account.Access.ToList())
                    account.Has(key, access with { Void = access.Void.Length == 0 && random.Next(2) == 0 ? "another text" : "" });
                break;
            case 5 when account.Access[name] is AiAccess.Keys keys && account.State(name) == "Suspended":
                account.Has(name, keys with { Attached = false });
                break;
            case 8 when random.Next(3) == 0:
                account.Lose(random.Next(2) == 0 ? "role/Shared" : "person/al@example.com");
                break;
            default:
                spent[name] += random.Next(0, 900) / 100m;
                break;
        }

        foreach (var (key, amount) in spent) account.Spent(key, amount);
        account.Spent("pool/some", spent["user/alice"] + spent["BedrockAPIKey-a"]);
    }

    private static string Of(AiStep step) => step switch
    {
        AiStep.SetKeys(var principal, _, _) => principal.Name,
        AiStep.SetPolicy(var principal, _) => principal.Name,
        _ => "",
    };

    private static AiAccess AccessOf(string name) =>
        name.StartsWith("Bedrock", StringComparison.Ordinal) ? new AiAccess.Keys([new AiKey(name + "1", true), new AiKey(name + "2", true)])
        : name.StartsWith("person", StringComparison.Ordinal) ? new AiAccess.Person(false)
        : new AiAccess.Policy(false);
}
