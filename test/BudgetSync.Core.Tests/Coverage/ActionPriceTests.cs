using System.Collections.Immutable;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Tests.Rows;

namespace BudgetSync.Core.Tests.Coverage;

/// <summary>What an edit makes AWS charge for budgets with actions.</summary>
public sealed class ActionPriceTests
{
    private const string Action = """
        "EmailRecipients":["a@example.com"],"Actions":[{"NotificationType":"ACTUAL","ActionType":"APPLY_IAM_POLICY",
        "ActionThreshold":{"ActionThresholdValue":100,"ActionThresholdType":"PERCENTAGE"},
        "Definition":{"IamActionDefinition":{"PolicyArn":"arn:aws:iam::aws:policy/AWSDenyAll","Roles":["app"]}},
        "ExecutionRoleArn":"arn:aws:iam::{AccountId}:role/BudgetSyncActionRole","ApprovalModel":"MANUAL"}]
        """;

    private static readonly string[] Five = ["111111111111", "222222222222", "333333333333", "444444444444", "555555555555"];

    private static readonly OrganizationTree Tree = new(
        [new OrganizationUnit("r-ab12", "Root", null)],
        [.. Five.Select(id => new OrganizationAccount(AccountId.Parse(id), "", "r-ab12", Active: true))]);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 2.8)]
    [InlineData(1000, 2993.8)]
    public void Beyond_62_budget_days_a_month_each_day_of_a_budget_with_actions_costs_ten_cents(int budgets, decimal expected) =>
        Assert.Equal(expected, ActionPrice.OfMonth(budgets));

    [Fact]
    public void A_default_row_with_an_action_is_charged_once_for_each_account()
    {
        var plain = Rows("""{"AccountId":"default","BudgetValue":100}""");

        var warning = ActionPrice.Warning(plain, Rows($$"""{"AccountId":"default","BudgetValue":100,{{Action}}}"""), Tree, Given.Defaults);

        Assert.Equal(
            "Actions: 5 budgets would have actions (0 now), for which AWS charges about $8.80 a month: $0.10 a day for each, beyond 62 days a month in all "
                + "that are free",
            warning);
    }

    [Fact]
    public void What_is_free_is_said_to_be()
    {
        var plain = Rows("""{"AccountId":"default","BudgetValue":100}""");
        var two = plain.SetItems(Rows([.. Five.Take(2).Select(id => $$"""{"AccountId":"{{id}}",{{Action}}}""")]));

        Assert.Equal(
            "Actions: 2 budgets would have actions (0 now), which is free: 60 of the 62 days of budgets with actions that one bill has free a month; each "
                + "further day is $0.10, and budgets that BudgetSync does not know take free days too",
            ActionPrice.Warning(plain, two, Tree, Given.Defaults));
    }

    [Fact]
    public void What_adds_no_such_budget_is_not_warned_of()
    {
        var plain = Rows("""{"AccountId":"default","BudgetValue":100}""");
        var all = Rows($$"""{"AccountId":"default","BudgetValue":100,{{Action}}}""");

        Assert.Null(ActionPrice.Warning(all, all.SetItems(Rows("""{"AccountId":"111111111111","BudgetValue":7}""")), Tree, Given.Defaults));
        Assert.Null(ActionPrice.Warning(all, plain, Tree, Given.Defaults));
    }

    [Fact]
    public void An_account_whose_rows_become_wrong_keeps_what_it_has()
    {
        var all = Rows($$"""{"AccountId":"default","BudgetValue":100,{{Action}}}""");

        Assert.Null(ActionPrice.Warning(all, all.SetItems(Rows("""{"AccountId":"111111111111","BudgetValue":-1}""")), Tree, Given.Defaults));
    }

    private static ImmutableDictionary<string, RowImage> Rows(params string[] rows) =>
        rows.Select(row => Given.Row(row)).ToImmutableDictionary(row => row.Key, StringComparer.Ordinal);
}
