using System.Collections.Immutable;
using BudgetSync.Core.Spend.Envelopes;

namespace BudgetSync.Core.Coverage;

/// <summary>What an edit of rows means for envelopes.</summary>
/// <param name="Warnings">A line for each envelope that is over-allocated after the edit and does not refuse it.</param>
/// <param name="Refusals">Those that refuse the edit, by key: it makes the excess, or makes it larger.</param>
public sealed record EnvelopeEdit(EquatableArray<string> Warnings, EquatableArray<(string Key, string Text)> Refusals)
{
    /// <param name="before">The envelopes as they stand.</param>
    /// <param name="after">As they would stand.</param>
    public static EnvelopeEdit Of(IEnumerable<EnvelopeLine> before, IEnumerable<EnvelopeLine> after)
    {
        var was = before.ToDictionary(line => line.Key, Excess, StringComparer.Ordinal);
        var (warnings, refusals) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<(string, string)>());
        foreach (var line in after)
        {
            switch (line.Standing.Allocation)
            {
                case AllocationVerdict.Warned(var text):
                    warnings.Add(text);
                    break;
                // What was so before is no fault of this edit, which may be one of several that put it right.
                case AllocationVerdict.Rejected(var text) when was.TryGetValue(line.Key, out var excess) && Excess(line) <= excess:
                    warnings.Add(text);
                    break;
                case AllocationVerdict.Rejected(var text):
                    refusals.Add((line.Key, text));
                    break;
            }
        }

        return new(warnings.ToImmutable(), refusals.ToImmutable());
    }

    private static decimal Excess(EnvelopeLine line) => line.Standing.Allocated - line.Envelope.Amount;
}
