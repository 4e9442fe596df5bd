using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Organizations;

/// <summary>AWS Organizations: one organization with its tree of units and accounts. Which accounts exist is said here.</summary>
public sealed partial class OrganizationsService : AwsService
{
    private readonly LocalCloud cloud;
    private readonly OrganizationTree tree;
    private readonly PolicyAttachments policies;
    private readonly Dictionary<string, Func<AwsCall, IEnumerable<IamRequest>>> needs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccountCreation> creations = new(StringComparer.Ordinal);
    private readonly HashSet<string> departed = new(StringComparer.Ordinal);
    private int nextUnit;
    private long nextCreation = 1;
    private long nextAccount = 700_000_000_000;

    internal OrganizationsService(LocalCloud cloud)
        : base("organizations", WireProtocol.Json11, "AWSOrganizationsV20161128")
    {
        this.cloud = cloud;
        tree = new OrganizationTree(cloud.Options.OrganizationId, RootId);
        policies = new PolicyAttachments(tree, cloud.Options.Organizations.PoliciesPerTarget);
        AddAccount(ManagementAccountId, "Management");
        DeclareReads();
        DeclareWrites();
        DeclarePolicies();
        DeclareDelegation();
        DeclareTags();
        cloud.Iam.AddResourcePolicies("organizations", _ => delegation);
    }

    public override string ValidationCode => "InvalidInputException";

    /// <summary>Raised with an account's id after it joined or moved: what StackSets' automatic deployment acts on.</summary>
    internal event Action<string>? Joined;

    /// <summary>The one root.</summary>
    public static string RootId => "r-local";

    private string ManagementAccountId => cloud.Options.ManagementAccountId;

    private DateTimeOffset Now => cloud.Time.GetUtcNow();

    /// <summary>Ids of all accounts, the management account among them, closed ones too.</summary>
    public IReadOnlyList<string> AccountIds
    {
        get
        {
            lock (tree.Gate) return [.. tree.Accounts.Keys];
        }
    }

    /// <summary>Adds a unit under the root or another unit.</summary>
    /// <param name="id">For example <c>ou-local-0000000a</c>; null makes one.</param>
    /// <returns>The unit's id.</returns>
    /// <exception cref="AwsException">There is no such parent, a sibling has the name, or the tree would be too deep.</exception>
    public string AddOrganizationalUnit(string parentId, string name, string? id = null)
    {
        lock (tree.Gate)
        {
            var unit = new OrganizationalUnit(id ?? string.Create(CultureInfo.InvariantCulture, $"ou-local-{++nextUnit:x8}"), name, parentId);
            tree.Add(unit);
            return unit.Id;
        }
    }

    /// <summary>Adds an account, which joins now.</summary>
    /// <param name="id">12 digits.</param>
    /// <param name="parentId">Null is the root.</param>
    /// <exception cref="ArgumentException">The id is no account id, or in the organization already.</exception>
    public void AddAccount(string id, string name, string? parentId = null)
    {
        if (id.Length != 12 || !id.All(char.IsAsciiDigit)) throw new ArgumentException($"\"{id}\" is not an account id; give 12 digits.", nameof(id));
        lock (tree.Gate)
        {
            if (tree.Accounts.ContainsKey(id))
                throw new ArgumentException($"Account {id} is in the organization already; use Move to put it elsewhere.", nameof(id));
            tree.Put(new MemberAccount(id, name, $"account-{id}@example.com", parentId ?? RootId, "ACTIVE", Now));
            departed.Remove(id);
        }

        Joined?.Invoke(id);
    }

    /// <summary>An account from outside, or one that left, accepts an invitation: it stands under the root, and the organization says so.</summary>
    /// <exception cref="ArgumentException">As of AddAccount.</exception>
    public void Join(string id, string name)
    {
        AddAccount(id, name);
        lock (tree.Gate) tree.Put(tree.RequireAccount(id) with { JoinedMethod = "INVITED" });
        Publish(OrganizationEvents.OfMembership(true, id, "Invited", ManagementAccountId, cloud.Gateway.NewRequestId(), Now));
    }

    /// <summary>Suspends an account: none of its roles can be assumed from then on.</summary>
    /// <exception cref="AwsException">AccountNotFoundException.</exception>
    public void Suspend(string id)
    {
        lock (tree.Gate) tree.Put(tree.RequireAccount(id) with { State = "SUSPENDED" });
    }

