namespace BudgetSync.Cli.Stack;

/// <summary>What a local deployment has beside what every one has: each of these, and each sum that has a name, is a committed template.</summary>
[Flags]
internal enum LocalFeature
{
    None = 0,

    /// <summary>The channels of cdk/samples/kinds.json, one of every kind, whose secrets are made up.</summary>
    Channels = 1,

    /// <summary>The hub decides responses, and the spokes carry them out.</summary>
    Responses = 2,

    ChannelsAndResponses = Channels | Responses,

    /// <summary>Spokes meter models; the hub tells its operations topic of them and has the organization deny them.</summary>
    Ai = 4,
}
