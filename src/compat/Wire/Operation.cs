using System.Buffers;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace BudgetSync.Compat.Wire;

/// <summary>One operation of an AWS JSON protocol: how its request is written, its response read, and its errors named.</summary>
public sealed class Operation<TRequest, TResponse> : IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse, new()
{
    private readonly ServiceModel service;
    private readonly string target;
    private readonly string contentType;
    private readonly Action<Utf8JsonWriter, TRequest> write;

    public Operation(
        ServiceModel service,
        string name,
        Action<Utf8JsonWriter, TRequest> write,
        JsonValue<TResponse> read,
        Func<ErrorDetails, AmazonServiceException> error)
    {
        this.service = service;
        target = $"{service.TargetPrefix}.{name}";
        contentType = $"application/x-amz-json-{service.JsonVersion}";
        this.write = write;
        Response = new OperationResponse<TResponse>(read, error);
    }

    internal OperationResponse<TResponse> Response { get; }

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
            write(writer, (TRequest)input);

        var request = new DefaultRequest(input, service.RequestNamespace)
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = body.WrittenSpan.ToArray(),
        };
        request.Headers["X-Amz-Target"] = target;
        request.Headers["Content-Type"] = contentType;
        request.Headers[HeaderKeys.XAmzApiVersion] = service.ApiVersion;
        return request;
    }
}
