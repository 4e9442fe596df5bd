namespace BudgetSync.Core.Ai;

/// <summary>What a call's <c>modelId</c> names, as far as its price goes.</summary>
/// <param name="Id">The foundation model's id, <c>anthropic.claude-3-haiku-20240307-v1:0</c>; what was written, where it names no foundation model.</param>
public sealed record BedrockModel(string Id, ModelKind Kind)
{
    /// <summary>
    /// What the ids of system inference profiles begin with (Bedrock user guide, "Supported Regions and models for inference profiles"). A geographic one is
    /// billed as the Region the call was made in, a global one has prices of its own.
    /// </summary>
    private static readonly string[] Geographies = ["us", "us-gov", "eu", "apac", "jp", "au", "ca"];

    private const string GlobalPrefix = "global.";

    /// <param name="profiles">
    /// The models of application inference profiles, by the profile's ARN, as GetInferenceProfile answers them: their names tell nothing.
    /// </param>
    public static BedrockModel Of(string modelId, IReadOnlyDictionary<string, string>? profiles = null)
    {
        if (!modelId.StartsWith("arn:", StringComparison.Ordinal)) return OfId(modelId);
        var parts = modelId.Split(':', 6);
        if (parts is not ["arn", _, "bedrock", var region, _, var resource]) return new(modelId, ModelKind.Unknown);
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        var (type, name) = slash < 0 ? (resource, "") : (resource[..slash], resource[(slash + 1)..]);
        return type switch
        {
            // Without a Region it is what a global profile calls (Bedrock user guide, "Global cross-Region inference").
            "foundation-model" => new(name, region.Length == 0 ? ModelKind.Global : ModelKind.Regional),
            "inference-profile" => OfId(name),
            "application-inference-profile" when profiles is not null && profiles.TryGetValue(modelId, out var model) => Of(model),
            "application-inference-profile" => new(modelId, ModelKind.UnknownProfile),
            "provisioned-model" => new(modelId, ModelKind.Provisioned),
            _ => new(modelId, ModelKind.Unknown),
        };
    }

    private static BedrockModel OfId(string id)
    {
        if (id.StartsWith(GlobalPrefix, StringComparison.Ordinal)) return new(id[GlobalPrefix.Length..], ModelKind.Global);
        var dot = id.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && Geographies.Contains(id[..dot], StringComparer.Ordinal) ? new(id[(dot + 1)..], ModelKind.Regional)
            : dot > 0 ? new(id, ModelKind.Regional)
            : new(id, ModelKind.Unknown);
    }
}

/// <summary>How a model is reached, which decides its price.</summary>
public enum ModelKind
{
    /// <summary>It names no model that has a price by token: a custom or imported one, an agent, or nothing.</summary>
    Unknown,

    /// <summary>On demand, in one Region or a geography: billed as the Region of the call.</summary>
    Regional,

    /// <summary>On demand, wherever there is room.</summary>
    Global,

    /// <summary>Bought by the hour: its tokens cost nothing more.</summary>
    Provisioned,

    /// <summary>An application inference profile whose model is not known.</summary>
    UnknownProfile,
}
