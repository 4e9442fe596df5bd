using BudgetSync.Core.Ai;
using BudgetSync.Core.Tests.Generators;

namespace BudgetSync.Core.Tests.Ai;

/// <summary>The policy that names suspended people of IAM Identity Center.</summary>
public sealed class PeoplePolicyTests
{
    private const string Stack =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["bedrock:*"],"Resource":"*","Condition":{"StringLike":{"aws:userid":["-"]}}}]}""";

    [Fact]
    public void People_are_named_by_their_sessions_and_nobody_by_a_value_that_no_session_has()
    {
        Assert.Empty(PeoplePolicy.Names(Stack)!.Value);

        var named = PeoplePolicy.With(Stack, ["person/bob@example.com", "person/alice@example.com"]);

        Assert.Equal(Stack.Replace("\"-\"", "\"*:alice@example.com\",\"*:bob@example.com\"", StringComparison.Ordinal), named);
        Assert.Equal(["person/alice@example.com", "person/bob@example.com"], PeoplePolicy.Names(named!)!.Value);
        Assert.Equal(Stack, PeoplePolicy.With(named!, []));
    }

    [Fact]
    public void What_others_wrote_beside_names_stays_and_one_text_is_read_as_a_list()
    {
        var theirs = Stack.Replace("[\"-\"]", "\"AROAEXAMPLE:carol\"", StringComparison.Ordinal);

        Assert.Empty(PeoplePolicy.Names(theirs)!.Value);
        Assert.Contains("""["*:alice","AROAEXAMPLE:carol"]""", PeoplePolicy.With(theirs, ["person/alice"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no policy")]
    [InlineData("[]")]
    [InlineData("""{"Version":"2012-10-17","Statement":[]}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Condition":{"StringLike":{"aws:userid":[1]}}}]}""")]
    public void What_the_stack_did_not_make_is_not_read_and_not_changed(string document)
    {
        Assert.Null(PeoplePolicy.Names(document));
        Assert.Null(PeoplePolicy.With(document, ["person/alice"]));
    }

    /// <summary>Whoever may write to the log names whom he likes.</summary>
    [Theory]
    [InlineData("person/alice@example.com", true)]
    [InlineData("person/*", false)]
    [InlineData("person/a?ice", false)]
    [InlineData("person/${aws:username}", false)]
    [InlineData("person/al\"ice", false)]
    [InlineData("person/alice\n", false)]
    [InlineData("role/alice", false)]
    public void Only_the_name_of_a_session_is_ever_named(string name, bool can) => Assert.Equal(can, PeoplePolicy.CanName(AiPrincipal.Parse(name)!));

    [Fact]
    public void As_many_as_a_plan_names_fit_into_the_quota() => Property.ForAllSeeds(random =>
    {
        var length = random.Next(2, 65);
        var people = new List<string>();
        for (var left = AiSteps.PeopleCharacters; left > 0; left -= people[^1].Length + 5)
            people.Add($"person/{people.Count.ToString($"d{length}", System.Globalization.CultureInfo.InvariantCulture)}");
        people.RemoveAt(people.Count - 1);
        // The stack's own text: its actions and what stands around them.
        var stack = Stack.Replace("bedrock:*", new string('a', 900), StringComparison.Ordinal);

        Assert.True(PeoplePolicy.With(stack, people)!.Length <= 6144);
    });

    [Theory]
    [InlineData("AWSReservedSSO_Developer_0123456789abcdef", "Developer")]
    [InlineData("AWSReservedSSO_Data_Science_0123456789abcdef", "Data_Science")]
    [InlineData("AWSReservedSSO_x", null)]
    [InlineData("Developer", null)]
    public void A_permission_set_is_known_by_the_name_of_its_role(string role, string? name) => Assert.Equal(name, PermissionSets.NameOf(role));
}
