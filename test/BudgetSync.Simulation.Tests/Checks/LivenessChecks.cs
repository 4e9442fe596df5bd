using BudgetSync.Aws.AccountBudgets;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Planning;
using BudgetSync.Core.Reconcile;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Status;
using BudgetSync.Simulation.Tests.Worlds;

namespace BudgetSync.Simulation.Tests.Checks;

/// <summary>What is true in the end: every account has what its rows ask for, and the status table says of every account and every row how it stands.</summary>
internal sealed class LivenessChecks(SimulatedWorld world)
{
    /// <returns>Everything that is not so; empty where all is well.</returns>
    public IReadOnlyList<string> Problems()
    {
        world.ReadOrganization();
        var statuses = SimulatedWorld.Done(world.Status.ScanAsync(CancellationToken.None)).ToDictionary(row => row.Key, StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var account in world.Tree.Accounts)
            problems.AddRange(OfAccount(account, statuses.GetValueOrDefault(account.Id.Value)).Select(problem => $"{account.Id}: {problem}"));
        problems.AddRange(OfOtherKeys(statuses));
        return problems.Count == 0
            ? []
            :
            [
                .. problems,
                .. statuses.Values.Select(
                    status =>
                        $"status: {status}, From [{string.Join(", ", status.From)}], Path [{string.Join(", ", status.Path)}], Asked "
                            + $"[{string.Join(", ", status.RecentRevisions)}]")
            ];
    }

    private IEnumerable<string> OfAccount(OrganizationAccount account, StatusRow? status)
    {
        if (status is null) return ["the account has no status"];
        if (!account.Active) return Expect(status, world.RowHistory.Present.ContainsKey(account.Id.Value) ? AccountState.Orphan : AccountState.Uncovered);
        var path = world.Tree.PathOf(account.Id);
        var rows = world.RowHistory.PresentFor(path);
        var resolution = Resolver.Resolve(account.Id, rows, SimulatedWorld.Defaults);
        return Intent.Of(resolution, path, rows, status) switch
        {
            Intent.Refuse(var reasons) =>
            [
                .. Expect(status, AccountState.Rejected),
                .. reasons.Except(status.Reasons).Select(reason => $"the status does not say: {reason}")
            ],
            Intent.LeaveAlone(_, var left) =>
            [
                .. Expect(status, AccountState.Uncovered),
                .. OfLeft(account.Id, deleted: resolution is Resolution.Uncovered && left is null)
            ],
            // The hub cannot know more than that no report comes: Unchecked, and Propagated for as long as another try is young.
            Intent.Release or Intent.Keep when world.IsHalfDeleted(account.Id.Value) && status.State is AccountState.Unchecked or AccountState.Propagated => [],
            // Whoever has no stack cannot be told to let go, and keeps nothing.
            Intent.Release when !world.HasStack(account.Id.Value) => Expect(status, AccountState.Blocked),
            Intent.Keep keep when !world.HasStack(account.Id.Value) =>
            [
                .. Expect(status, AccountState.Blocked),
                .. Same("DesiredRevision", keep.Parameter.Revision, status.DesiredRevision)
            ],
            Intent.Keep keep => OfKeep(account.Id, keep, status),
            var other => [$"{other} is no intent"],
        };
    }

    private IEnumerable<string> OfKeep(AccountId account, Intent.Keep keep, StatusRow status)
    {
        if (ParameterDocument.Parse(keep.Parameter.Document, account, SimulatedWorld.Defaults) is not ParsedDocument.Read(var desired, _))
            return ["the desired document cannot be read"];
        var actual = Actual(account, desired);
        var refused = !Planner.Plan(desired, actual).Refusals.IsEmpty;
        return
        [
            .. Same("parameter", keep.Parameter.Document, world.ParameterOf(account.Value)),
            .. Same("DesiredRevision", keep.Parameter.Revision, status.DesiredRevision),
            .. Expect(status, refused ? AccountState.Rejected : AccountState.Applied),
            .. Same("reported revision", keep.Parameter.Revision, status.LastReport?.Revision),
            .. refused ? [] : Drift.Between(Wanted(desired, account, actual), actual).Select(line => $"drift: {line}"),
        ];
    }

