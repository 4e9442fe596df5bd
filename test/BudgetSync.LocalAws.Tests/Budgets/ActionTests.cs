using BudgetSync.LocalAws.Budgets;
using BudgetSync.LocalAws.Tests.Iam;
using static BudgetSync.LocalAws.Tests.Budgets.BudgetsTestBed;

namespace BudgetSync.LocalAws.Tests.Budgets;

public sealed class ActionTests
{
    private const string Iam = "{'IamActionDefinition':{'PolicyArn':'arn:aws:iam::aws:policy/AWSDenyAll','Roles':['Developer']}}";
    private const string Scp = "{'ScpActionDefinition':{'PolicyId':'p-12345678','TargetIds':['111122223333']}}";
    private const string Ssm = "{'SsmActionDefinition':{'ActionSubType':'STOP_EC2_INSTANCES','Region':'us-east-1','InstanceIds':['i-12345678']}}";

    private readonly BudgetsTestBed bed = new(new BudgetsOptions { ActionDuration = TimeSpan.Zero });

    [Fact]
    public async Task An_action_is_created_described_updated_and_deleted()
    {
        var id = await CreateAsync();

        Assert.Equal(
            $$$"""{"ActionId":"{{{id}}}","BudgetName":"b","NotificationTy"""
                + $$$"""pe":"ACTUAL","ActionType":"APPLY_IAM_POLICY","ActionThr"""
                + $$$"""eshold":{"ActionThresholdValue":100,"ActionThresholdTyp"""
                + $$$"""e":"PERCENTAGE"},"Definition":{"IamActionDefinition":{"P"""
                + $$$"""olicyArn":"arn:aws:iam::aws:policy/AWSDenyAll","Roles":["D"""
                + $$$"""eveloper"]}},"ExecutionRoleArn":"arn:aws:iam::111122223333:r"""
                + $$$"""ole/Budgets","ApprovalModel":"AUTOMATIC","Status":"STANDBY","Subscribers":[{"SubscriptionType":"EMAIL","Address":"a@example.com"}]}""",
            (await bed.CallAsync("DescribeBudgetAction", $"'BudgetName':'b','ActionId':'{id}'"))["Action"]!.ToJsonString());
        var update = await bed.CallAsync("UpdateBudgetAction", $"'BudgetName':'b','ActionId':'{id}','ApprovalModel':'MANUAL'");
        Assert.Equal("AUTOMATIC", update["OldAction"]!["ApprovalModel"]!.GetValue<string>());
        Assert.Equal("MANUAL", update["NewAction"]!["ApprovalModel"]!.GetValue<string>());
        Assert.Equal(
            "MANUAL",
            (await bed.CallAsync("DeleteBudgetAction", $"'BudgetName':'b','ActionId':'{id}'"))["Action"]!["ApprovalModel"]!.GetValue<string>());
        Assert.Equal("NotFoundException", await bed.RefusedAsync("DescribeBudgetAction", $"'BudgetName':'b','ActionId':'{id}'"));
    }

    [Theory]
    [InlineData("APPLY_IAM_POLICY", Ssm)]
    [InlineData("APPLY_IAM_POLICY", "{}")]
    [InlineData("APPLY_IAM_POLICY", "{'IamActionDefinition':{'PolicyArn':'arn:aws:iam::aws:policy/AWSDenyAll'}}")]
    [InlineData("APPLY_IAM_POLICY", "{'IamActionDefinition':{'PolicyArn':'AWSDenyAll','Roles':['a']}}")]
    [InlineData("RUN_SSM_DOCUMENTS", Iam)]
    [InlineData("RUN_SSM_DOCUMENTS", "{'SsmActionDefinition':{'ActionSubType':'STOP_EC2_INSTANCES','Region':'us-east-1','InstanceIds':[]}}")]
    public async Task A_definition_must_be_the_one_of_its_type(string type, string definition)
    {
        await bed.CreateAsync(Monthly());

        Assert.Equal("InvalidParameterException", await bed.RefusedAsync("CreateBudgetAction", Action(type: type, definition: definition)));
    }

    [Fact]
    public async Task A_service_control_policy_is_applied_from_the_management_account_only()
    {
        await bed.CreateAsync(Monthly());
        await bed.CreateAsync(Monthly(), account: Management);

        Assert.Equal("InvalidParameterException", await bed.RefusedAsync("CreateBudgetAction", Action(type: "APPLY_SCP_POLICY", definition: Scp)));
        await bed.CallAsync("CreateBudgetAction", Action(type: "APPLY_SCP_POLICY", definition: Scp, account: Management), account: Management);
    }

