using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// AWS EC2 Query (smithy.io, "AWS EC2 query protocol"): as AWS Query, but lists have no <c>member</c> in requests and <c>&lt;item&gt;</c> in answers, an answer
/// has no result element around it, and an error stands in a list.
/// </summary>
internal static class Ec2Protocol
{
    public static WireResponse Success(AwsService service, string operation, JsonObject output, string requestId)
    {
        XNamespace ns = service.XmlNamespace;
        var response = new XElement(ns + $"{operation}Response", new XElement(ns + "requestId", requestId));
        foreach (var (name, value) in output) QueryProtocol.Write(response, ns, name, value, "item");
        return QueryProtocol.Respond(200, response, requestId);
    }

    public static WireResponse Error(AwsException error, string requestId)
    {
        var response = new XElement(
            "Response",
            new XElement(
                "Errors",
                new XElement(
                    "Error",
                    new XElement("Code", error.Code == "UnrecognizedClientException" ? "AuthFailure" : QueryProtocol.Code(error.Code)),
                    new XElement("Message", QueryProtocol.Printable(error.Message)))),
            new XElement("RequestID", requestId));
        return QueryProtocol.Respond(error.Status, response, requestId);
    }
}