    /// <summary>Makes a suspended or closed account active again, as AWS's support may within 90 days.</summary>
    /// <exception cref="AwsException">AccountNotFoundException.</exception>
    public void Reactivate(string id)
    {
        lock (tree.Gate) tree.Put(tree.RequireAccount(id) with { State = "ACTIVE" });
    }

    /// <summary>True: the account is suspended or closed, so that no one acts in it.</summary>
    public bool IsShut(string id)
    {
        lock (tree.Gate) return tree.Accounts.GetValueOrDefault(id)?.State is "SUSPENDED" or "CLOSED";
    }

    /// <summary>True: the account was of the organization once, and is not now.</summary>
    public bool HasDeparted(string id)
    {
        lock (tree.Gate) return departed.Contains(id);
    }

    /// <summary>Moves an account under another parent.</summary>
    /// <exception cref="AwsException">There is no such account or parent.</exception>
    public void Move(string accountId, string parentId)
    {
        lock (tree.Gate) tree.Put(tree.RequireAccount(accountId) with { ParentId = parentId });
        Joined?.Invoke(accountId);
    }

    /// <summary>An account leaves. What it holds, a stack instance too, stays as it is.</summary>
    /// <exception cref="AwsException">AccountNotFoundException.</exception>
    public void Remove(string accountId)
    {
        lock (tree.Gate) Depart(tree.RequireAccount(accountId), "Left");
    }

    /// <summary>Whether the account is one of the organization.</summary>
    public bool Contains(string accountId)
    {
        lock (tree.Gate) return tree.Accounts.ContainsKey(accountId);
    }

    /// <summary>When an account joined; null where it is not of the organization.</summary>
    public DateTimeOffset? JoinedAt(string accountId)
    {
        lock (tree.Gate) return tree.Accounts.GetValueOrDefault(accountId)?.Joined;
    }

    /// <summary>An account's name; null for accounts that never were of the organization.</summary>
    internal string? NameOf(string accountId)
    {
        lock (tree.Gate) return tree.Accounts.GetValueOrDefault(accountId)?.Name;
    }

    /// <summary>The account ids of a unit and of all units below it: where StackSets deploys to.</summary>
    /// <exception cref="AwsException">ParentNotFoundException.</exception>
    public IReadOnlyList<string> AccountsUnder(string parentId)
    {
        lock (tree.Gate)
        {
            tree.RequireParent(parentId);
            return [.. Walk(parentId).OrderBy(id => id, StringComparer.Ordinal)];
        }

        IEnumerable<string> Walk(string parent) =>
            tree.AccountsOf(parent).Select(account => account.Id).Concat(tree.UnitsOf(parent).SelectMany(unit => Walk(unit.Id)));
    }

    private string Arn(string rest) => $"arn:aws:organizations::{ManagementAccountId}:{rest}";

    private string AccountArn(string id) => Arn($"account/{cloud.Options.OrganizationId}/{id}");

    private string UnitArn(string id) => Arn($"ou/{cloud.Options.OrganizationId}/{id}");

    private string RootArn => Arn($"root/{cloud.Options.OrganizationId}/{RootId}");

    /// <summary>The ARN of a root, unit or account, told apart by its id.</summary>
    private string ArnOf(string id) => id == RootId ? RootArn : id.StartsWith("ou-", StringComparison.Ordinal) ? UnitArn(id) : AccountArn(id);

    private void Declare(string name, Shape shape, Func<AwsCall, string> resource, Func<AwsCall, JsonObject> run, Action<AwsCall> demandCaller) =>
        Declare(name, shape, call => [new IamRequest($"organizations:{name}", resource(call))], run, demandCaller);

    private void Declare(
        string name, Shape shape, Func<AwsCall, IEnumerable<IamRequest>> requests, Func<AwsCall, JsonObject> run, Action<AwsCall> demandCaller)
    {
        needs.Add(name, requests);
        Operation(
            name,
            shape,
            requests,
            call =>
            {
                lock (tree.Gate)
                {
                    demandCaller(call);
                    return run(call);
                }
            });
    }

    private void AuthorizeMember(AwsCall call)
    {
        if (!tree.Accounts.ContainsKey(call.AccountId)) throw OrganizationErrors.NotInUse();
    }

    private void AuthorizeManagement(AwsCall call)
    {
        AuthorizeMember(call);
        if (call.AccountId != ManagementAccountId) throw OrganizationErrors.Denied();
    }
}
