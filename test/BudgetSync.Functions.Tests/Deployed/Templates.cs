namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>The two templates as the CDK app synthesizes them and the repository keeps them; a test varies one of them.</summary>
internal sealed record Templates(string Management, string Spoke)
{
    public static Templates AsCommitted { get; } = new(Read("management"), Read("spoke"));

    private static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "templates", $"{name}.template.json"));
}
