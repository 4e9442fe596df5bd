using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace BudgetSync.Compat.Wire;

/// <summary>
/// The base of the clients: AWSSDK.Core's own pipeline (credentials, signing, retries, timeouts, <c>AWS_ENDPOINT_URL</c>,
/// <c>HttpClientFactory</c>) with our endpoint rules and marshalling in it.
/// </summary>
public abstract class JsonServiceClient : AmazonServiceClient
{
    private readonly ServiceModel service;

    protected JsonServiceClient(ServiceModel service, JsonServiceConfig config)
        : base(config) => this.service = service;

    protected JsonServiceClient(ServiceModel service, AWSCredentials credentials, JsonServiceConfig config)
        : base(credentials, config) => this.service = service;

    protected JsonServiceClient(ServiceModel service, string awsAccessKeyId, string awsSecretAccessKey, JsonServiceConfig config)
        : base(awsAccessKeyId, awsSecretAccessKey, config) => this.service = service;

    protected JsonServiceClient(
        ServiceModel service, string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, JsonServiceConfig config)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, config) => this.service = service;

    // Read by the base constructor, before our own field is set: it must not capture the model then.
    protected override IServiceMetadata ServiceMetadata => new Metadata(this);

    // The order of the official clients: marshal, choose how to sign, choose where to, then the rest.
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new EndpointHandler());
        pipeline.AddHandlerAfter<Marshaller>(new SignatureVersion4Handler());
    }

    protected Task<TResponse> CallAsync<TRequest, TResponse>(
        Operation<TRequest, TResponse> operation, TRequest request, CancellationToken cancellationToken)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new()
    {
        var options = new InvokeOptions { RequestMarshaller = operation, ResponseUnmarshaller = operation.Response };
        return InvokeAsync<TResponse>(request, options, cancellationToken);
    }

    private sealed class Metadata(JsonServiceClient client) : IServiceMetadata
    {
        public string ServiceId => client.service.ServiceId;

        public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
    }
}
