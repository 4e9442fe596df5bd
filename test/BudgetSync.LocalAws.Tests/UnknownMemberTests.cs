using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Bedrock;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Lambda;
using BudgetSync.LocalAws.S3;

namespace BudgetSync.LocalAws.Tests;

/// <summary>Driven by the list of all operations, so that a new one is covered by being there.</summary>
public sealed class UnknownMemberTests : IAsyncDisposable
{
    private const string Account = "999999999999";
    private const string Member = "NoSuchMember";

    private readonly LocalCloud cloud = new();

    public static TheoryData<string, string> Operations()
    {
        var operations = new TheoryData<string, string>();
        foreach (var service in new LocalCloud().Gateway.Services)
        {
            foreach (var operation in service.Operations) operations.Add(Name(service), operation.Name);
        }

        return operations;
    }

    public ValueTask DisposeAsync() => cloud.DisposeAsync();

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_member_that_is_not_known_is_refused_by_name_in_every_operation(string service, string operation)
    {
        using var api = new Api(cloud, Account);
        var known = cloud.Gateway.Services.Single(candidate => Name(candidate) == service);

        var message = known.Protocol switch
        {
            WireProtocol.Query => (await Api.RefusedAsync(() => api.QueryAsync(known.SigningName, operation, (Member, "x")))).Text,
            WireProtocol.Ec2Query => (await Api.RefusedAsync(() => api.Ec2Async(operation, (Member, "x")))).Text,
            WireProtocol.RestJson when known is BedrockService => await BedrockAsync(api, operation),
            WireProtocol.RestJson => await RestAsync(api, operation),
            WireProtocol.RestXml => await RestXmlAsync(api, operation),
            _ => (await Api.RefusedAsync(() => api.JsonAsync($"{known.TargetPrefix}.{operation}", new JsonObject { [Member] = "x" }))).Text,
        };

        Assert.Contains(Member, message, StringComparison.Ordinal);
    }

    private static async Task<string> RestAsync(Api api, string operation)
    {
        var (method, path, _) = LambdaRoutes.Paths.Single(known => known.Operation == operation);
        using var response = await api.RestAsync(method, $"{path.Replace("{FunctionName}", "f", StringComparison.Ordinal)}?{Member}=x");
        Assert.False(response.IsSuccessStatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<string> BedrockAsync(Api api, string operation)
    {
        var (method, path, _) = BedrockRoutes.Paths.Single(known => known.Operation == operation);
        var body = new JsonObject { [Member] = "x" }.ToJsonString();
        using var response = await api.RestAsync(
            method, path.Replace("{inferenceProfileIdentifier}", "ab12", StringComparison.Ordinal), body, "bedrock");
        Assert.False(response.IsSuccessStatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<string> RestXmlAsync(Api api, string operation)
    {
        var (method, path, _) = S3Routes.Paths.Single(known => known.Operation == operation);
        using var response = await api.RestAsync(method, $"{path.Replace("{Bucket}", "bucket", StringComparison.Ordinal)}?{Member}=x", service: "s3");
        Assert.False(response.IsSuccessStatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private static string Name(AwsService service) => service.TargetPrefix.Length > 0 ? service.TargetPrefix : service.SigningName;
}
