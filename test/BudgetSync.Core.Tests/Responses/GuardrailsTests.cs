using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Tests.Restrictions;
using BudgetSync.Core.Tests.Rows;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>The sentences of Turbot Guardrails in RESPONSES.md, each run through every state of spending.</summary>
public sealed class GuardrailsTests
{
    private static readonly (string State, int Actual)[] States =
        [("Unused", 0), ("Under", 500), ("OnTarget", 850), ("Over", 1050), ("Critical", 1300), ("Shutdown", 2500)];

    public static TheoryData<string, string, string> Sentences()
    {
        var sentences = new TheoryData<string, string, string>();
        foreach (var line in ResponseDocument.Table("guardrails").Skip(1)) sentences.Add(line[0], line[1], line[2]);
        return sentences;
    }

    [Theory]
    [MemberData(nameof(Sentences))]
    public void A_sentence_begins_at_its_state_and_not_below(string sentence, string responses, string beginsAt)
    {
        Assert.NotEmpty(sentence);
        var begins = States.Where(state => new Spending(responses, state.Actual).Decided().Length > 0).Select(state => state.State).ToList();

        Assert.Equal(beginsAt == "never" ? [] : States.Select(state => state.State).SkipWhile(state => state != beginsAt), begins);
    }

    [Theory]
    [MemberData(nameof(Sentences))]
    public void A_sentence_goes_as_far_as_its_mode_and_takes_the_warning_it_gives(string sentence, string responses, string beginsAt)
    {
        Assert.NotEmpty(sentence);
        if (beginsAt == "never") return;
        var actual = States.First(state => state.State == beginsAt).Actual;
        // Its end is not what this is about: a warning of a year outlasts the month.
        var account = new Spending(responses.Replace("}]", ",\"Until\":\"MANUAL\"}]", StringComparison.Ordinal), actual);
        account.Decide();
        var rule = account.Only.Rule;
        if (rule.Mode == ResponseMode.WATCH)
        {
            Assert.Equal("Watched", account.After(TimeSpan.FromDays(10)).Decided());
            return;
        }

        Assert.Equal("Planned", account.After(rule.Grace - TimeSpan.FromMinutes(1)).Decided());
        account.After(TimeSpan.FromMinutes(1)).Decide();
        Assert.Equal(rule.Mode == ResponseMode.ARMED ? "InForce" : "AwaitingApproval", account.Only.State.Name);
    }

    [Fact]
    public void What_is_excepted_comes_before_any_restriction()
    {
        var account = new Spending("""[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED","Except":{"Roles":["admin"]}}]""", 1050);
        account.Decide();
        account.After(TimeSpan.FromHours(1)).Decide();

        Assert.Equal(["admin"], Assert.Single(account.Row.Travelling).Except.Roles);
        Assert.Equal(Given.Account, account.Account);
    }
}
