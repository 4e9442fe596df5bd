using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

public sealed partial class BudgetsService
{
    private void DeclareTags()
    {
        Declare(
            "TagResource",
            RequestShapes.TagResource,
            call => [OnResource("budgets:TagResource", call).WithRequestTags(call.Input.Tags("ResourceTags"))],
            Tag);
        Declare(
            "UntagResource",
            RequestShapes.UntagResource,
            call => [OnResource("budgets:UntagResource", call).WithTagKeys(call.Input.Texts("ResourceTagKeys"))],
            Untag);
        Declare("ListTagsForResource", RequestShapes.ListTagsForResource, call => [OnResource("budgets:ListTagsForResource", call)], ListTags);
    }

    private JsonObject Tag(AwsCall call, AccountBudgets account)
    {
        Retag(call, account, tags => tags.SetItems(call.Input.Tags("ResourceTags")));
        return [];
    }

    private JsonObject Untag(AwsCall call, AccountBudgets account)
    {
        Retag(call, account, tags => tags.RemoveRange(call.Input.Texts("ResourceTagKeys")));
        return [];
    }

    private JsonObject ListTags(AwsCall call, AccountBudgets account) =>
        new() { ["ResourceTags"] = Retag(call, account, tags => tags).ToList() };

    /// <summary>Changes the tags of the budget or action that the request's ARN names, and returns them.</summary>
    private static ImmutableSortedDictionary<string, string> Retag(
        AwsCall call, AccountBudgets account, Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> change)
    {
        var given = call.Input.RequiredText("ResourceARN");
        var arn = BudgetArn.Parse(given) ?? throw BudgetErrors.Invalid($"ResourceARN \"{given}\" is not the ARN of a budget or of a budget action.");
        if (arn.AccountId != call.AccountId)
            throw BudgetErrors.Denied($"ResourceARN \"{given}\" is of account {arn.AccountId}, not of the caller's, {call.AccountId}.");
        var budget = account.Require(arn.BudgetName);
        var action = arn.ActionId is null ? null : RequireAction(budget, arn.ActionId);
        var tags = change(action?.Tags ?? budget.Tags);
        TagRules.Validate(tags);
        if (action is not null) action.Tags = tags;
        else budget.Tags = tags;
        return tags;
    }

    private IamRequest OnResource(string iamAction, AwsCall call)
    {
        var given = call.Input.RequiredText("ResourceARN");
        return new IamRequest(iamAction, given).WithResourceTags(BudgetArn.Parse(given) is { } arn ? TagsOf(arn) : null);
    }

    private ImmutableSortedDictionary<string, string>? TagsOf(BudgetArn arn)
    {
        var account = Account(arn.AccountId);
        lock (account.Gate)
        {
            if (account.Budgets.GetValueOrDefault(arn.BudgetName) is not { } budget) return null;
            return arn.ActionId is null ? budget.Tags : budget.Actions.GetValueOrDefault(arn.ActionId)?.Tags;
        }
    }
}
