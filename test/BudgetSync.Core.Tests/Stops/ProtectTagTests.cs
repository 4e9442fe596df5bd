using System.Collections.Immutable;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Stops;

namespace BudgetSync.Core.Tests.Stops;

public sealed class ProtectTagTests
{
    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("yes", true)]
    [InlineData("1", true)]
    [InlineData("", true)]
    [InlineData("no", true)]
    [InlineData("false ", true)]
    [InlineData("false", false)]
    [InlineData("False", false)]
    [InlineData(null, false)]
    public void Every_value_but_false_protects(string? value, bool protects)
    {
        var tags = ImmutableSortedDictionary<string, string>.Empty;
        var resource = new StoppableResource(StoppableKind.Instance, "us-east-1", "i-1", "arn:aws:ec2:us-east-1:111122223333:instance/i-1", true)
        {
            Tags = value is null ? tags : tags.Add(ProtectTag.Key, value),
        };

        Assert.Equal(protects, resource.IsProtected);
    }
}
