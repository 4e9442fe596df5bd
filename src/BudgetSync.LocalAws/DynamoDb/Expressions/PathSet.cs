namespace BudgetSync.LocalAws.DynamoDb.Expressions;

/// <summary>The rule that no two places of one expression may meet: which one should win would depend on their order.</summary>
internal static class PathSet
{
    /// <exception cref="Kernel.AwsException">ValidationException naming the first two that overlap or conflict.</exception>
    public static void RequireDisjoint(TokenReader reader, IEnumerable<DocumentPath> paths)
    {
        var earlier = new List<DocumentPath>();
        foreach (var path in paths)
        {
            foreach (var other in earlier)
            {
                if (other.Overlaps(path))
                    throw reader.Invalid(
                        $"Two document paths overlap with each other; must remove or rewrite one of these paths; path one: {other}, path two: {path}");
                if (other.ConflictsWith(path))
                    throw reader.Invalid(
                        $"Two document paths conflict with each other; must remove or rewrite one of these paths; path one: {other}, path two: {path}");
            }

            earlier.Add(path);
        }
    }
}
