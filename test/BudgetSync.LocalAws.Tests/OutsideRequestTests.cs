using System.Net;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.Testing;

namespace BudgetSync.LocalAws.Tests;

public sealed class OutsideRequestTests
{
    [Fact]
    public async Task A_tool_reaches_on_the_port_what_API_destinations_reach_and_nothing_else()
    {
        await using var provider = await LoopbackProvider.StartAsync(_ => new ProviderAnswer(418, "tea"));
        using var outside = new LoopbackEndpoints(new Dictionary<string, Uri> { ["chat.example.com"] = provider.Address });
        await using var cloud = new LocalCloud(new LocalCloudOptions { Outside = outside });
        await using var closed = new LocalCloud();
        var address = await cloud.ListenAsync(0, CancellationToken.None);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer x");
        using var content = new StringContent("hello");

        using var answer = await client.PostAsync(new Uri(address, "/_local/outside/chat.example.com/a?b=1"), content);
        using var elsewhere = await client.GetAsync(new Uri(address, "/_local/outside/other.example.com/"));
        using var none = await client.GetAsync(new Uri(await closed.ListenAsync(0, CancellationToken.None), "/_local/outside/chat.example.com/"));

        Assert.Equal((418, "tea"), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        var request = Assert.Single(provider.Requests);
        Assert.Equal(("/a?b=1", "Bearer x", "hello"), (request.Path, request.Headers["Authorization"], request.Body));
        Assert.Equal((HttpStatusCode.BadGateway, HttpStatusCode.BadGateway), (elsewhere.StatusCode, none.StatusCode));
    }
}
