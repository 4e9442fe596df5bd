using BudgetSync.Core.Ai;

namespace BudgetSync.Core.Tests.Ai;

/// <summary>The table of AI.md: whom a record is counted to.</summary>
public sealed class AiPrincipalTests
{
    public static TheoryData<string, string, string> Principals()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var line in AiDocument.Table("principals").Skip(1)) data.Add(line[0], line[1], line[2]);
        return data;
    }

    [Theory]
    [MemberData(nameof(Principals))]
    public void An_arn_is_counted_to_the_principal_of_the_table(string arn, string kind, string name)
    {
        var principal = AiPrincipal.Of(arn);

        Assert.Equal((kind, name), (principal.Kind.ToString(), principal.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("alice")]
    [InlineData("arn:aws:iam::111122223333:user/")]
    [InlineData("arn:aws:iam::1111:user/alice")]
    [InlineData("arn:aws:sts::111122223333:assumed-role/")]
    [InlineData("arn:aws:s3:::bucket/user/alice")]
    public void What_is_no_principal_is_unknown_and_nobody_elses(string arn) => Assert.Equal(AiPrincipal.Unknown, AiPrincipal.Of(arn));

    [Theory]
    [InlineData("arn:aws:sts::999999999999:assumed-role/Admin/x", "unknown")]
    [InlineData("arn:aws:iam::999999999999:user/alice", "unknown")]
    [InlineData("arn:aws:iam::111122223333:user/alice", "user/alice")]
    public void Somebody_of_another_account_is_not_who_has_the_name_here(string arn, string name) =>
        Assert.Equal(name, AiPrincipal.Of(arn, AccountId.Parse("111122223333")).Name);

    /// <summary>Only AWS makes roles of permission sets, and ends their names in 16 letters.</summary>
    [Fact]
    public void A_role_that_only_begins_like_one_of_a_permission_set_is_no_person() =>
        Assert.Equal("role/AWSReservedSSO_x", AiPrincipal.Of("arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_x/alice@example.com").Name);
}
