using BudgetSync.Cli.Stack;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests;

/// <summary>Whatever is wrong with credentials, endpoints and proxies is one line: what, where, what to do. Never an exception, never silence.</summary>
public sealed class UnreachableTests
{
    private const string Html = "<html><body>Please sign in to the <b>proxy</b></body></html>";
    private const string Identity =
        """
        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <GetCallerIdentityResult><Arn>arn:aws:iam::999999999999:root</Arn><UserId>999999999999</UserId><Account>999999999999</Account></GetCallerIdentityResult>
        <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>
        """;

    public static TheoryData<string> Commands => ["status", "drift", "plan FILE", "reconcile"];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_proxy_that_answers_with_a_page_is_named(string command)
    {
        foreach (var status in new[] { 200, 302, 403, 502 })
            await FailsAsync(command, _ => LoopbackServer.Response(status, "text/html", Html), "http://127.0.0.1:", "what answered is not AWS");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_page_after_the_first_answer_is_named_too(string command) => await FailsAsync(
        command,
        request => request.Contains("Action=GetCallerIdentity", StringComparison.Ordinal)
            ? LoopbackServer.Response(200, "text/xml", Identity)
            : LoopbackServer.Response(200, "text/html", Html),
        "http://127.0.0.1:",
        "not AWS");

    [Theory]
    [InlineData("ExpiredToken", "sign in again")]
    [InlineData("InvalidClientTokenId", "give others (--profile")]
    [InlineData("SignatureDoesNotMatch", "give others (--profile")]
    [InlineData("AccessDenied", "let them be given this permission")]
    public async Task Credentials_that_are_refused_are_told_with_what_to_do(string code, string advice) => await FailsAsync(
        "status",
        _ => LoopbackServer.Response(
            403,
            "text/xml",
            $"""
            <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
            <Error><Type>Sender</Type><Code>{code}</Code><Message>No.</Message></Error></ErrorResponse>
            """),
        code,
        advice);

    [Theory]
    [InlineData("com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", "Requested resource not found", "There is no table BudgetSync-Budgets or")]
    [InlineData("com.amazon.coral.service#ExpiredTokenException", "The security token is expired", "sign in again")]
    [InlineData("com.amazon.coral.service#UnrecognizedClientException", "The security token is invalid", "give others (--profile")]
    [InlineData("com.amazon.coral.service#AccessDeniedException", "is not authorized to perform: dynamodb:Scan", "dynamodb:Scan")]
    public async Task What_a_later_call_is_refused_for_is_told_with_account_and_place(string code, string message, string advice) => await FailsAsync(
        "status",
        request => request.Contains("Action=GetCallerIdentity", StringComparison.Ordinal)
            ? LoopbackServer.Response(200, "text/xml", Identity)
            : request.Contains("DynamoDB_20120810", StringComparison.Ordinal)
                ? LoopbackServer.Response(400, "application/x-amz-json-1.0", $$"""{"__type":"{{code}}","message":"{{message}}"}""")
                : LoopbackServer.Response(
                    400,
                    "application/x-amz-json-1.1",
                    request.Contains("AmazonSSM", StringComparison.Ordinal)
                        ? """{"__type":"ParameterNotFound","message":"None."}"""
                        : """{"__type":"AWSOrganizationsNotInUseException","Message":"None."}"""),
        "account 999999999999",
        advice);

    [Fact]
    public async Task An_endpoint_that_never_answers_is_told_while_it_is_waited_for_and_then_given_up()
    {
        await using var server = new LoopbackServer(_ => null);
        var clock = new VirtualClock(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
        var running = Tool.RunAsync(terminal => terminal with { Environment = server.Environment, Time = clock }, "status");
        await server.Asked;
        clock.Advance(TimeSpan.FromSeconds(11));
        var run = await running;
        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Out));
        Assert.Contains("who we are …", run.Error, StringComparison.Ordinal);
        Assert.Contains("no answer within 10 s", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL", "nowhere", "AWS_ENDPOINT_URL: \"nowhere\" is not a URL")]
    [InlineData("AWS_ENDPOINT_URL", "http://127.0.0.1:1", "Nothing listens there")]
    [InlineData("AWS_ENDPOINT_URL", "http://no-such-host.invalid", "There is no such host")]
    public async Task A_wrong_endpoint_is_named(string name, string value, string told)
    {
        var run = await Tool.RunAsync(
            new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = "999999999999", ["AWS_SECRET_ACCESS_KEY"] = "local", [name] = value },
            "status");
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        OneLine(run);
    }

    [Theory]
    [InlineData("x!y")]
    [InlineData("x y")]
    [InlineData("-")]
    public async Task A_region_that_can_be_none_is_a_fault_of_usage(string region)
    {
        var option = await Tool.RunAsync("status", "--region", region);
        var first = await Tool.RunAsync(new Dictionary<string, string> { ["AWS_REGION"] = region }, "status");
        var second = await Tool.RunAsync(new Dictionary<string, string> { ["AWS_DEFAULT_REGION"] = region }, "status");
        foreach (var run in new[] { option, first, second })
        {
            Assert.Equal(ExitCode.Usage, run.ExitCode);
            Assert.StartsWith($"budgetsync: \"{region}\" is no region; write one like us-east-1 as --region", run.Error, StringComparison.Ordinal);
            Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        }
    }

    [Fact]
    public void What_the_SDK_says_of_missing_credentials_and_of_a_proxy_is_one_short_sentence()
    {
        var missing = new Amazon.Runtime.AmazonClientException("Failed to resolve AWS credentials. The credential providers used to search for credentials "
            + "returned the following errors:\n\nException 1 of 4: Amazon.Runtime.AmazonClientException: The environment variables were not set ..\n");
        Assert.Equal(
            "AWS in us-east-1: There are no AWS credentials here: sign in ('aws sso login', then --profile NAME or AWS_PROFILE), or set AWS_ACCESS_KEY_ID "
                + "and AWS_SECRET_ACCESS_KEY; against a running 'budgetsync local', add --local.",
            CallFailure.Of(missing, "AWS in us-east-1"));
        var refused = new HttpRequestException("The proxy tunnel request to proxy 'http://127.0.0.1:1/' failed with status code '403'.\"");
        Assert.Contains("status code '403'. Look at", CallFailure.Of(refused, "AWS in us-east-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_is_named_once()
    {
        var run = await Tool.RunAsync(
            new Dictionary<string, string>
            {
                ["AWS_ACCESS_KEY_ID"] = "999999999999",
                ["AWS_SECRET_ACCESS_KEY"] = "local",
                ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1",
            },
            "status");
        Assert.Contains("http://127.0.0.1:1 does not say who we are: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Split("http://127.0.0.1:1").Length);
    }

    [Fact]
    public async Task A_profile_that_is_not_there_is_named()
    {
        var run = await Tool.RunAsync("status", "--profile", "no-such-profile");
        Assert.Contains("--profile: there is no profile \"no-such-profile\"", run.Error, StringComparison.Ordinal);
        OneLine(run);
        var variable = await Tool.RunAsync(new Dictionary<string, string> { ["AWS_PROFILE"] = "no-such-profile" }, "status");
        Assert.Contains("AWS_PROFILE: there is no profile \"no-such-profile\"", variable.Error, StringComparison.Ordinal);
        OneLine(variable);
    }

    /// <summary>The SDK's own words name each place that it looked into, a dump of 700 letters.</summary>
    [Theory]
    [InlineData("Failed to resolve AWS credentials. The credential providers used to search for credentials returned the following errors:\nException 1 of 4")]
    [InlineData("Unable to get IAM security credentials from EC2 Instance Metadata Service.")]
    public void Where_there_are_no_credentials_it_is_said_what_to_do_and_nothing_of_the_dump(string dump)
    {
        var told = CallFailure.Of(new Amazon.Runtime.AmazonClientException(dump), "AWS in us-east-1");
        Assert.Equal($"AWS in us-east-1: {CallFailure.NoCredentials}", told);
    }

    private static async Task FailsAsync(string command, Func<string, string?> answer, params string[] told)
    {
        using var file = new RowsOnDisk("""[{ "AccountId": "222222222201", "BudgetValue": 1000 }]""");
        await using var server = new LoopbackServer(answer);
        var run = await Tool.RunAsync(server.Environment, [.. command.Split(' ').Select(word => word == "FILE" ? file.Path : word)]);
        Assert.All(told, text => Assert.Contains(text, run.Error, StringComparison.Ordinal));
        OneLine(run);
    }

    private static void OneLine(ToolResult run)
    {
        Assert.Contains(run.ExitCode, new[] { ExitCode.Failed, ExitCode.Usage });
        Assert.Equal("", run.Out);
        // Beside it stand what is being waited for, which stack it is, and that accounts without a row are not known.
        var lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.EndsWith('…') && !line.StartsWith("Stack of account ", StringComparison.Ordinal))
            .Where(line => !line.StartsWith("The organization cannot be read", StringComparison.Ordinal))
            .ToList();
        Assert.StartsWith("budgetsync: ", Assert.Single(lines), StringComparison.Ordinal);
        Assert.DoesNotContain("a fault of this tool", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }
}
