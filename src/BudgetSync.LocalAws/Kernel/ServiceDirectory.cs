using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>The services of a cloud, and which of them a request is for.</summary>
internal sealed class ServiceDirectory
{
    private readonly Dictionary<string, AwsService> byTarget = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AwsService> bySigningName = new(StringComparer.Ordinal);
    private readonly List<AwsService> all = [];

    public IReadOnlyCollection<AwsService> All => all;

    /// <summary>Makes a service reachable by its target prefix (JSON) or its signing name (Query); a REST service answers by its paths.</summary>
    public void Add(AwsService service)
    {
        all.Add(service);
        if (service.Protocol is WireProtocol.Query or WireProtocol.Ec2Query) bySigningName.Add(service.SigningName, service);
        else if (service.Protocol is not (WireProtocol.RestJson or WireProtocol.RestXml)) byTarget.Add(service.TargetPrefix, service);
    }

    /// <summary>The service that a request names, known or not to have the operation, with the request's members.</summary>
    /// <exception cref="AwsException">There is no such service, or the body cannot be read.</exception>
    public ServiceRequest Read(WireRequest request) => IsQuery(request) ? ReadQuery(request) : ReadJson(request);

    /// <summary>A form is answered in XML even where it names no service: its sender can read nothing else.</summary>
    public static bool IsQuery(WireRequest request) => request.Header("X-Amz-Target") is null && QueryForm.IsForm(request);

    private ServiceRequest ReadJson(WireRequest request)
    {
        if (request.Header("X-Amz-Target") is not { } target)
            throw new AwsException("UnknownOperationException", $"{request.Method} {request.Path} is no AWS call that LocalAws knows.", 404);
        var dot = target.LastIndexOf('.');
        if (dot < 0 || !byTarget.TryGetValue(target[..dot], out var service))
        {
            throw new AwsException(
                "UnknownOperationException",
                $"LocalAws does not know the service of X-Amz-Target \"{target}\"; BEHAVIOUR.md lists what it knows.");
        }

        return new ServiceRequest(service, target[(dot + 1)..], JsonProtocol.ReadBody(ContentEncoding.Decode(request)));
    }

    private ServiceRequest ReadQuery(WireRequest request)
    {
        var signature = Signature.Of(request);
        var service = signature is null ? null : bySigningName.GetValueOrDefault(signature.Service);
        var form = QueryForm.Read(request.Body, flat: service?.Protocol == WireProtocol.Ec2Query);
        if (form["Action"] is not JsonValue action) throw new AwsException("MissingAction", "The request is missing an action or a required parameter.");
        if (signature is null) throw new AwsException("MissingAuthenticationTokenException", "Request is missing Authentication Token", 403);
        var operation = action.GetValue<string>();
        if (service is null)
        {
            throw new AwsException(
                "InvalidAction",
                $"LocalAws does not know the Query service \"{signature.Service}\" (operation {operation}); BEHAVIOUR.md lists what it knows.");
        }

        // So answered by Amazon SES (aws-cli issue 37): an operation is one of a version of its service.
        var version = form["Version"]?.ToString() ?? "NO_VERSION_SPECIFIED";
        if (version != service.QueryVersion) throw new AwsException("InvalidAction", $"Could not find operation {operation} for version {version}");
        form.Remove("Action");
        form.Remove("Version");
        return new ServiceRequest(service, operation, service.Find(operation)?.Input.FromText(form) as JsonObject ?? form);
    }
}

/// <summary>A request whose service and operation are known, and nothing more.</summary>
/// <param name="Input">The members as they came, not yet checked.</param>
internal sealed record ServiceRequest(AwsService Service, string Operation, JsonObject Input);
