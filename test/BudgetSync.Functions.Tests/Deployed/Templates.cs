namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>The templates as the CDK app synthesizes them and the repository keeps them; a test varies one of them.</summary>
internal sealed record Templates(string Tables, string Management, string Spoke, string Rollout, string Track)
{
    public static Templates AsCommitted { get; } = new(Read("tables"), Read("management"), Read("spoke"), Read("rollout"), Read("track"));

    private static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "templates", $"{name}.template.json"));
}
