using BudgetSync.Core.Ai;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Tests.Generators;
using BudgetSync.Core.Tests.Rows;

namespace BudgetSync.Core.Tests.Ai;

/// <summary>What rows say of models, how it is inherited, and how it travels.</summary>
public sealed class AiPolicyTests
{
    private static readonly AiPrincipal Science = AiPrincipal.Of("arn:aws:iam::111122223333:role/DataScience");

    private static readonly BedrockModel Nova = BedrockModel.Of("us.amazon.nova-pro-v1:0");

    [Fact]
    public void A_document_without_rows_of_models_is_what_it_was_before_there_were_any()
    {
        var desired = Given.Desired("""{"BudgetValue":1500}""");

        const string before = """
            {"Budgets":[{"BudgetName":"SpokeAccountBudget","BudgetValue":1500,"EmailRecipients":["finops@example.com"],"Thresholds":[90]}],"Version":1}
            """;
        Assert.Null(desired.Ai);
        Assert.Equal(before, ParameterDocument.Format(desired.Budgets, [], desired.Ai));
    }

    [Fact]
    public void Models_stand_before_the_budgets_and_each_budget_says_what_its_default_does_not()
    {
        var ai = Policy(
            """
            {"Default":{"Limit":5,"Mode":"ARMED","Rate":{"Rpm":60}},
             "Principals":{"role/DataScience":{"Limit":50,"Shared":true,"Rate":null},"BedrockAPIKey-*":{}},
             "Pools":{"research":{"Members":["user/bob","role/*"],"Limit":200}},"AccountCap":{"Limit":500.50,"Mode":"ARMED","Grace":"0m"},
             "Models":{"anthropic.*":{"Limit":300,"Window":"DAILY"}},"DiscountPercent":12.50,"Unit":"USD"}
            """);

        Assert.Equal(
            """
            {"Ai":{"AccountCap":{"Grace":"0m","Limit":500.5,"Mode":"ARMED"},"Default":{"Limit":5,"Mode":"ARMED","Rate":{"Rpm":60}},"DiscountPercent":12.5,
            "Models":{"anthropic.*":{"Limit":300,"Window":"DAILY"}},"Pools":{"research":{"Limit":200,"Members":["role/*","user/bob"]}},
            "Principals":{"BedrockAPIKey-*":{},"role/DataScience":{"Limit":50,"Rate":null,"Shared":true}}},"Budgets":[],"Version":1}
            """.ReplaceLineEndings(""),
            ParameterDocument.Format(Core.Budgets.DesiredBudgets.None, [], ai));
    }

    [Fact]
    public void What_travels_reads_back_as_it_was_and_the_revision_covers_it() => Property.ForAllSeeds(random =>
    {
        var row = RandomRows.Valid(random, Given.Account.Value);
        if (!row.ContainsKey("Ai")) return;
        var desired = Assert.IsType<Resolution.Desired>(Resolver.Resolve(Given.Account, [RandomRows.Image(row)], Given.Defaults));
        var text = ParameterDocument.Format(desired.Budgets, [], desired.Ai);

        var read = Assert.IsType<ParsedDocument.Read>(ParameterDocument.Parse(text, Given.Account, Given.Defaults));

        Assert.Equal(desired.Ai, read.Ai);
        Assert.Equal(desired.Budgets, read.Budgets);
        Assert.Equal(ParameterDocument.Revision(text), read.Revision);
        Assert.NotEqual(desired.Parameter.Revision, read.Revision);
    });

    [Fact]
    public void A_nearer_row_says_one_member_and_inherits_the_rest()
    {
        var ai = Policy(
            """{"Default":{"Limit":20},"Principals":{"role/DataScience":{"Grace":"1h"},"user/bob":null},"AccountCap":{"Limit":9}}""",
            """{"Default":{"Mode":"ARMED","Window":"DAILY"},"Principals":{"role/DataScience":{"Limit":50},"user/bob":{"Limit":2},"user/al":{"Limit":3}}}""",
            """{"AccountCap":{"Limit":500,"Mode":"ARMED"},"DiscountPercent":5}""");

        var byDefault = AiBudget.Default with { Limit = 20, Mode = ResponseMode.ARMED, Window = AiWindow.Daily };
        Assert.Equal(byDefault, ai.Default);
        Assert.Equal(["role/DataScience", "user/al"], ai.Principals.Keys);
        Assert.Equal(byDefault with { Limit = 50, Grace = TimeSpan.FromHours(1) }, ai.Of(Science));
        Assert.Equal(byDefault with { Limit = 9 }, ai.AccountCap);
        Assert.Equal(5, ai.DiscountPercent);
    }

    [Fact]
    public void An_inherited_cap_is_dropped_by_null() =>
        Assert.Null(Policy("""{"AccountCap":null}""", """{"AccountCap":{"Limit":500}}""").AccountCap);

    [Fact]
    public void What_binds_many_is_not_in_earnest_because_the_default_is()
    {
        var ai = Policy("""{"Default":{"Mode":"ARMED"},"AccountCap":{"Limit":5},"Pools":{"p":{"Members":["*"],"Limit":5}},"Models":{"a.*":{"Limit":5}}}""");

        Assert.Equal(ResponseMode.ARMED, ai.Of(Science).Mode);
        Assert.All([ai.AccountCap!, ai.Pools["p"].Budget, ai.Models["a.*"]], budget => Assert.Equal(ResponseMode.WATCH, budget.Mode));
    }

    [Fact]
    public void Where_no_row_says_anything_everybody_is_watched_by_the_default_of_seed_002()
    {
        Assert.Null(Given.Desired("""{"BudgetValue":1500}""").Ai);
        Assert.Equal(new AiBudget(1, AiWindow.ThirtyDays, 70, 90, TimeSpan.FromMinutes(5), ResponseMode.WATCH), AiPolicy.Empty.Of(Science));
        Assert.Equal(AiPolicy.Empty, Policy("{}"));
    }

