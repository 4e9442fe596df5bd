using System.Text.Json.Nodes;
using BudgetSync.Aws.Respond;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Simulation.Tests.Metering;

/// <summary>What people do: call models, write rows, approve and restore, suspend and free by hand; and what a log does: tell twice, and nonsense.</summary>
internal sealed class MeteringEdits(MeteredWorld world, Random random)
{
    private const string Jane = "arn:aws:iam::999999999999:user/jane";

    public void Make()
    {
        var account = Pick(MeteredWorld.Accounts);
        switch (random.Next(16))
        {
            case 0 or 1:
                world.PutRow(account, Said(Pick(["DAILY", "5h"])) with { IsWrong = random.Next(4) == 0 });
                break;
            case 2:
                Tell(account);
                break;
            case 3 or 4:
                Ask(account);
                break;
            case 5 or 6:
                Hold(account);
                break;
            case 7 when random.Next(2) == 0:
                world.Cloud.Iam.CreateCredential(world.Cloud.Iam.FindUser(account, MeteredWorld.KeyUser)!); // Set up with the world.
                world.Guard.FindKeys(account);
                world.Journal.Write($"a person makes another key in {account}");
                break;
            case 8 when random.Next(3) == 0:
                Throw(random.Next(2) == 0);
                break;
            default:
                for (var calls = random.Next(1, 5); calls > 0; calls--) Call(account, Pick(MeteredWorld.Principals));
                break;
        }
    }

    /// <summary>A person throws the kill switch, or puts it back.</summary>
    public void Throw(bool armed) => world.Manual.Try(world.Cloud.Ssm, MeteredWorld.Management, "PutParameter", new JsonObject
    {
        ["Name"] = ArmedSwitch.ParameterName,
        ["Value"] = armed ? "true" : "false",
        ["Type"] = "String",
        ["Overwrite"] = true,
    });

    /// <summary>Who cannot call is denied, except now and then: a call may have begun before.</summary>
    public void Call(string account, string principal)
    {
        var keys = world.Guard.Of(account).Where(one => one.Principal == MeteredWorld.KeyUser).ToList();
        world.Call(
            account,
            principal,
            random.Next(5) == 0 ? "vendor.model-of-next-year-v1:0" : MeteredWorld.Model,
            random.Next(1, 900_000),
            principal == MeteredWorld.KeyUser ? keys[random.Next(keys.Count)].Name : null,
            random.Next(20) == 0,
            random.Next(12) > 0);
    }

    public SaidModels Said(string window) => new(
        new SaidBudget(random.Next(1, 4), window, Pick(["WATCH", "CONFIRM", "ARMED", "ARMED", "ARMED"]))
        {
            GraceMinutes = Pick([0, 5, 30]),
            Shared = random.Next(3) > 0,
            Rpm = random.Next(4) == 0 ? random.Next(1, 6) : null,
        },
        random.Next(3) == 0 ? new SaidBudget(random.Next(1, 3), window, Pick(["WATCH", "ARMED"])) { GraceMinutes = Pick([0, 5]) } : null,
        random.Next(3) == 0 ? new SaidBudget(random.Next(2, 5), window, Pick(["WATCH", "CONFIRM", "ARMED", "ARMED"])) : null)
    {
        Snoozed = random.Next(8) == 0,
    };

    /// <summary>The log tells of a call once more, or what is no call of this account.</summary>
    private void Tell(string account)
    {
        var known = world.Calls.All.Where(call => call.Account == account && call.Record.Length > 0).ToList();
        if (known.Count == 0 || random.Next(4) == 0)
            world.Write(account, $$"""{"schemaType":"ModelInvocationLog","accountId":"444444444444","requestId":"foreign-{{random.Next()}}"}""");
        else world.Write(account, known[random.Next(known.Count)].Record);
    }

    private void Ask(string account)
    {
        if (world.Row(account)?.Ai?.Lines.Items is not { IsEmpty: false } lines) return;
        var (subject, now) = (lines[random.Next(lines.Length)].Subject, world.Now);
        var kind = random.Next(2) == 0 ? AiRequestKind.Restore : AiRequestKind.Approve;
        world.Journal.Write($"jane asks to {kind} {subject.Key} of {account}");
        if (kind == AiRequestKind.Approve) world.Guard.Approved.Add((account, subject.Key));
        world.Say(account, row => StatusChange.AiAsked(row, new AiRequest(subject, kind, now, Jane, "a slip"), now));
    }

    /// <summary>A person sets a key Inactive or Active, or attaches or detaches the policy.</summary>
    private void Hold(string account)
    {
        var holding = Pick([.. world.Guard.Of(account)]);
        var taken = world.Guard.IsTaken(holding);
        if (holding.Name != MeteringGuard.Policy)
        {
            world.Cloud.Iam.SetCredential(account, null, holding.Name, taken ? "Active" : "Inactive");
            world.Journal.Write($"a person sets key {holding.Name} of {account} {(taken ? "Active" : "Inactive")}");
        }
        else if (holding.Principal.StartsWith("person/", StringComparison.Ordinal))
        {
            world.Name(holding.Account, holding.Principal["person/".Length..], !taken);
        }
        else
        {
            var iam = world.Cloud.Gateway.Services.Single(service => service.SigningName == "iam");
            var (kind, name) = holding.Principal.Split('/') is ["role", var role] ? ("Role", role) : ("User", holding.Principal.Split('/')[1]);
            world.Manual.Try(iam, account, $"{(taken ? "Detach" : "Attach")}{kind}Policy", new JsonObject
            {
                [$"{kind}Name"] = name,
                ["PolicyArn"] = MeteredWorld.PolicyArn(account),
            });
        }

        world.Guard.ByHand(holding);
    }

    private T Pick<T>(T[] of) => of[random.Next(of.Length)];
}