    [Fact]
    public async Task An_action_runs_under_a_role_of_its_own_account()
    {
        await bed.CreateAsync(Monthly());
        var foreign = Action(account: Management);

        // IAM refuses to pass it already: PassRole on a role of another account.
        Assert.Equal("AccessDeniedException", await bed.RefusedAsync("CreateBudgetAction", foreign));
    }

    [Fact]
    public async Task An_action_runs_under_a_role_that_is_there_and_trusts_AWS_Budgets()
    {
        await bed.CreateAsync(Monthly());
        bed.Cloud.Iam.PutRole(Spoke, Policies.Role("Functions"));
        bed.Cloud.Iam.PutRole(Spoke, Policies.Role("OtherBudgets", Trusting("arn:aws:budgets::111122223333:budget/other"), []));
        bed.Cloud.Iam.PutRole(Spoke, Policies.Role("OwnBudgets", Trusting("arn:aws:budgets::111122223333:budget/*"), []));

        foreach (var role in new[] { "Absent", "Functions", "OtherBudgets" })
            Assert.Equal("AccessDeniedException", await bed.RefusedAsync("CreateBudgetAction", Action().Replace("role/Budgets", $"role/{role}")));
        var id = (await bed.CallAsync("CreateBudgetAction", Action().Replace("role/Budgets", "role/OwnBudgets")))["ActionId"]!.GetValue<string>();

        var update = $"'BudgetName':'b','ActionId':'{id}','ExecutionRoleArn':'arn:aws:iam::{Spoke}:role/Absent'";
        Assert.Equal("AccessDeniedException", await bed.RefusedAsync("UpdateBudgetAction", update));
        await bed.CallAsync("UpdateBudgetAction", update.Replace("Absent", "Budgets"));

        static string Trusting(string budgets) => $$$$"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"budgets.amazonaws.com"},"Action":"sts:AssumeRole",
             "Condition":{"StringEquals":{"aws:SourceAccount":"{{{{Spoke}}}}"},"ArnLike":{"aws:SourceArn":"{{{{budgets}}}}"}}}]}
            """;
    }

    [Fact]
    public async Task A_threshold_in_percent_has_a_bound()
    {
        await bed.CreateAsync(Monthly());

        Assert.Equal("InvalidParameterException", await bed.RefusedAsync("CreateBudgetAction", Action(threshold: "1000001")));
    }

    [Fact]
    public async Task A_daily_budget_has_no_actions_and_is_refused_them_in_AWSs_words()
    {
        await bed.CreateAsync(Budget("COST", "DAILY", ",'BudgetLimit':{'Amount':'1','Unit':'USD'}"));

        Assert.Equal(
            ("InvalidParameterException", "AWS Budgets Actions don't support daily granularity budget for now."),
            await bed.RefusalAsync("CreateBudgetAction", Action()));
    }

    [Theory]
    [InlineData("RI_UTILIZATION")]
    [InlineData("RI_COVERAGE")]
    [InlineData("SAVINGS_PLANS_UTILIZATION")]
    [InlineData("SAVINGS_PLANS_COVERAGE")]
    public async Task A_budget_of_utilization_or_coverage_has_no_actions(string type)
    {
        await bed.CreateAsync(Budget(type, "MONTHLY"));

        Assert.Equal("InvalidParameterException", await bed.RefusedAsync("CreateBudgetAction", Action()));
    }

    [Fact]
    public async Task A_budget_with_actions_cannot_become_one_that_has_none()
    {
        await CreateAsync();
        var daily = Budget("COST", "DAILY", ",'BudgetLimit':{'Amount':'1','Unit':'USD'}");

        Assert.Equal("InvalidParameterException", await bed.RefusedAsync("UpdateBudget", $"'NewBudget':{daily}"));
    }

    [Fact]
    public async Task The_same_action_twice_is_a_duplicate()
    {
        await CreateAsync();

        Assert.Equal("DuplicateRecordException", await bed.RefusedAsync("CreateBudgetAction", Action()));
        await bed.CallAsync("CreateBudgetAction", Action(threshold: "120"));
    }

    [Fact]
    public async Task Actions_are_listed_by_budget_and_by_account_in_pages()
    {
        await CreateAsync();
        await bed.CallAsync("CreateBudgetAction", Action(threshold: "120"));

        var first = await bed.CallAsync("DescribeBudgetActionsForBudget", "'BudgetName':'b','MaxResults':1");
        var second = await bed.CallAsync("DescribeBudgetActionsForBudget", $"'BudgetName':'b','MaxResults':1,'NextToken':'{first["NextToken"]}'");
        var all = await bed.CallAsync("DescribeBudgetActionsForAccount");

        Assert.Equal(2, all["Actions"]!.AsArray().Count);
        Assert.Equal(
            all["Actions"]!.AsArray().Select(action => action!["ActionId"]!.GetValue<string>()),
            new[] { first, second }.Select(page => Assert.Single(page["Actions"]!.AsArray())!["ActionId"]!.GetValue<string>()));
    }

    [Fact]
    public async Task An_automatic_action_executes_when_its_threshold_is_passed_and_is_locked_meanwhile()
    {
        var id = await CreateAsync();
        var named = $"'BudgetName':'b','ActionId':'{id}'";

        bed.Cloud.Budgets.SetSpend(Spoke, "b", 1000m);
        Assert.Equal("STANDBY", await StatusAsync(id));
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 1001m);

        Assert.Equal("EXECUTION_IN_PROGRESS", await StatusAsync(id));
        Assert.Equal("ResourceLockedException", await bed.RefusedAsync("UpdateBudgetAction", $"{named},'ApprovalModel':'MANUAL'"));
        Assert.Equal("ResourceLockedException", await bed.RefusedAsync("DeleteBudgetAction", named));
        Assert.Equal("ResourceLockedException", await bed.RefusedAsync("ExecuteBudgetAction", $"{named},'ExecutionType':'REVERSE_BUDGET_ACTION'"));
        await bed.Cloud.Work.RunOneAsync(0);
        Assert.Equal("EXECUTION_SUCCESS", await StatusAsync(id));
    }

    [Fact]
    public async Task A_manual_action_waits_for_approval_and_can_be_reversed_and_reset()
    {
        var id = await CreateAsync(Action(approval: "MANUAL"));
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 1001m);
        Assert.Equal("PENDING", await StatusAsync(id));

        Assert.Equal("EXECUTION_SUCCESS", await ExecuteAsync(id, "APPROVE_BUDGET_ACTION"));
        Assert.Equal("REVERSE_SUCCESS", await ExecuteAsync(id, "REVERSE_BUDGET_ACTION"));
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 1002m);
        Assert.Equal("REVERSE_SUCCESS", await StatusAsync(id));
        Assert.Equal("STANDBY", await ExecuteAsync(id, "RESET_BUDGET_ACTION"));
    }

    [Fact]
    public async Task A_new_period_takes_back_what_an_action_did_and_arms_it_again()
    {
        var id = await CreateAsync();
        var manual = (await bed.CallAsync("CreateBudgetAction", Action(threshold: "90", approval: "MANUAL")))["ActionId"]!.GetValue<string>();
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 1001m);
        await bed.Cloud.Work.RunOneAsync(0);
        Assert.Equal(("EXECUTION_SUCCESS", "PENDING"), (await StatusAsync(id), await StatusAsync(manual)));

        bed.Clock.SetUtcNow(new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero));
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 1m);
        Assert.Equal(("RESET_IN_PROGRESS", "STANDBY"), (await StatusAsync(id), await StatusAsync(manual)));
        await bed.Cloud.Work.RunOneAsync(0);
        Assert.Equal("STANDBY", await StatusAsync(id));

        bed.Cloud.Budgets.SetSpend(Spoke, "b", 1002m);
        await bed.Cloud.Work.RunOneAsync(0);
        Assert.Equal("EXECUTION_SUCCESS", await StatusAsync(id));
    }

    [Theory]
    [InlineData("APPROVE_BUDGET_ACTION")]
    [InlineData("RETRY_BUDGET_ACTION")]
    [InlineData("REVERSE_BUDGET_ACTION")]
    [InlineData("RESET_BUDGET_ACTION")]
    public async Task An_execution_that_does_not_suit_the_state_is_refused(string type)
    {
        var id = await CreateAsync();

        Assert.Equal(
            "InvalidParameterException",
            await bed.RefusedAsync("ExecuteBudgetAction", $"'BudgetName':'b','ActionId':'{id}','ExecutionType':'{type}'"));
    }

    [Fact]
    public async Task What_failed_is_retried_and_nothing_else()
    {
        var id = await CreateAsync(Action(approval: "MANUAL"));
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 1001m);
        bed.Cloud.Budgets.SetActionFailure(Spoke, fails: true);

        Assert.Equal("EXECUTION_FAILURE", await ExecuteAsync(id, "APPROVE_BUDGET_ACTION"));
        foreach (var other in new[] { "APPROVE_BUDGET_ACTION", "REVERSE_BUDGET_ACTION", "RESET_BUDGET_ACTION" })
            Assert.Equal(
                "InvalidParameterException",
                await bed.RefusedAsync("ExecuteBudgetAction", $"'BudgetName':'b','ActionId':'{id}','ExecutionType':'{other}'"));
        Assert.Equal("EXECUTION_FAILURE", await ExecuteAsync(id, "RETRY_BUDGET_ACTION"));
        bed.Cloud.Budgets.SetActionFailure(Spoke, fails: false);
        Assert.Equal("EXECUTION_SUCCESS", await ExecuteAsync(id, "RETRY_BUDGET_ACTION"));
        bed.Cloud.Budgets.SetActionFailure(Spoke, fails: true);
        Assert.Equal("REVERSE_FAILURE", await ExecuteAsync(id, "REVERSE_BUDGET_ACTION"));
        bed.Cloud.Budgets.SetActionFailure(Spoke, fails: false);
        Assert.Equal("REVERSE_SUCCESS", await ExecuteAsync(id, "RETRY_BUDGET_ACTION"));
        bed.Cloud.Budgets.SetActionFailure(Spoke, fails: true);
        Assert.Equal("RESET_FAILURE", await ExecuteAsync(id, "RESET_BUDGET_ACTION"));
        bed.Cloud.Budgets.SetActionFailure(Spoke, fails: false);
        Assert.Equal("STANDBY", await ExecuteAsync(id, "RETRY_BUDGET_ACTION"));
    }

    [Fact]
    public async Task The_history_of_an_action_tells_each_step()
    {
        var id = await CreateAsync(Action(approval: "MANUAL"));
        bed.Clock.Advance(TimeSpan.FromHours(1));
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 1001m);
        await ExecuteAsync(id, "APPROVE_BUDGET_ACTION");
        var named = $"'BudgetName':'b','ActionId':'{id}'";

        var all = (await bed.CallAsync("DescribeBudgetActionHistories", named))["ActionHistories"]!.AsArray();
        Assert.Equal(
            ["STANDBY CREATE_ACTION", "PENDING SYSTEM", "EXECUTION_IN_PROGRESS EXECUTE_ACTION", "EXECUTION_SUCCESS SYSTEM"],
            all.Select(step => $"{step!["Status"]} {step["EventType"]}"));
        Assert.Equal("PENDING", all[1]!["ActionHistoryDetails"]!["Action"]!["Status"]!.GetValue<string>());
        Assert.NotEqual("", all[1]!["ActionHistoryDetails"]!["Message"]!.GetValue<string>());

        var first = await bed.CallAsync("DescribeBudgetActionHistories", $"{named},'MaxResults':1");
        var second = await bed.CallAsync("DescribeBudgetActionHistories", $"{named},'MaxResults':1,'NextToken':'{first["NextToken"]}'");
        Assert.Equal("PENDING", Assert.Single(second["ActionHistories"]!.AsArray())!["Status"]!.GetValue<string>());
        var early = bed.Clock.GetUtcNow().ToUnixTimeSeconds() - 60;
        Assert.Single((await bed.CallAsync("DescribeBudgetActionHistories", $"{named},'TimePeriod':{{'End':{early}}}"))["ActionHistories"]!.AsArray());
        Assert.Equal(
            "InvalidParameterException",
            await bed.RefusedAsync("DescribeBudgetActionHistories", $"{named},'TimePeriod':{{'Start':{early},'End':{early}}}"));
        Assert.Equal("NotFoundException", await bed.RefusedAsync("DescribeBudgetActionHistories", named.Replace(id, new string('0', 8) + id[8..])));
    }

    private static string Action(
        string type = "APPLY_IAM_POLICY",
        string definition = Iam,
        string threshold = "100",
        string notification = "ACTUAL",
        string approval = "AUTOMATIC",
        string account = Spoke) =>
        $"'BudgetName':'b','NotificationType':'{notification}','ActionType':'{type}','ActionThreshold':{{'ActionThresholdValue':{threshold},"
            + $"'ActionThresholdType':'PERCENTAGE'}},'Definition':{definition},'ExecutionRoleArn':'arn:aws:iam::{account}:role/Budgets',"
            + $"'ApprovalModel':'{approval}','Subscribers':[{Email()}]";

    private async Task<string> CreateAsync(string? action = null)
    {
        await bed.CreateAsync(Monthly());
        return (await bed.CallAsync("CreateBudgetAction", action ?? Action()))["ActionId"]!.GetValue<string>();
    }

    private async Task<string> StatusAsync(string id) =>
        (await bed.CallAsync("DescribeBudgetAction", $"'BudgetName':'b','ActionId':'{id}'"))["Action"]!["Status"]!.GetValue<string>();

    private async Task<string> ExecuteAsync(string id, string type)
    {
        await bed.CallAsync("ExecuteBudgetAction", $"'BudgetName':'b','ActionId':'{id}','ExecutionType':'{type}'");
        await bed.Cloud.Work.RunOneAsync(0);
        return await StatusAsync(id);
    }
}
