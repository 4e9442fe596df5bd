using System.Text.Json.Nodes;
using BudgetSync.LocalAws;
using BudgetSync.Management;
using BudgetSync.Spoke;

namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>The stacks of an organization whose hub decides responses and makes policies, from the committed templates, and the code that they run.</summary>
internal sealed class WorldStacks(LocalCloud cloud, Driver driver, string management)
{
    private Dictionary<string, string> Common => new()
    {
        ["OrganizationId"] = cloud.Options.OrganizationId,
        ["EmailRecipient"] = "finops@example.com",
        ["CodeBucket"] = "code",
        ["CodeKey"] = "code.zip",
    };

    /// <summary>Chance of each environment of its own, as in <see cref="SimulatedCode"/>; a killed one is not told of its death.</summary>
    public static void RegisterCode(LocalCloud cloud, int seed)
    {
        cloud.Lambda.RegisterInProcess("BudgetSync.Management", environment =>
        {
            var function = ManagementFunction.Create(environment.Variables, environment.CreateHandler(), environment.Time, new Random(seed), null);
            return (payload, context) => function.InvokeAsync(payload, context.Deadline - environment.Time.GetUtcNow(), CancellationToken.None);
        });
        cloud.Lambda.RegisterInProcess("BudgetSync.Spoke", environment =>
        {
            var function = SpokeFunction.Create(environment.Variables, environment.CreateHandler(), environment.Time, new Random(seed), null);
            return (payload, context) => function.InvokeAsync(payload, context.Deadline - environment.Time.GetUtcNow(), CancellationToken.None);
        });
    }

    public void DeployHub()
    {
        cloud.Organizations.EnableServiceControlPolicies();
        Deploy(management, "BudgetSync-Tables", "responses/tables", []);
        Deploy(management, "BudgetSync-Management", "controls/management", Common);
    }

    /// <param name="template">The spoke's: <c>stops/spoke</c>.</param>
    public void DeploySpoke(string account, string template) => Deploy(account, "BudgetSync-Spoke", template, new Dictionary<string, string>(Common)
    {
        ["ManagementAccountId"] = management,
        ["HomeRegion"] = cloud.Options.Region,
    });

    private void Deploy(string account, string stack, string template, Dictionary<string, string> parameters) =>
        driver.Finish(cloud.CloudFormation.DeployAsync(account, stack, Read(template), parameters));

    /// <summary>Without the blanks that it has for people: CloudFormation takes no more than 51,200 bytes inline.</summary>
    private static string Read(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "templates", $"{name}.template.json")))!.ToJsonString(); // JSON.
}
