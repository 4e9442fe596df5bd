using System.Buffers;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace BudgetSync.Compat.Wire;

/// <summary>One operation of an AWS JSON protocol or of AWS Query: how its request is written, its response read, and its errors named.</summary>
public sealed class Operation<TRequest, TResponse> : IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse, new()
{
    private readonly ServiceModel service;
    private readonly string name;
    private readonly Action<Utf8JsonWriter, TRequest> write;
    private readonly string method;
    private readonly string path;

    public Operation(
        ServiceModel service,
        string name,
        Action<Utf8JsonWriter, TRequest> write,
        JsonValue<TResponse> read,
        Func<ErrorDetails, AmazonServiceException> error,
        string method = "POST",
        string path = "/")
    {
        this.service = service;
        this.name = name;
        this.write = write;
        this.method = method;
        this.path = path;
        Response = service.IsQuery ? new QueryResponse<TResponse>(read, error) : new OperationResponse<TResponse>(read, error);
    }

    internal ResponseUnmarshaller Response { get; }

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
            write(writer, (TRequest)input);

        if (service.IsRest) return RestRequest.Of(input, service, method, path, body.WrittenSpan);
        var request = new DefaultRequest(input, service.RequestNamespace)
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = service.IsQuery ? QueryForm.Of(name, service.ApiVersion, body.WrittenSpan) : body.WrittenSpan.ToArray(),
        };
        if (service.IsQuery)
        {
            request.Headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8";
            return request;
        }

        request.Headers["X-Amz-Target"] = $"{service.TargetPrefix}.{name}";
        request.Headers["Content-Type"] = $"application/x-amz-json-{service.JsonVersion}";
        request.Headers[HeaderKeys.XAmzApiVersion] = service.ApiVersion;
        return request;
    }
}
