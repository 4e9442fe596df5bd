using System.Collections.Immutable;
using BudgetSync.LocalAws.DynamoDb.Items;

namespace BudgetSync.LocalAws.DynamoDb.Expressions;

/// <content>Comparisons.</content>
internal sealed partial class ConditionParser
{
    private bool TakeOperator(string word)
    {
        if (!reader.TakeWord(word)) return false;
        reader.CountOperator();
        return true;
    }

    private static bool IsOperator(Token token) =>
        (token.Kind == TokenKind.Symbol && Comparators.Contains(token.Text)) || token.IsWord("BETWEEN") || token.IsWord("IN");

    private Condition.Between Between(Operand value)
    {
        var low = functions.Operand();
        if (!reader.TakeWord("AND")) throw reader.Unexpected();
        var high = functions.Operand();
        foreach (var operand in (ReadOnlySpan<Operand>)[value, low, high]) functions.RequireOrdered("BETWEEN", operand);
        if (low is Operand.Literal { Value: var from } && high is Operand.Literal { Value: var to })
        {
            var bounds = $"lower bound operand: AttributeValue: {Describe(from)}, upper bound operand: AttributeValue: {Describe(to)}";
            if (from.Type != to.Type) throw reader.Invalid($"The BETWEEN operator requires same data type for lower and upper bounds; {bounds}");
            if (ValueOrder.Compare(from, to) > 0)
                throw reader.Invalid($"The BETWEEN operator requires upper bound to be greater than or equal to lower bound; {bounds}");
        }

        return new Condition.Between(value, low, high);
    }

    private Condition.In In(Operand value)
    {
        reader.Expect("(");
        var candidates = ImmutableArray.CreateBuilder<Operand>();
        do
        {
            candidates.Add(functions.Operand());
        }
        while (reader.TakeSymbol(","));
        reader.Expect(")");
        if (candidates.Count > AwsLimits.DynamoDb.OperandsOfIn)
            throw reader.Invalid(
                $"The number of operands for the operator IN exceeds the limit; number of operands: {candidates.Count}, limit: "
                    + $"{AwsLimits.DynamoDb.OperandsOfIn}");
        foreach (var candidate in candidates) functions.RequireDistinct("IN", value, candidate);
        return new Condition.In(value, candidates.ToImmutable());
    }

    private static string Describe(AttributeValue value) => $"{{{value.Type}:{ItemJson.Write(value)[value.Type]}}}";
}
