using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.CloudFormation;

/// <summary>
/// Service-managed stack sets: one template in every account of the target OUs and in each region, nested OUs included, and in accounts that join them later.
/// The management account is never reached.
/// </summary>
internal sealed class StackSets
{
    private readonly LocalCloud cloud;
    private readonly CloudFormationService formation;
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, StackSet> sets = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Set, Place Place), Task> underWay = [];
    private readonly SortedDictionary<string, string> failed = new(StringComparer.Ordinal);

    public StackSets(LocalCloud cloud, CloudFormationService formation)
    {
        this.cloud = cloud;
        this.formation = formation;
        cloud.Organizations.Joined += account => cloud.Work.Post($"StackSets {account}", () => DeployAutomaticallyAsync(account));
    }

    /// <summary>
    /// Accounts in which an automatic deployment failed, with the reason: AWS shows them as OUTDATED and does nothing more about them by itself.
    /// </summary>
    public IReadOnlyDictionary<string, string> Failed
    {
        get
        {
            lock (gate) return new Dictionary<string, string>(failed);
        }
    }

    /// <summary>Makes the set what the request says and rolls it out.</summary>
    /// <exception cref="StackException">More accounts failed than the set tolerates; each is named with its reason.</exception>
    public async Task PutAsync(StackSet set)
    {
        StackSet? before;
        lock (gate)
        {
            before = sets.GetValueOrDefault(set.Name);
            sets[set.Name] = set;
        }

        var instances = Places(set);
        foreach (var gone in (before is null ? [] : Places(before)).Except(instances)) await DeleteInstanceAsync(set, gone);
        using var places = new SemaphoreSlim(AwsLimits.CloudFormation.InstancesAtOnce);
        var failures = new List<string>();
        await Task.WhenAll(instances.Select(async instance =>
        {
            await places.WaitAsync();
            try
            {
                await DeployAsync(set, instance);
            }
            catch (StackException failure)
            {
                lock (failures) failures.Add($"{instance.Account}: {failure.Message}");
            }
            finally
            {
                places.Release();
            }
        }));
        if (failures.Count * 100 > instances.Count * set.FailureTolerancePercentage)
            throw new StackException(
                $"{set.Name}: {failures.Count} of {instances.Count} accounts failed: {string.Join("; ", failures.Order(StringComparer.Ordinal))}");
    }

    /// <summary>Removes the set and its stacks.</summary>
    public async Task DeleteAsync(string name)
    {
        StackSet? set;
        lock (gate)
        {
            if (!sets.Remove(name, out set)) return;
        }

        foreach (var instance in Places(set)) await DeleteInstanceAsync(set, instance);
    }

    private async Task DeployAutomaticallyAsync(string account)
    {
        List<StackSet> all;
        lock (gate) all = [.. sets.Values.Where(set => set.AutoDeploys)];
        foreach (var set in all)
        {
            try
            {
                foreach (var instance in set.Regions.Select(region => new Place(account, region))) await FollowAsync(set, instance);

                lock (gate) failed.Remove(account);
            }
            catch (StackException failure)
            {
                lock (gate) failed[account] = failure.Message;
            }
        }
    }

    /// <summary>Gives the instance to an account that is a target now, and takes it from one that is none any more.</summary>
    private Task FollowAsync(StackSet set, Place instance) => OneAtATimeAsync(set, instance, async () =>
    {
        // What to do is decided when it is this operation's turn: the one before may have made or removed the stack already.
        var isTarget = Accounts(set).Contains(instance.Account, StringComparer.Ordinal);
        var isThere = formation.Find(instance.Account, instance.Region, StackName(set)) is not null;
        if (isTarget && !isThere) await PutStackAsync(set, instance);
        else if (!isTarget && isThere && !set.RetainsOnRemoval) await DropStackAsync(set, instance);
    });

    private Task DeployAsync(StackSet set, Place instance) => OneAtATimeAsync(set, instance, () => PutStackAsync(set, instance));

    private Task DeleteInstanceAsync(StackSet set, Place instance) => OneAtATimeAsync(set, instance, async () =>
    {
        if (formation.Find(instance.Account, instance.Region, StackName(set)) is not null) await DropStackAsync(set, instance);
    });

    private Task<Stack> PutStackAsync(StackSet set, Place instance) =>
        formation.DeployAsync(instance.Region, StackName(set), set.Template, set.Parameters, Caller.StackSets(instance.Account));

    private Task DropStackAsync(StackSet set, Place instance) =>
        formation.DeleteAsync(StackName(set), instance.Region, Caller.StackSets(instance.Account));

    /// <summary>
    /// Runs an operation on one instance after those under way on it: CloudFormation queues the operations of a stack set
    /// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html), and one stack is never changed by two at once.
    /// </summary>
    private async Task OneAtATimeAsync(StackSet set, Place instance, Func<Task> operation)
    {
        var key = (set.Name, instance);
        // Whoever waits goes on at once and on this thread, so that a stepped cloud does the same each time.
        var ended = new TaskCompletionSource();
        while (true)
        {
            Task? other;
            lock (gate)
            {
                if (!underWay.TryGetValue(key, out other)) underWay[key] = ended.Task;
            }

            if (other is null) break;
            // How another's operation ends is its own to tell; ours works on what it left.
            await other;
        }

        try
        {
            await operation();
        }
        finally
        {
            lock (gate) underWay.Remove(key);
            ended.SetResult();
        }
    }

    private List<Place> Places(StackSet set) => [.. Accounts(set).SelectMany(account => set.Regions.Select(region => new Place(account, region)))];

    private List<string> Accounts(StackSet set) =>
        [
            .. set.Targets.SelectMany(cloud.Organizations.AccountsUnder)
                .Distinct(StringComparer.Ordinal)
                .Where(account => account != cloud.Options.ManagementAccountId)
                .Order(StringComparer.Ordinal)
        ];

    private static string StackName(StackSet set) => $"StackSet-{set.Name}";

    /// <summary>Where one instance of a set is.</summary>
    private sealed record Place(string Account, string Region)
    {
        public override string ToString() => $"{Account} {Region}";
    }
}

