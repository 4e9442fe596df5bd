using FsCheck;
using FsCheck.Fluent;

namespace BudgetSync.Core.Tests.Generators;

/// <summary>Runs a property over many seeds; a failure names the seed that replays it.</summary>
public static class Property
{
    /// <summary>How many seeds one property is tried with.</summary>
    private const int Seeds = 500;

    /// <param name="holds">Asserts; it is given a Random made from the seed.</param>
    public static void ForAllSeeds(Action<Random> holds) =>
        Check.One(PropertyCases.Of(Seeds), Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), (int seed) => holds(new Random(seed))));
}
