using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Channels;

namespace BudgetSync.Cli.Tests.Commands.Channels;

/// <summary>What of a channel's secret a provider's answer may bring to the screen: nothing, in whatever form.</summary>
public sealed class SecretMaskTests
{
    private const string Token = "xoxb-9a3b/4+7 c\"~~~?";

    public static TheoryData<string> Forms { get; } =
    [
        Token,
        $"Bearer {Token}",
        Token.ToUpperInvariant(),
        Uri.EscapeDataString(Token),
        WebUtility.UrlEncode(Token),
        WebUtility.HtmlEncode(Token),
        Base64(Token),
        Base64(Token).TrimEnd('='),
        Base64(Token).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
        Uri.EscapeDataString(Base64(Token)),
        JsonValue.Create(Token).ToJsonString(),
        Token.Replace("/", "\\/", StringComparison.Ordinal),
        Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Token)),
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_token_is_hidden_in_every_form_in_which_it_may_come_back(string form)
    {
        var hidden = new SecretMask(new JsonObject { ["token"] = Token }).Hide($"no access: {form} is unknown");

        Assert.DoesNotContain(form, hidden, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("9a3b", hidden, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("no access: ", hidden, StringComparison.Ordinal);
        Assert.EndsWith(" is unknown", hidden, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bearer abcd1234efgh", "echo abcd1234efgh", "echo …")]
    [InlineData("Bearer abcd1234efgh", "Bearer is no scheme here", "Bearer is no scheme here")]
    [InlineData("ApiKey abcd1234efgh", "YWJjZDEyMzRlZmdo", "…")]
    public void What_follows_the_scheme_is_hidden_alone_and_the_schemes_name_is_none(string authorization, string answer, string shown) =>
        Assert.Equal(shown, new SecretMask(new JsonObject { ["authorization"] = authorization }).Hide(answer));

    [Fact]
    public void A_login_is_hidden_as_it_was_sent_and_its_password_in_a_URL()
    {
        var mask = new SecretMask(new JsonObject { ["username"] = "robot@example.com", ["password"] = "p w&9" });

        Assert.Equal("Basic … is wrong", mask.Hide($"Basic {Base64("robot@example.com:p w&9")} is wrong"));
        Assert.Equal("?p=…", mask.Hide("?p=p%20w%269"));
        Assert.Equal("?p=…", mask.Hide("?p=p+w%269"));
    }

    [Theory]
    [InlineData("no service at /services/T0001/B0002/Xy9ZkQ7w8V6u", "no service at /…")]
    [InlineData("no token Xy9ZkQ7w8V6u", "no token …")]
    [InlineData("services are down", "services are down")]
    public void Of_an_address_that_is_the_secret_its_path_and_its_parts_are_hidden(string answer, string shown) => Assert.Equal(
        shown,
        new SecretMask(new JsonObject { ["url"] = "https://hooks.slack.com/services/T0001/B0002/Xy9ZkQ7w8V6u" }).Hide(answer));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
