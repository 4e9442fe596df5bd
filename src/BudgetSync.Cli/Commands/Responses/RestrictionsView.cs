using System.Text.Json.Nodes;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Cli.Commands.Responses;

/// <summary>Restrictions as people and scripts read them.</summary>
internal static class RestrictionsView
{
    private static readonly TextColumn[] Columns =
    [
        new("ACCOUNT"), new("RESTRICTION"), new("RESPONSE", Shortest: 10, MostLines: 2), new("MODE", Goes: 1), new("STATE"), new("SINCE", Goes: 2),
        new("WHY", Shortest: 20, MostLines: 8),
    ];

    public static void Write(ConsoleContext terminal, IEnumerable<(string Account, Restriction Restriction)> found) =>
        TableScreen.Write(terminal, Columns, [.. found.Select(Cells)], whole: "--json has");

    /// <summary>One restriction, after something was decided about it.</summary>
    public static async Task WriteAsync(DeployedStack stack, ConsoleContext terminal, string account, string id, CancellationToken cancellation)
    {
        stack.Progress.Now("");
        var row = await stack.Status.ReadAsync(account, cancellation);
        if (row?.Restrictions.FirstOrDefault(restriction => restriction.Id == id) is not { } restriction) return;
        var held = restriction.HeldBack.Length > 0 ? $"; held back: {restriction.HeldBack}" : "";
        await terminal.Out.WriteLineAsync($"{account} {id}: {new RestrictionChange("", restriction).Text}{held}{After(restriction.Remarks)}.");
    }

    /// <param name="stopped">That none begins; null where some may.</param>
    public static string Json(IEnumerable<(string Account, Restriction Restriction)> found, StoppedResponses? stopped) => new JsonArray([.. found.Select(one =>
    {
        var (account, restriction) = one;
        var item = new JsonObject
        {
            ["accountId"] = account,
            ["restriction"] = restriction.Id,
            ["budgetName"] = restriction.Budget,
            ["state"] = restriction.State.Name,
            ["since"] = UtcText.Seconds(restriction.State.Time),
            ["text"] = new RestrictionChange("", restriction).Text,
            ["fact"] = restriction.Fact,
            ["response"] = JsonNode.Parse(ResponseText.Format(restriction.Rule)),
        };
        if (restriction.Until is { } until) item["until"] = UtcText.Seconds(until);
        if (restriction.HeldBack.Length > 0) item["heldBack"] = restriction.HeldBack;
        var reasons = restriction.State is RestrictionState.Failed(_, var failures) ? failures : restriction.Remarks;
        if (!reasons.IsEmpty) item["reasons"] = new JsonArray([.. reasons.Select(reason => (JsonNode)reason)]);
        if (restriction.ApprovedBy is { } approver) item["approvedBy"] = approver;
        if (stopped is not null) item["stopped"] = stopped.Copy();
        return (JsonNode)item;
    })]).ToJsonString(JsonOutput.Options);

    private static string[] Cells((string Account, Restriction Restriction) one)
    {
        var restriction = one.Restriction;
        return
        [
            one.Account, restriction.Id, restriction.Rule.ToString(), restriction.Rule.Mode.ToString(), restriction.State.Name,
            When(restriction.State),
            (restriction.HeldBack.Length > 0 ? $"held back: {restriction.HeldBack}" : Why(restriction)) + After(restriction.Remarks),
        ];
    }

    /// <summary>What waits has the time at which it begins, or at which nobody can approve it any more.</summary>
    private static string When(RestrictionState state) => state switch
    {
        RestrictionState.Planned => $"due {UtcText.Seconds(state.Time)}",
        RestrictionState.AwaitingApproval => $"until {UtcText.Seconds(state.Time)}",
        _ => UtcText.Seconds(state.Time),
    };

    private static string After(EquatableArray<string> remarks) => string.Concat(remarks.Select(remark => $"; {remark}"));

    private static string Why(Restriction restriction) => restriction.State switch
    {
        RestrictionState.Failed(_, var reasons) => string.Join("; ", reasons),
        RestrictionState.Revoked(_, var why) => why,
        RestrictionState.Lifted(_, var why) => why,
        RestrictionState.Cancelled(_, var why) => why,
        _ => restriction.Fact,
    };
}
