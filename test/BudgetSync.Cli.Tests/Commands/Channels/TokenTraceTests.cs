using BudgetSync.Cli.Commands.Channels;

namespace BudgetSync.Cli.Tests.Commands.Channels;

/// <summary>Tokens are planted in answers of an authorization endpoint that are none of RFC 6749, and looked for on the screen.</summary>
public sealed class TokenTraceTests
{
    private const string Planted = "eyJ0eXAi.planted-6d2f,1";

    public static TheoryData<string> Answers { get; } =
    [
        $"access_token={Planted}&token_type=Bearer",
        $$$"""{"result":{"access_token":"{{{Planted}}}","token_type":"Bearer"}}""",
        $$$"""{"error":"slow","access_token":{"value":["{{{Planted}}}"]}}""",
        $$"""[{"refresh_token":"{{Planted}}"}]""",
        $$"""{"body":"{\"id_token\":\"{{Planted}}\"}"}""",
        $$"""{"body":"access_token={{Planted}}"}""",
        $$"""{"accessToken":"{{Planted}}"}""",
        $$"""{"access_token":1,"access_token":"{{Planted}}"}""",
        $$"""{"access_token":"{{Planted}}","token_type":"Bea""",
        $"\"access_token={Planted}\"",
        $"<token><access_token>{Planted}</access_token></token>",
        $"<input name=access-token value=x><p>access_token&quot;:&quot;{Planted}",
        $"location: /done#access%5Ftoken%3D{Planted}",
        $"X-Access-Token : {Planted}",
    ];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_token_in_an_odd_answer_comes_to_no_screen_whatever_its_status(string answer)
    {
        foreach (var status in new[] { 200, 201, 302, 400, 401, 500 })
        {
            await using var world = await ChannelTokenTests.DeployedAsync(_ => new ProviderAnswer(status, answer));

            var run = await Tool.RunAsync(world.Environment, "channels", "test", "desk", "--yes");

            Assert.Equal(ExitCode.Failed, run.ExitCode);
            Assert.Contains($"HTTP {status}", run.Out, StringComparison.Ordinal);
            Assert.DoesNotContain("6d2f", run.Out + run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("eyJ0", run.Out + run.Error, StringComparison.Ordinal);
            Assert.Single(world.Provider.Requests);
        }
    }

    /// <summary>RFC 6749, 5.2: what an error says is said on.</summary>
    [Theory]
    [InlineData("the token of the client has expired", "the token of the client has expired")]
    [InlineData("error=invalid_token&token_type=Bearer", "error=invalid_token&token_type=Bearer")]
    [InlineData("\"invalid_client\"", "\"invalid_client\"")]
    public void An_error_without_a_token_is_shown_as_it_is(string answer, string shown) => Assert.Equal(shown, TokenMask.Hide(answer));

    [Fact]
    public void Of_JSON_all_but_tokens_is_shown() => Assert.Equal(
        """{"error":"invalid_token","error_description":"no client","token_type":"Bearer","expires_in":0,"scope":null,"id_token":"…"}""",
        TokenMask.Hide("""{"error":"invalid_token","error_description":"no client","token_type":"Bearer","expires_in":0,"scope":null,"id_token":"x"}"""));
}
