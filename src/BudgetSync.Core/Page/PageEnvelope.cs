using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Spend.Envelopes;

namespace BudgetSync.Core.Page;

/// <summary>An OU, the root or <c>default</c>, and what is allowed, allocated and spent below it.</summary>
/// <param name="Scope">Its key.</param>
/// <param name="Name">The OU's name; "" where it has none.</param>
/// <param name="Depth">0 for the root and <c>default</c>, 1 for an OU below the root.</param>
/// <param name="Amount">Null for an OU without an envelope, which stands there for the tree's sake.</param>
public sealed record PageEnvelope(string Scope, string Name, int Depth, Envelope? Amount, EnvelopeStanding? Standing)
{
    /// <summary>The envelopes in the order of the tree: <c>default</c>, the root, and each OU after the one that it stands in.</summary>
    public static ImmutableArray<PageEnvelope> Of(IEnumerable<EnvelopeLine> lines, OrganizationTree tree) =>
    [
        .. lines.Select(line => (Line: line, Path: Core.Scope.TryParse(line.Key) is { } scope ? tree.NamesTo(scope) : []))
            .OrderBy(line => string.Join('\u0001', line.Path), StringComparer.Ordinal)
            .ThenBy(line => line.Line.Key, StringComparer.Ordinal)
            .Select(line => new PageEnvelope(line.Line.Key, line.Line.Name, Math.Max(0, line.Path.Length - 1), line.Line.Envelope, line.Line.Standing)),
    ];
}
