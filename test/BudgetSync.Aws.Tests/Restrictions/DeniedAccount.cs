using System.Collections.Immutable;
using BudgetSync.Aws.Apply;
using BudgetSync.Aws.Restrictions;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Restrictions;

/// <summary>An account with roles and the policies of a stack that denies, and a person who administers it.</summary>
internal static class DeniedAccount
{
    private const string Trust = """{"Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}""";
    public const string Everything = """{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";
    public const string DenyNewArn = $"arn:aws:iam::{Alpha}:policy/BudgetSync/DenyNew";

    public static readonly RestrictionSettings Given = new(["DenyNew", "DenyAi"], ["Fire"]) { OwnRole = "BudgetSync-Apply" };
    public static readonly DesiredRestriction DenyNew = new("r-000000000001", RestrictionKind.DENY_NEW, Start);

    public static async Task<World> CreateAsync()
    {
        var world = await World.CreateAsync(Alpha);
        foreach (var policy in Given.Policies)
        {
            var deny = policy == "DenyNew" ? "ec2:RunInstances" : "bedrock:*";
            world.Cloud.Iam.PutManagedPolicy(
                Alpha, policy, PolicyDocument.Parse($$"""{"Statement":{"Effect":"Deny","Action":"{{deny}}","Resource":"*"} }"""), "/BudgetSync/");
        }

        world.Cloud.Iam.PutRole(Alpha, Role("developer") with { Path = "/team/" });
        Put(world, "worker");
        Put(world, "Fire");
        world.Cloud.Calls.Clear();
        return world;
    }

    public static async Task<World> AppliedAsync()
    {
        var world = await CreateAsync();
        await RestrictAsync(world, DenyNew);
        await world.Apply(Alpha, restrictions: Given).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None);
        Assert.False(MayRun(world, "developer"));
        return world;
    }

    public static Task RestrictAsync(World world, params DesiredRestriction[] restrictions)
    {
        var read = (ParsedDocument.Read)ParameterDocument.Parse("1000", BudgetSync.Core.AccountId.Parse(Alpha), Defaults);
        return world.HubSetsParameterAsync(Alpha, ParameterDocument.Format(read.Budgets, [.. restrictions]));
    }

    public static RoleDefinition Role(string name) => new(name, PolicyDocument.Parse(Trust))
    {
        Inline = ImmutableDictionary<string, PolicyDocument>.Empty.Add("All", PolicyDocument.Parse(Everything)),
    };

    public static void Put(World world, string name) => world.Cloud.Iam.PutRole(Alpha, Role(name));

    public static bool MayRun(World world, string role) => world.Cloud.Iam.IsAllowed(
        new Caller(Alpha, world.Cloud.Iam.FindRole(Alpha, role)!.Arn, $"arn:aws:sts::{Alpha}:assumed-role/{role}/s"),
        new IamRequest("ec2:RunInstances", $"arn:aws:ec2:us-east-1:{Alpha}:instance/*"));

    /// <summary>Everything that the account's root may, which is a person.</summary>
    public static Task AttachAsync(World world, string role) =>
        world.As(Alpha).Identities.AttachRolePolicyAsync(new() { RoleName = role, PolicyArn = DenyNewArn });

    public static Task DetachAsync(World world, string role) =>
        world.As(Alpha).Identities.DetachRolePolicyAsync(new() { RoleName = role, PolicyArn = DenyNewArn });

    public static Task<Report> ApplyAsync(World world) =>
        world.Apply(Alpha, restrictions: Given).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None);

    /// <summary>Time passes, for AWS and for functions.</summary>
    public static void Later(World world, int seconds)
    {
        world.Clock.Advance(TimeSpan.FromSeconds(seconds));
        CatchUp(world);
    }

    /// <summary>AWS's clock stands while a function waits; then it is as late as there.</summary>
    public static void CatchUp(World world)
    {
        var clock = (VirtualClock)world.Cloud.Time;
        if (world.Clock.GetUtcNow() > clock.GetUtcNow()) clock.AdvanceTo(world.Clock.GetUtcNow());
    }

    public static bool HasDenyNew(World world, string role) => world.Cloud.Iam.FindRole(Alpha, role)!.Definition.ManagedPolicyArns.Contains(DenyNewArn);
}
