using static BudgetSync.LocalAws.Tests.Budgets.BudgetsTestBed;

namespace BudgetSync.LocalAws.Tests.Budgets;

public sealed class BudgetPermissionTests
{
    private const string Arn = "arn:aws:budgets::111122223333:budget/b";
    private const string Id = "00000001-0000-4000-8000-000000000001";
    private const string Named = "'AccountId':'111122223333','BudgetName':'b'";
    private const string Eighty = "'Notification':{'NotificationType':'ACTUAL','ComparisonOperator':'GREATER_THAN','Threshold':80}";
    private const string Someone = "{'SubscriptionType':'EMAIL','Address':'a@example.com'}";
    private const string ActionMembers = "'NotificationType':'ACTUAL','ActionType':'APPLY_IAM_POLICY','ActionThreshold':{'ActionThresholdValue':1,"
        + "'ActionThresholdType':'PERCENTAGE'},'Definition':{},'ExecutionRoleArn':'arn:aws:iam::111122223333:role/Budgets','ApprovalModel':'MANUAL',"
        + "'Subscribers':["
        + Someone
        + "]";

    private readonly BudgetsTestBed bed = new();

    [Theory]
    [InlineData("CreateBudget", "{'AccountId':'111122223333','Budget':{'BudgetName':'b','BudgetType':'COST','TimeUnit':'DAILY'}}", "budgets:ModifyBudget", Arn)]
    [InlineData(
        "UpdateBudget",
        "{'AccountId':'111122223333','NewBudget':{'BudgetName':'b','BudgetType':'COST','TimeUnit':'DAILY'}}",
        "budgets:ModifyBudget",
        Arn)]
    [InlineData("DeleteBudget", "{" + Named + "}", "budgets:ModifyBudget", Arn)]
    [InlineData("CreateNotification", "{" + Named + "," + Eighty + ",'Subscribers':[" + Someone + "]}", "budgets:ModifyBudget", Arn)]
    [InlineData("DeleteNotification", "{" + Named + "," + Eighty + "}", "budgets:ModifyBudget", Arn)]
    [InlineData("CreateSubscriber", "{" + Named + "," + Eighty + ",'Subscriber':" + Someone + "}", "budgets:ModifyBudget", Arn)]
    [InlineData(
        "UpdateSubscriber",
        "{" + Named + "," + Eighty + ",'OldSubscriber':" + Someone + ",'NewSubscriber':" + Someone + "}",
        "budgets:ModifyBudget",
        Arn)]
    [InlineData("DeleteSubscriber", "{" + Named + "," + Eighty + ",'Subscriber':" + Someone + "}", "budgets:ModifyBudget", Arn)]
    [InlineData("DescribeBudget", "{" + Named + "}", "budgets:ViewBudget", Arn)]
    [InlineData("DescribeBudgets", "{'AccountId':'111122223333'}", "budgets:ViewBudget", "arn:aws:budgets::111122223333:budget/*")]
    [InlineData("DescribeNotificationsForBudget", "{" + Named + "}", "budgets:ViewBudget", Arn)]
    [InlineData("DescribeBudgetNotificationsForAccount", "{'AccountId':'111122223333'}", "budgets:ViewBudget", "arn:aws:budgets::111122223333:budget/*")]
    [InlineData("DescribeSubscribersForNotification", "{" + Named + "," + Eighty + "}", "budgets:ViewBudget", Arn)]
    [InlineData("UpdateBudgetAction", "{" + Named + ",'ActionId':'" + Id + "'}", "budgets:UpdateBudgetAction", Arn + "/action/" + Id)]
    [InlineData("DeleteBudgetAction", "{" + Named + ",'ActionId':'" + Id + "'}", "budgets:DeleteBudgetAction", Arn + "/action/" + Id)]
    [InlineData("DescribeBudgetAction", "{" + Named + ",'ActionId':'" + Id + "'}", "budgets:DescribeBudgetAction", Arn + "/action/" + Id)]
    [InlineData(
        "ExecuteBudgetAction",
        "{" + Named + ",'ActionId':'" + Id + "','ExecutionType':'RESET_BUDGET_ACTION'}",
        "budgets:ExecuteBudgetAction",
        Arn + "/action/" + Id)]
    [InlineData(
        "DescribeBudgetActionHistories", "{" + Named + ",'ActionId':'" + Id + "'}", "budgets:DescribeBudgetActionHistories", Arn + "/action/" + Id)]
    [InlineData("DescribeBudgetActionsForBudget", "{" + Named + "}", "budgets:DescribeBudgetActionsForBudget", Arn)]
    [InlineData("DescribeBudgetActionsForAccount", "{'AccountId':'111122223333'}", "budgets:DescribeBudgetActionsForAccount", "*")]
    [InlineData("TagResource", "{'ResourceARN':'" + Arn + "','ResourceTags':[]}", "budgets:TagResource", Arn)]
    [InlineData("UntagResource", "{'ResourceARN':'" + Arn + "','ResourceTagKeys':[]}", "budgets:UntagResource", Arn)]
    [InlineData("ListTagsForResource", "{'ResourceARN':'" + Arn + "'}", "budgets:ListTagsForResource", Arn)]
    public void Each_operation_needs_its_IAM_action_on_the_budget_or_action(string operation, string input, string action, string resource)
    {
        var need = Assert.Single(bed.Needs(operation, input));

        Assert.Equal((action, resource), (need.Action, need.Resource));
    }

