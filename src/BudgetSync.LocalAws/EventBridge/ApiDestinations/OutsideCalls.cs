namespace BudgetSync.LocalAws.EventBridge.ApiDestinations;

/// <summary>Calls what is outside the cloud, no longer than five seconds, and nothing where the cloud was given no way there.</summary>
internal sealed class OutsideCalls(LocalCloud cloud)
{
    /// <exception cref="EndpointFailure">It does not answer in time, or cannot be reached.</exception>
    public async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request)
    {
        if (cloud.Options.Outside is not { } outside) throw Unreachable();
        using var client = new HttpMessageInvoker(outside, disposeHandler: false);
        using var timeout = new CancellationTokenSource(AwsLimits.EventBridge.EndpointTime, cloud.Time);
        try
        {
            return await client.SendAsync(request, timeout.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new EndpointFailure("Timeout calling endpoint for API Destination: socket closed.", isFinal: false);
        }
        catch (HttpRequestException)
        {
            throw Unreachable();
        }
    }

    private static EndpointFailure Unreachable() => new("API destination endpoint cannot be reached.", isFinal: false);
}
