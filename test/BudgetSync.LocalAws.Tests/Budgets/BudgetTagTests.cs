using static BudgetSync.LocalAws.Tests.Budgets.BudgetsTestBed;

namespace BudgetSync.LocalAws.Tests.Budgets;

public sealed class BudgetTagTests
{
    private const string Arn = $"'ResourceARN':'arn:aws:budgets::{Spoke}:budget/b'";

    private readonly BudgetsTestBed bed = new();

    [Fact]
    public async Task Tags_are_given_on_creation_added_listed_and_removed()
    {
        await bed.CallAsync("CreateBudget", $"'Budget':{Monthly()},'ResourceTags':[{{'Key':'one','Value':'1'}}]");
        await bed.RawAsync("TagResource", $"{{{Arn},'ResourceTags':[{{'Key':'two','Value':'2'}}]}}");
        await bed.RawAsync("UntagResource", $"{{{Arn},'ResourceTagKeys':['one','none']}}");

        Assert.Equal("""{"ResourceTags":[{"Key":"two","Value":"2"}]}""", (await bed.RawAsync("ListTagsForResource", $"{{{Arn}}}")).ToJsonString());
    }

    [Fact]
    public async Task An_update_of_the_budget_keeps_its_tags()
    {
        await bed.CallAsync("CreateBudget", $"'Budget':{Monthly()},'ResourceTags':[{{'Key':'one','Value':'1'}}]");

        await bed.UpdateAsync(Monthly(amount: "5"));

        Assert.Equal("""{"ResourceTags":[{"Key":"one","Value":"1"}]}""", (await bed.RawAsync("ListTagsForResource", $"{{{Arn}}}")).ToJsonString());
    }

    [Fact]
    public async Task A_budget_has_at_most_200_tags_and_none_that_AWS_reserves()
    {
        var all = string.Join(',', Enumerable.Range(0, 200).Select(number => $"{{'Key':'k{number}','Value':''}}"));
        await bed.CallAsync("CreateBudget", $"'Budget':{Monthly()},'ResourceTags':[{all}]");

        Assert.Equal("ServiceQuotaExceededException", await bed.RawRefusedAsync("TagResource", $"{{{Arn},'ResourceTags':[{{'Key':'more','Value':''}}]}}"));
        Assert.Equal("InvalidParameterException", await bed.RawRefusedAsync("TagResource", $"{{{Arn},'ResourceTags':[{{'Key':'aws:x','Value':''}}]}}"));
    }

    [Fact]
    public async Task A_budget_is_not_created_with_one_key_twice()
    {
        const string Twice = "'ResourceTags':[{'Key':'team','Value':'a'},{'Key':'team','Value':'b'}]";

        Assert.Equal("InvalidParameterException", await bed.RefusedAsync("CreateBudget", $"'Budget':{Monthly()},{Twice}"));
        Assert.Equal("NotFoundException", await bed.RefusedAsync("DescribeBudget", "'BudgetName':'b'"));
    }

    [Fact]
    public async Task Tags_of_what_does_not_exist_are_not_found_and_of_another_account_denied()
    {
        Assert.Equal("NotFoundException", await bed.RawRefusedAsync("ListTagsForResource", $"{{{Arn}}}"));
        Assert.Equal("AccessDeniedException", await bed.RawRefusedAsync("ListTagsForResource", "{'ResourceARN':'arn:aws:budgets::444455556666:budget/b'}"));
        Assert.Equal("InvalidParameterException", await bed.RawRefusedAsync("ListTagsForResource", $"{{'ResourceARN':'arn:aws:budgets::{Spoke}:report/b'}}"));
    }

    [Fact]
    public async Task An_action_has_tags_of_its_own()
    {
        await bed.CreateAsync(Monthly());
        var created =
            await bed.CallAsync(
                "CreateBudgetAction",
                "'BudgetName':'b','NotificationType':'ACTUAL','ActionType':'APPLY_IAM_POLICY','ActionThreshold':{'ActionThresholdValue':100,"
                    + "'ActionThresholdType':'PERCENTAGE'},'Definition':{'IamActionDefinition':{'PolicyArn':'arn:aws:iam::aws:policy/AWSDenyAll',"
                    + "'Roles':['Developer']}},'ExecutionRoleArn':'arn:aws:iam::111122223333:role/Budgets','ApprovalModel':'MANUAL',"
                    + "'Subscribers':[{'SubscriptionType':'EMAIL','Address':'a@example.com'}],'ResourceTags':[{'Key':'a','Value':'1'}]");

        var tags = await bed.RawAsync("ListTagsForResource", $"{{'ResourceARN':'arn:aws:budgets::{Spoke}:budget/b/action/{created["ActionId"]}'}}");

        Assert.Equal("""{"ResourceTags":[{"Key":"a","Value":"1"}]}""", tags.ToJsonString());
    }
}