    [Fact]
    public void A_call_counts_to_the_principal_its_pools_its_model_and_the_account()
    {
        var ai = Policy(
            """
            {"Pools":{"b":{"Members":["role/*"],"Limit":1},"a":{"Members":["role/DataScience"],"Limit":1},"c":{"Members":["user/*"],"Limit":1}},
             "Models":{"amazon.*":{"Limit":1}},"AccountCap":{"Limit":7}}
            """);

        var subjects = ai.SubjectsOf(Science, Nova);

        Assert.Equal(["role/DataScience", "pool/a", "pool/b", "model/amazon.nova-pro-v1:0", "account"], subjects.Select(subject => subject.Key));
        Assert.Equal(subjects, subjects.Select(subject => AiSubject.Parse(subject.Key)));
        Assert.Equal([1m, 1, 1, 1, 7], subjects.Select(subject => ai.BudgetOf(subject)!.Limit));
        Assert.Equal(["role/DataScience"], AiPolicy.Empty.SubjectsOf(Science, Nova).Select(subject => subject.Key));
        Assert.Null(AiPolicy.Empty.BudgetOf(new AiSubject.Account()));
    }

    [Fact]
    public void Every_problem_is_told_at_once_with_the_row_it_stands_in()
    {
        var rows = new[]
        {
            Given.Row("""{"Ai":{"Default":{"Limt":1,"Warn":0},"Principals":{"DataScience":{"Limit":-1}},"Pools":{"p":{"Limit":1}}}}"""),
            Given.Row("""{"AccountId":"default","BudgetValue":1,"Ai":{"AccountCap":{"Window":"1d"},"Models":{"Claude 3":{}}}}"""),
        };

        var rejected = Assert.IsType<Resolution.Rejected>(Resolver.Resolve(Given.Account, [.. rows], Given.Defaults));

        Assert.Equal<string[]>(
            [
                "Ai.Default.Limt: no such attribute; did you mean Limit?",
                "Ai.Default.Warn: 0 is no such percentage; write above 0, 100 at most, with 2 decimals at most",
                "Ai.Pools.p: Members is missing; add it",
                "Ai.Principals.DataScience.Limit: -1 is not above 0; write the limit as a positive number",
                "Ai.Principals.DataScience: \"DataScience\" names no principal; write role/NAME, user/NAME, person/NAME, federated/NAME, BedrockAPIKey-NAME, "
                    + "root or unknown, with * for any characters, or * alone for all",
                "row \"default\": Ai.AccountCap.Window: \"1d\" is not one of MONTHLY, WEEKLY, DAILY, 5h, 30d",
                "row \"default\": Ai.AccountCap: Limit is missing; add it",
                "row \"default\": Ai.Models.Claude 3: \"Claude 3\" is no id of a model; write for example amazon.nova-pro-v1:0 or anthropic.*",
                "row \"default\": Ai.Models.Claude 3: Limit is missing; add it",
            ],
            rejected.Reasons.Order(StringComparer.Ordinal).ToArray());
    }

    [Fact]
    public void In_a_deployment_of_another_currency_a_limit_without_its_unit_is_refused()
    {
        var yen = Given.Defaults with { Currencies = ["JPY"] };
        var slip = Given.Row("""{"BudgetValue":90000,"Ai":{"Default":{"Limit":1000,"Mode":"ARMED"}}}""");
        var meant = Given.Row("""{"BudgetValue":90000,"Ai":{"Unit":"USD","Default":{"Limit":10,"Mode":"ARMED"}}}""");

        var rejected = Assert.IsType<Resolution.Rejected>(Resolver.Resolve(Given.Account, [slip], yen));
        Assert.Equal(
            "Ai: limits are in USD, in which AWS prices models, and a row's other amounts are in JPY; write \"Unit\": \"USD\" to say that it is meant",
            Assert.Single(rejected.Reasons));
        Assert.Equal(10, Assert.IsType<Resolution.Desired>(Resolver.Resolve(Given.Account, [meant], yen)).Ai!.Default.Limit);
    }

    [Fact]
    public void A_policy_that_does_not_fit_into_a_parameter_is_refused_with_its_size()
    {
        var names = string.Join(',', Enumerable.Range(0, 50).Select(number => $"\"role/{new string('r', 90)}{number:00}\":{{\"Limit\":10}}"));
        var pools = string.Join(
            ',',
            Enumerable.Range(0, 3).Select(pool => $"\"p{pool}\":{{\"Limit\":1,\"Members\":[{string.Join(
                ',',
                Enumerable.Range(0, 20).Select(number => $"\"user/{new string('u', 60)}{number}\""))}]}}"));
        var row = Given.Row("{\"BudgetValue\":1,\"Ai\":{\"Principals\":{" + names + "},\"Pools\":{" + pools + "}}}");

        var rejected = Assert.IsType<Resolution.Rejected>(Resolver.Resolve(Given.Account, [row], Given.Defaults));
        Assert.Contains("a parameter holds 8192, so use fewer", Assert.Single(rejected.Reasons), StringComparison.Ordinal);
    }

    private static AiPolicy Policy(params string[] nearestFirst)
    {
        string[] keys = [Given.Account.Value, "ou-ab12-11111111", "default"];
        var rows = nearestFirst.Select((ai, place) => Given.Row($$"""{"AccountId":"{{keys[place]}}","BudgetValue":1,"Ai":{{ai}}}""")).ToList();
        return Assert.IsType<Resolution.Desired>(Resolver.Resolve(Given.Account, [.. rows], Given.Defaults)).Ai!;
    }
}
