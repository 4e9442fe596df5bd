namespace BudgetSync.Cli.Stack;

/// <summary>What a local deployment has beside what every one has: one of these, as the committed templates have it.</summary>
internal enum LocalFeature
{
    None,

    /// <summary>The channels of cdk/samples/kinds.json, one of every kind, whose secrets are made up.</summary>
    Channels,

    /// <summary>The hub decides responses, and the spokes carry them out; without channels.</summary>
    Responses,

    /// <summary>Spokes meter models; the hub tells its operations topic of them and has the organization deny them.</summary>
    Ai,
}
