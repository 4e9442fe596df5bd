using System.Net;

namespace BudgetSync.LocalAws.Tests;

/// <summary>What may be asked on the port beside AWS's own requests.</summary>
public sealed class ResetRequestTests
{
    [Fact]
    public async Task A_reset_is_asked_for_on_the_port_and_done_by_whoever_runs_the_cloud()
    {
        await using var cloud = new LocalCloud();
        await cloud.ListenAsync(0, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = cloud.Address };

        Assert.Equal($$"""{"run":{{cloud.Run}},"ready":false}""", await client.GetStringAsync(new Uri("_local", UriKind.Relative)));
        cloud.IsReady = true;
        Assert.Equal($$"""{"run":{{cloud.Run}},"ready":true}""", await client.GetStringAsync(new Uri("_local", UriKind.Relative)));
        Assert.False(cloud.ResetAsked.IsCompleted);

        using var asked = await client.PostAsync(new Uri("_local/reset", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        Assert.True(cloud.ResetAsked.IsCompleted);
    }

    [Fact]
    public async Task A_page_in_a_browser_cannot_ask_for_a_reset()
    {
        await using var cloud = new LocalCloud();
        await cloud.ListenAsync(0, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = cloud.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("_local/reset", UriKind.Relative));
        request.Headers.Add("Origin", "https://example.com");

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(cloud.ResetAsked.IsCompleted);
    }
}
