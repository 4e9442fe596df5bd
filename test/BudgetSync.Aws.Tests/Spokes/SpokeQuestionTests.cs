using System.Net;
using System.Text;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Spokes;
using BudgetSync.Core;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Tests.Spokes;

/// <summary>The functions of a spoke are their account's own: whatever is answered in their place costs that account alone.</summary>
public sealed class SpokeQuestionTests
{
    private static readonly string Looked = ReportJson.Format(new Report { Outcome = ReportOutcome.Looked, At = World.Start });

    [Fact]
    public async Task What_the_function_answers_is_its_word()
    {
        var (word, absence, calls) = await AskAsync(_ => Answer(HttpStatusCode.OK, Looked));

        Assert.Equal((SpokeAbsence.None, 1), (absence, calls));
        Assert.Equal(ReportOutcome.Looked, Assert.IsType<SpokeWord.Said>(word).Report.Outcome);
    }

    /// <summary>Six tries of a minute would be the whole time of Respond's round, and six looks more.</summary>
    [Fact]
    public async Task One_that_hangs_is_asked_once()
    {
        var (word, absence, calls) = await AskAsync(_ => throw new TaskCanceledException("", new TimeoutException()));

        Assert.Equal((SpokeAbsence.None, 1), (absence, calls));
        Assert.Contains("did not answer within 60 seconds", Assert.IsType<SpokeWord.Silent>(word).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task An_answer_that_is_none_is_silence_and_throws_nothing(int depth)
    {
        var (word, absence, _) = await AskAsync(_ => Answer(HttpStatusCode.OK, new string('[', depth) + new string(']', depth)));

        Assert.IsType<SpokeWord.Silent>(word);
        Assert.Equal(SpokeAbsence.None, absence);
    }

    /// <summary>An older spoke has the role, and not the right: its stack is not gone, whatever an event says of it.</summary>
    [Theory]
    [InlineData(true, SpokeAbsence.OfFunction)]
    [InlineData(false, SpokeAbsence.OfRole)]
    public async Task What_is_not_there_is_told_apart(bool hasRole, SpokeAbsence expected)
    {
        var (word, absence, _) = await AskAsync(_ => Answer(HttpStatusCode.Forbidden, "{}", "AccessDeniedException"), hasRole: hasRole);

        Assert.IsType<SpokeWord.Silent>(word);
        Assert.Equal(expected, absence);
    }

    [Fact]
    public async Task What_Apply_says_counts_where_Meter_cannot_be_asked()
    {
        var (word, _, _) = await AskAsync(
            path => path.Contains("Meter", StringComparison.Ordinal)
                ? Answer(HttpStatusCode.Forbidden, "{}", "AccessDeniedException")
                : Answer(HttpStatusCode.OK, Looked),
            models: true);

        Assert.Null(Assert.IsType<SpokeWord.Said>(word).Models);
    }

    private static async Task<(SpokeWord Word, SpokeAbsence Absence, int Calls)> AskAsync(
        Func<string, HttpResponseMessage> answer, bool models = false, bool hasRole = true)
    {
        await using var world = await World.CreateAsync(World.Alpha);
        if (hasRole) world.AddRole(World.Alpha);
        else world.Cloud.Iam.DeleteRole(World.Alpha, "BudgetSyncSpokeRole");
        using var handler = new Functions(world.Cloud.CreateHandler(), answer);
        using var clients = new AwsClients(
            new Dictionary<string, string>
            {
                ["AWS_REGION"] = "us-east-1",
                ["AWS_ACCESS_KEY_ID"] = World.Management,
                ["AWS_SECRET_ACCESS_KEY"] = "any",
            },
            handler);
        using var sessions = new SpokeSessions(
            clients, new SpokeRole("aws", "BudgetSyncSpokeRole", "BudgetSync"), BudgetSync.Aws.Limits.AssumeRolePerSecond, world.Caller, world.Clock);
        var (word, absence) = await new SpokeQuestion(sessions, clients, world.Caller)
            .AskAsync(AccountId.Parse(World.Alpha), models, CancellationToken.None);
        return (word, absence, handler.Calls);
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string body, string? error = null)
    {
        var answer = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (error is not null) answer.Headers.Add("x-amzn-ErrorType", error);
        return answer;
    }

    /// <summary>Answers invocations in the place of functions.</summary>
    private sealed class Functions(HttpMessageHandler cloud, Func<string, HttpResponseMessage> answer) : DelegatingHandler(cloud)
    {
        public int Calls { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri?.AbsolutePath ?? "";
            if (!path.Contains("/functions/", StringComparison.Ordinal)) return base.SendAsync(request, cancellationToken);
            Calls++;
            return Task.FromResult(answer(path));
        }
    }
}
