namespace BudgetSync.Functions.Tests;

/// <summary>Lets AWS calls through and keeps what is PUT to a custom resource's answer URL.</summary>
internal sealed class AnswerCatcher(HttpMessageHandler cloud) : DelegatingHandler(cloud)
{
    public const string Url = "https://cloudformation-custom-resource-response.example/answer?signature=secret";

    public List<string> Answers { get; } = [];

    /// <summary>Content types sent along; the presigned URL stands none.</summary>
    public List<string?> ContentTypes { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri?.AbsoluteUri != Url || request.Method != HttpMethod.Put || request.Content is null)
            return await base.SendAsync(request, cancellationToken);
        Answers.Add(await request.Content.ReadAsStringAsync(cancellationToken));
        ContentTypes.Add(request.Content.Headers.ContentType?.ToString());
        return new HttpResponseMessage(System.Net.HttpStatusCode.OK);
    }
}
