using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>Shapes of names, amounts, people and ARNs: what can be judged of a value without knowing the rest of the row.</summary>
internal static partial class BudgetShapes
{
    /// <summary>Stands for the account a row is resolved for, so that one inherited row serves every account.</summary>
    public const string AccountPlaceholder = "{AccountId}";

    // Any account will do to look at an ARN's form while its account is still open.
    private const string SomeAccount = "000000000000";

    public static readonly Shape<string> Name = new(
        () => new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = AwsLimits.BudgetNameLength, ["pattern"] = @"^[^:\\]+$" },
        (ValueAt node, out string value) =>
        {
            if (!Shapes.Text.TryRead(node, out value!))
                return false;
            if (value.Length > AwsLimits.BudgetNameLength)
                return node.Refuse(RowRules.NameLength, $"{node.Quoted} has {value.Length} characters; AWS takes {AwsLimits.BudgetNameLength}");
            return (Patterns.BudgetName().IsMatch(value) && !value.Any(char.IsControl))
                || node.Refuse(
                    RowRules.NameCharacters,
                    $"{node.Quoted} holds what AWS does not take in a name (: or \\ or /action/ or a script tag or a control character); remove it");
        });

    public static readonly Shape<string> Unit = Shapes.Checked(
        RowRules.UnitLength,
        unit => unit.Length <= AwsLimits.UnitLength ? null : $"has {unit.Length} characters; write at most {AwsLimits.UnitLength}",
        new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = AwsLimits.UnitLength });

    public static readonly Shape<decimal> Amount = new(
        () => new JsonObject
        {
            ["type"] = new JsonArray("number", "string"),
            ["exclusiveMinimum"] = 0,
            ["maximum"] = JsonValue.Create(AwsLimits.AmountMaximum)
        },
        (ValueAt node, out decimal value) =>
        {
            if (!Shapes.Number.TryRead(node, out value))
                return false;
            if (node.Value is RowValue.Text { Value: var text } && NumberText.IsAmbiguous(text))
                return node.Refuse(
                    RowRules.AmountAmbiguous,
                    $"{node.Quoted} is {NumberText.Format(value)} here and {text.Trim().Replace(".", "", StringComparison.Ordinal)} where a point separates "
                        + $"thousands; write {NumberText.Certain(value)} or {text.Trim().Replace(".", "", StringComparison.Ordinal)}");
            if (node.Value is RowValue.Text { Value: var rounded } && rounded.Contains('E', StringComparison.OrdinalIgnoreCase))
                return node.Refuse(
                    RowRules.AmountRounded,
                    $"{node.Quoted} is how a spreadsheet shows a number that it has rounded; write all digits of the amount, {NumberText.Format(value)} if it "
                        + "is just that");
            if (value <= 0)
                return node.Refuse(RowRules.AmountPositive, $"{node.Quoted} is not above 0; write the limit as a positive number");
            return value <= AwsLimits.AmountMaximum
                || node.Refuse(RowRules.AmountMaximum, $"{node.Quoted} is too large; the largest is {NumberText.Format(AwsLimits.AmountMaximum)}");
        });

    public static readonly Shape<string> RoleArn = Arn(
        Patterns.RoleArn(),
        RowRules.RoleArn,
        "IAM role",
        "arn:aws:iam::{AccountId}:role/BudgetSyncActionRole",
        AwsLimits.RoleArnMinimum,
        AwsLimits.RoleArnMaximum);

    private static readonly Shape<string> View = Arn(
        Patterns.BillingViewArn(),
        RowRules.BillingViewArn,
        "billing view",
        "arn:aws:billing::{AccountId}:billingview/primary",
        AwsLimits.BillingViewArnMinimum,
        AwsLimits.BillingViewArnMaximum);

    public static readonly Shape<string> PolicyArn = Arn(
        Patterns.PolicyArn(),
        RowRules.PolicyArn,
        "IAM policy",
        "arn:aws:iam::{AccountId}:policy/DenyNewResources",
        AwsLimits.PolicyArnMinimum,
        AwsLimits.PolicyArnMaximum);

    /// <summary>A billing view's ARN, or null or "" for the account's own costs. It may be another account's: views are shared.</summary>
    public static readonly Shape<string> BillingView = new(
        () => new JsonObject { ["type"] = new JsonArray("string", "null") },
        (ValueAt node, out string value) =>
        {
            value = "";
            return node.Value is RowValue.Null or RowValue.Text { Value: "" } || View.TryRead(node, out value);
        });

    // "mailto:a@x" is a link, "a@x; b@x" two addresses, "Ann <a@x>" a name with one; of "a b@x" nobody knows whose the b is.
    private static string Suggestion(string text)
    {
        var pieces = text.Split([';', ' ', '<', '>'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(piece => piece.StartsWith(MailTo, StringComparison.OrdinalIgnoreCase) ? piece[MailTo.Length..] : piece)
            .ToList();
        var isTold = text.Contains('<', StringComparison.Ordinal) || pieces.TrueForAll(Patterns.Email().IsMatch);
        pieces.RemoveAll(piece => !Patterns.Email().IsMatch(piece));
        return isTold && pieces.Count > 0 ? string.Join(", ", pieces) : "name@example.com";
    }

    private static Shape<string> Arn(Regex pattern, Rule rule, string what, string example, int minimum, int maximum) => new(
        () => new JsonObject { ["type"] = "string" },
        (ValueAt node, out string value) =>
        {
            if (!Shapes.Text.TryRead(node, out value!) || !HasForm(node, value, pattern, rule, what, example))
                return false;
            var length = value.Replace(AccountPlaceholder, SomeAccount, StringComparison.Ordinal).Length;
            return (length >= minimum && length <= maximum)
                || node.Refuse(rule, $"{node.Quoted} has {length} characters; AWS takes {minimum} to {maximum}");
        });

    private static bool HasForm(ValueAt node, string arn, Regex pattern, Rule rule, string what, string example) =>
        pattern.IsMatch(arn.Replace(AccountPlaceholder, SomeAccount, StringComparison.Ordinal))
        || node.Refuse(rule, $"{node.Quoted} is not the ARN of an {what}; write for example {example}");
}
