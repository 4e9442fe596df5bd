using BudgetSync.Cdk.Channels;

namespace BudgetSync.Cdk.Management;

/// <summary>The detail-types of our functions' events, as the code has them (a test holds that it does).</summary>
internal static class OwnEvents
{
    public const string SpokeDeployed = "BudgetSync Spoke Deployed";

    public const string RestrictionsDecided = "BudgetSync Restrictions Decided";

    public const string Notification = ChannelDelivery.DetailType;

    /// <summary>What Collect and Respond find of an account; either tells what the other died before telling.</summary>
    public static string[] Found { get; } =
    [
        "BudgetSync Spend State Changed", "BudgetSync Threshold Crossed", "BudgetSync Threshold Cleared", "BudgetSync Spend Running Out",
        "BudgetSync Restriction Changed", "BudgetSync Report Doubted", "BudgetSync AI Changed",
    ];
}