    [Fact]
    public void Creating_a_budget_with_tags_needs_TagResource_too()
    {
        var needs = bed.Needs("CreateBudget", $"{{'AccountId':'{Spoke}','Budget':{Monthly()},'ResourceTags':[{{'Key':'k','Value':'v'}}]}}");

        Assert.Equal([("budgets:ModifyBudget", Arn), ("budgets:TagResource", Arn)], needs.Select(need => (need.Action, need.Resource)));
        Assert.All(needs, need => Assert.Equal("v", need.Context["aws:RequestTag/k"].Single()));
        Assert.All(needs, need => Assert.Equal("k", need.Context["aws:TagKeys"].Single()));
    }

    [Fact]
    public void Creating_an_action_passes_its_role_to_budgets()
    {
        var needs = bed.Needs("CreateBudgetAction", $"{{{Named},{ActionMembers},'ResourceTags':[{{'Key':'k','Value':'v'}}]}}");

        Assert.Equal(
            [
                ("budgets:CreateBudgetAction", $"{Arn}/action/*"),
                ("iam:PassRole", "arn:aws:iam::111122223333:role/Budgets"),
                ("budgets:TagResource", $"{Arn}/action/*")
            ],
            needs.Select(need => (need.Action, need.Resource)));
        Assert.Equal("budgets.amazonaws.com", needs[1].Context["iam:PassedToService"].Single());
    }

    [Fact]
    public void Updating_an_action_passes_the_role_it_gives()
    {
        var needs = bed.Needs("UpdateBudgetAction", $"{{{Named},'ActionId':'{Id}','ExecutionRoleArn':'arn:aws:iam::111122223333:role/Other'}}");

        Assert.Equal(["budgets:UpdateBudgetAction", "iam:PassRole"], needs.Select(need => need.Action));
    }

    [Fact]
    public async Task A_budgets_own_tags_are_told_to_IAM()
    {
        await bed.CallAsync("CreateBudget", $"'Budget':{Monthly()},'ResourceTags':[{{'Key':'owner','Value':'me'}}]");

        Assert.Equal("me", Assert.Single(bed.Needs("DeleteBudget", "{" + Named + "}")).Context["aws:ResourceTag/owner"].Single());
        Assert.Equal(
            "me",
            Assert.Single(bed.Needs("UntagResource", "{'ResourceARN':'" + Arn + "','ResourceTagKeys':['owner']}")).Context["aws:ResourceTag/owner"].Single());
    }
}
