using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.Kms;

public sealed class KeyPolicyTests : IAsyncDisposable
{
    private const string Account = "111122223333";
    private const string Key = "1234abcd-12ab-34cd-56ef-1234567890ab";
    private const string OfAccount = """{"AWS":"arn:aws:iam::111122223333:root"}""";

    private readonly LocalCloud cloud = new();
    private readonly Wire wire;

    public KeyPolicyTests() => wire = new Wire(cloud, "TrentService", "kms");

    public ValueTask DisposeAsync() => cloud.DisposeAsync();

    [Fact]
    public async Task A_policy_is_read_by_the_keys_id_or_ARN()
    {
        var arn = cloud.Keys.PutKey(Account, Key, Policy(OfAccount));

        foreach (var id in new[] { Key, arn })
        {
            var answer = await wire.CallAsync(Account, "GetKeyPolicy", $"{{'KeyId':'{id}'}}");
            Assert.Contains("kms:*", answer["Policy"]!.ToString(), StringComparison.Ordinal);
            Assert.Equal("default", answer["PolicyName"]!.ToString());
        }
    }

    [Theory]
    [InlineData("'KeyId':'none'", "NotFoundException")]
    [InlineData("'KeyId':'alias/mine'", "NotFoundException")]
    [InlineData("'KeyId':'arn:aws:kms:us-east-1:111122223333:alias/mine'", "NotFoundException")]
    [InlineData("'KeyId':'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'", "InvalidArnException")]
    [InlineData("'KeyId':'1234abcd-12ab-34cd-56ef-1234567890ab','PolicyName':'other'", "NotFoundException")]
    public async Task What_is_no_key_is_refused(string input, string code)
    {
        cloud.Keys.PutKey(Account, Key, Policy(OfAccount));

        Assert.Equal(code, (await wire.RefusalAsync(Account, "GetKeyPolicy", $"{{{input}}}")).Code);
    }

    [Fact]
    public async Task Without_the_keys_own_word_no_policy_of_IAM_counts_and_another_account_sees_none()
    {
        var arn = cloud.Keys.PutKey(Account, Key, Policy("""{"Service":"budgets.amazonaws.com"}"""));
        var input = $"{{'KeyId':'{arn}'}}";

        Assert.Equal("AccessDeniedException", (await wire.RefusalAsync(Account, "GetKeyPolicy", input)).Code);
        cloud.Keys.PutKey(Account, Key, Policy(OfAccount));
        await wire.CallAsync(Account, "GetKeyPolicy", input);
        Assert.Equal("AccessDeniedException", (await wire.RefusalAsync("999999999999", "GetKeyPolicy", input)).Code);
    }

    private static PolicyDocument Policy(string principal) => Policies.Document(
        $$"""{"Effect":"Allow","Principal":{{principal}},"Action":"kms:*","Resource":"*"}""");
}