/// <summary>A stack set as its resource describes it.</summary>
/// <param name="Targets">Ids of OUs, or of the root.</param>
internal sealed record StackSet(
    string Name,
    Template Template,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyList<string> Targets,
    IReadOnlyList<string> Regions)
{
    public bool AutoDeploys { get; init; }

    public bool RetainsOnRemoval { get; init; }

    public int FailureTolerancePercentage { get; init; }

    /// <exception cref="StackException">The resource asks for something that a service-managed stack set cannot have.</exception>
    public static StackSet Read(ResourceRequest request, IReadOnlyDictionary<string, string> uploadedTemplates)
    {
        if (request.Required("PermissionModel") != "SERVICE_MANAGED")
            throw new StackException($"{request.LogicalId}: LocalAws knows service-managed stack sets only.");
        var url = request.Required("TemplateURL");
        var text = uploadedTemplates.GetValueOrDefault(url) ?? throw new StackException($"{request.LogicalId}: nothing was uploaded to {url}.");
        var regions = Groups(request).SelectMany(group => (group["Regions"] as JsonArray ?? []).Select(region => region!.ToString())).Distinct().ToList();
        return new StackSet(
            request.Required("StackSetName"),
            Template.Parse(text),
            (request.Properties["Parameters"] as JsonArray ?? []).ToDictionary(
                pair => pair!["ParameterKey"]!.ToString(),
                pair => pair!["ParameterValue"]?.ToString() ?? "",
                StringComparer.Ordinal),
            [
                .. Groups(
                    request).SelectMany(group => (group["DeploymentTargets"]?["OrganizationalUnitIds"] as JsonArray ?? []).Select(unit => unit!.ToString()))
            ],
            regions.Count == 0 ? [request.Region] : regions)
        {
            AutoDeploys = request.Properties["AutoDeployment"]?["Enabled"]?.ToString() == "true",
            RetainsOnRemoval = request.Properties["AutoDeployment"]?["RetainStacksOnAccountRemoval"]?.ToString() == "true",
            FailureTolerancePercentage = int.Parse(
                request.Properties["OperationPreferences"]?["FailureTolerancePercentage"]?.ToString() ?? "0",
                CultureInfo.InvariantCulture),
        };
    }

    private static IEnumerable<JsonNode> Groups(ResourceRequest request) =>
        (request.Properties["StackInstancesGroup"] as JsonArray ?? []).Select(group => group!);
}
