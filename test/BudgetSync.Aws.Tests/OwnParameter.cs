using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests;

/// <summary>Parameters that Apply alone writes, and what somebody does to them who may write them too.</summary>
internal static class OwnParameter
{
    /// <summary>Puts something in its place that is not written over as it is.</summary>
    public static async Task ObstructAsync(World world, string name, string what)
    {
        if (what == "a label on the oldest version")
        {
            await world.LabelOldestAsync(Alpha, name);
            return;
        }

        await world.As(Alpha).OwnSystems.PutParameterAsync(new()
        {
            Name = name,
            Value = "nothing",
            Type = what == "another type" ? "StringList" : "String",
            Tier = what == "the advanced tier" ? "Advanced" : null,
            AllowedPattern = what == "a pattern" ? "nothing" : null,
            Overwrite = what is not "another type",
        });
    }
}
