namespace BudgetSync.LocalAws.Bedrock;

/// <summary>An application inference profile: a name of an account's own for a model.</summary>
/// <param name="Id">12 letters and digits.</param>
/// <param name="Models">ARNs of foundation models, one for each Region that it leads to.</param>
public sealed record InferenceProfile(string AccountId, string Region, string Id, string Name, IReadOnlyList<string> Models, DateTimeOffset Created)
{
    public string Arn => $"arn:aws:bedrock:{Region}:{AccountId}:application-inference-profile/{Id}";
}