    /// <summary>What the spoke should have today: with its own topic wherever the row has none.</summary>
    private DesiredBudgets Wanted(DesiredBudgets desired, AccountId account, ActualBudgets actual) => AlertTopic.Added(
        BudgetsAsOf.OnDay(desired, world.Clock.GetUtcNow()),
        $"arn:aws:sns:us-east-1:{account}:BudgetSync-Alerts",
        actual);

    /// <summary>
    /// What no row asks for any more is not kept by the spoke: its parameter asks for nothing, and where no row is left at all, our budgets are gone.
    /// What people typed into a parameter is theirs, whatever it makes the spoke do.
    /// </summary>
    private IEnumerable<string> OfLeft(AccountId account, bool deleted)
    {
        if (!world.HasStack(account.Value) || world.TypedByHand.Any(typed => typed.Account == account.Value)) yield break;
        if (world.ParameterOf(account.Value) is { } text && text != ParameterDocument.Released && text != ParameterDocument.Nothing)
            yield return $"nothing is asked for, and the parameter still says {text}";
        // What had been meant for an account is not known any more where people deleted its status: then nothing is deleted.
        if (!deleted || world.StatusEdited.Contains(account.Value)) yield break;
        foreach (var change in Planner.Plan(DesiredBudgets.None, Actual(account, DesiredBudgets.None)).Changes)
            yield return $"no row is left, and there is still something to {ChangeDescription.Of(change)}";
    }

    private IEnumerable<string> OfOtherKeys(Dictionary<string, StatusRow> statuses)
    {
        var others = statuses.Keys.Concat(world.RowHistory.Present.Keys)
            .Distinct(StringComparer.Ordinal)
            .Where(key => !(AccountId.TryParse(key, out var id) && world.Tree.Find(id) is not null));
        foreach (var key in others.Order(StringComparer.Ordinal))
        {
            var (row, status) = (world.RowHistory.Present.GetValueOrDefault(key), statuses.GetValueOrDefault(key));
            if (AccountId.TryParse(key, out _))
            {
                // A row for an account that the organization does not have.
                if (status is null || (status.State != AccountState.Orphan && row is not null) || (status.State != AccountState.Uncovered && row is null))
                    yield return $"{key} is no account of the organization and its {(row is null ? "former row" : "row")} has the state "
                        + $"{status?.State.ToString() ?? "none"}";
                continue;
            }

            var wrong = row is not null && !RowCheck.Problems(row, SimulatedWorld.Defaults).IsEmpty;
            if (wrong && status?.State != AccountState.Rejected) yield return $"the row {key} is wrong and has the state {status?.State.ToString() ?? "none"}";
            if (!wrong && status is not null) yield return $"the row {key} is {(row is null ? "gone" : "right")} and has the state {status.State}";
        }
    }

    private ActualBudgets Actual(AccountId account, DesiredBudgets desired)
    {
        using var clients = new AwsClients(SimulatedWorld.Root(account.Value), world.Cloud.CreateHandler());
        var caller = new BudgetSync.Aws.Calls.AwsCaller(world.Clock, new Random(1), JsonLog.Silent);
        return SimulatedWorld.Done(new BudgetsReader(clients.Budgets, account, "aws", caller).ReadAsync(desired, CancellationToken.None));
    }

    private static IEnumerable<string> Expect(StatusRow status, AccountState state) =>
        status.State == state
            ? []
            : [$"the state is {status.State} and should be {state} (reasons: {string.Join("; ", status.Reasons)}; next try {status.NextAttemptAt})"];

    private static IEnumerable<string> Same(string what, string wanted, string? found) =>
        wanted == found ? [] : [$"{what} is {found ?? "missing"} and should be {wanted}"];
}
