using System.Text.Json.Nodes;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Simulation.Tests.Restrictions;

/// <summary>Our own policies as people attach and detach them, and which attachment is whose.</summary>
internal sealed class PersonalAttachments(RestrictedWorld world)
{
    /// <summary>A run that read what is attached before a person attached it may write it down as its own after that.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(15);

    private readonly Dictionary<Attachment, DateTimeOffset> personal = [];
    private readonly HashSet<Attachment> unknown = [];
    private readonly HashSet<Attachment> ours = [];
    private readonly Dictionary<(string Account, string Policy), List<DateTimeOffset>> listings = [];

    /// <summary>How many people have made.</summary>
    public int Count { get; private set; }

    /// <summary>A person attached it, where nothing of ours was, and nobody but a person may take it away.</summary>
    public bool IsPersonal(Attachment attachment) => personal.ContainsKey(attachment);

    /// <summary>A person attached it before Apply had a journal: by what the hub asks for, it may count as ours.</summary>
    public bool IsUnknown(Attachment attachment) => unknown.Contains(attachment);

    /// <summary>Whether a call of ours was made to attach it.</summary>
    public bool WasOurs(Attachment attachment) => ours.Contains(attachment) || unknown.Contains(attachment);

    /// <summary>A person attaches or detaches it.</summary>
    public void Change(Attachment attachment, bool attaches)
    {
        var wasAttached = IsAttached(attachment);
        var isWrittenDown = Journal(attachment.Account) is { } journal ? journal.Entries.Contains(EntryOf(attachment)) : (bool?)null;
        var noun = attachment.IsUser ? "User" : "Role";
        var input = new JsonObject { [$"{noun}Name"] = attachment.Name, ["PolicyArn"] = attachment.Arn };
        var iam = world.Cloud.Gateway.Services.Single(service => service.SigningName == "iam");
        if (world.Manual.Try(iam, attachment.Account, $"{(attaches ? "Attach" : "Detach")}{noun}Policy", input) is null) return;
        if (!attaches)
        {
            personal.Remove(attachment);
            unknown.Remove(attachment);
        }
        else if (!wasAttached && isWrittenDown is null)
        {
            unknown.Add(attachment);
        }
        else if (!wasAttached && isWrittenDown == false)
        {
            personal[attachment] = world.Clock.GetUtcNow();
            Count++;
            world.Journal.Write($"{attachment} is a person's");
        }
    }

    /// <summary>Somebody deleted the journal: what people attached may count as ours from then on, where the hub asks for it, or as nobody's.</summary>
    public void Lost(string account)
    {
        foreach (var attachment in personal.Keys.Where(one => one.Account == account).ToList())
        {
            personal.Remove(attachment);
            unknown.Add(attachment);
        }
    }

    public void Attached(Attachment attachment) => ours.Add(attachment);

    /// <summary>A run of Apply reads what is attached.</summary>
    public void Listed(string account, string policy)
    {
        if (!listings.TryGetValue((account, policy), out var times)) listings[(account, policy)] = times = [];
        times.Add(world.Clock.GetUtcNow());
    }

    /// <summary>A run of Apply writes down what it attaches: what it found free before a person came is its own.</summary>
    public void Written(string account, string text)
    {
        var entries = OwnJournal.EntriesOf([text]);
        foreach (var (attachment, at) in personal.Where(one => one.Key.Account == account && entries.Contains(EntryOf(one.Key))).ToList())
        {
            var times = listings.GetValueOrDefault((account, attachment.Policy)) ?? [];
            if (times.Exists(time => time <= at && world.Clock.GetUtcNow() - time < LongestRun)) personal.Remove(attachment);
        }
    }

    public bool IsAttached(Attachment attachment) => attachment.IsUser
        ? world.Cloud.Iam.FindUser(attachment.Account, attachment.Name)!.ManagedPolicyArns.Contains(attachment.Arn)
        : world.Cloud.Iam.FindRole(attachment.Account, attachment.Name)!.Definition.ManagedPolicyArns.Contains(attachment.Arn);

    public string EntryOf(Attachment attachment)
    {
        // They were set up with the world.
        var id = attachment.IsUser
            ? world.Cloud.Iam.FindUser(attachment.Account, attachment.Name)!.Id
            : world.Cloud.Iam.FindRole(attachment.Account, attachment.Name)!.Id;
        return DenyJournal.EntryOf(attachment.Policy, new Principal(attachment.IsUser, attachment.Name) { Id = id });
    }

    /// <summary>What Apply wrote last; null where it never did. So few attachments are one page.</summary>
    public OwnJournal? Journal(string account)
    {
        var asked = new JsonObject { ["Name"] = DenyJournal.ParameterName };
        // By the role that not even a quarantine binds; what looks at the world meets no fault.
        var rate = world.Faults.CallRate;
        world.Faults.CallRate = 0;
        JsonObject answer;
        try
        {
            answer = world.Manual.Ask(world.Cloud.Ssm, RestrictedWorld.AccessRole(account), "GetParameter", asked);
        }
        catch (AwsException none) when (none.Code == "ParameterNotFound")
        {
            return null;
        }
        finally
        {
            world.Faults.CallRate = rate;
        }

        var journal = OwnJournal.Read([answer["Parameter"]!["Value"]!.ToString()]);
        return journal.WrittenAt is null ? null : journal;
    }
}
