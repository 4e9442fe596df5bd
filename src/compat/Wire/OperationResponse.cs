using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace BudgetSync.Compat.Wire;

/// <summary>Reads one operation's answers, good and bad.</summary>
internal sealed class OperationResponse<TResponse>(JsonValue<TResponse> read, Func<ErrorDetails, AmazonServiceException> error)
    : JsonResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, new()
{
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        using var body = new MemoryStream();
        input.Stream.CopyTo(body);
        var reader = new Utf8JsonReader(body.GetBuffer().AsSpan(0, (int)body.Length));

        // Operations without output answer with an empty body or with {}.
        return body.Length > 0 && reader.Read() && reader.TokenType == JsonTokenType.StartObject ? read(ref reader) : new TResponse();
    }

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var reader = new StreamingUtf8JsonReader(input.Stream);
        var response = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
        return error(new ErrorDetails(
            response.Message,
            innerException,
            response.Type,
            response.Code,
            response.RequestId,
            statusCode,
            input.GetResponseBodyBytes()));
    }
}
