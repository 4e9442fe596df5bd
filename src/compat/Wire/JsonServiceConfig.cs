using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;
using ExecutionContext = Amazon.Runtime.Internal.ExecutionContext;

namespace BudgetSync.Compat.Wire;

/// <summary>The base of the clients' configurations: names, version and endpoint rules from one <see cref="ServiceModel"/>.</summary>
public abstract class JsonServiceConfig : ClientConfig
{
    private readonly ServiceModel service;

    protected JsonServiceConfig(ServiceModel service)
        : base(new DefaultConfigurationProvider(DefaultModes.All))
    {
        this.service = service;
        ServiceId = service.ServiceId;
        AuthenticationServiceName = service.SigningName;
        EndpointProvider = new EndpointRules(service);
    }

    public override string RegionEndpointServiceName => service.EndpointPrefix;

    public override string ServiceVersion => service.ApiVersion;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
    {
        var context = new RequestContext(enableMetrics: false, clientSigner: null)
        {
            ClientConfig = this,
            OriginalRequest = parameters.Request,
            Request = new DefaultRequest(parameters.Request, service.RequestNamespace),
        };
        return new EndpointHandler().GetEndpoint(new ExecutionContext(context, responseContext: null));
    }

    public override string UserAgent => InternalSDKUtils.BuildUserAgentString(service.ServiceId, "4.0.0");
}
