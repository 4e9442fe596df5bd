using System.Text.RegularExpressions;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>The patterns AWS publishes (service models of budgets and sns), as they stand there, anchored to the whole text.</summary>
internal static partial class Patterns
{
    /// <summary>BM budgets BudgetName.</summary>
    [GeneratedRegex(@"\A(?![^:\\]*/action/|(?i).*<script>.*</script>.*)[^:\\]+\z")]
    public static partial Regex BudgetName();

    /// <summary>ISO 4217 codes by their form: which of them AWS bills in is for AWS to say.</summary>
    [GeneratedRegex(@"\A[A-Z]{3}\z")]
    public static partial Regex Currency();

    /// <summary>One @ between texts without blanks, commas, semicolons or brackets, the second with a dot inside.</summary>
    [GeneratedRegex(@"\A[^@\s,;<>\p{C}]+@[^@\s,;<>\p{C}]+\.[^@\s,;<>\p{C}]+\z")]
    public static partial Regex Email();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9-]{0,31}\z")]
    public static partial Regex ChannelName();

    [GeneratedRegex(@"\Aarn:(?<partition>aws[a-z-]*):sns:[a-z]{2,4}(-[a-z]+)+-[0-9]+:(?<account>[0-9]{12}):(?<name>[A-Za-z0-9_-]{1,256})\z")]
    public static partial Regex TopicArn();

    /// <summary>BM budgets BillingViewArn.</summary>
    [GeneratedRegex(
        @"\Aarn:(?<partition>aws[a-z-]*):billing::(?<account>[0-9]{12}):billingview/[a-zA-Z0-9/:_+=.@-]{0,75}[a-zA-Z0-9]\z")]
    public static partial Regex BillingViewArn();

    /// <summary>BM budgets RoleArn.</summary>
    [GeneratedRegex(
        @"\Aarn:(?<partition>aws(-eusc|-cn|-us-gov|-iso|-iso-[a-z]{1})?):iam::(?<account>[0-9]{12}):role(\u002F[\u0021-\u007F]+\u002F|\u002F)[\w+=,.@-]+\z")]
    public static partial Regex RoleArn();

    /// <summary>BM budgets PolicyArn.</summary>
    [GeneratedRegex(
        @"\Aarn:(?<partition>aws(-eusc|-cn|-us-gov|-iso|-iso-[a-z]{1})?):iam::(?<account>[0-9]{12}|aws)"
            + @":policy(\u002F[\u0021-\u007F]+\u002F|\u002F)[\w+=,.@-]+\z")]
    public static partial Regex PolicyArn();

    /// <summary>BM budgets Role, Group, User; an ARN, which its path would let through, is ruled out.</summary>
    [GeneratedRegex(@"\A(?!arn:)([\u0021-\u007F]+\u002F)?[\w+=,.@-]+\z")]
    public static partial Regex PrincipalName();

    /// <summary>BM budgets PolicyId.</summary>
    [GeneratedRegex(@"\Ap-[0-9a-zA-Z_]{8,128}\z")]
    public static partial Regex PolicyId();

    /// <summary>BM budgets TargetId.</summary>
    [GeneratedRegex(@"\A(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|[0-9]{12})\z")]
    public static partial Regex TargetId();

    /// <summary>BM budgets Region (9 to 20 characters).</summary>
    [GeneratedRegex(@"\A(?=.{9,20}\z)[a-z0-9]{2,4}-[a-z]+(-[a-z]+)?-[0-9]\z")]
    public static partial Regex Region();

    /// <summary>BM budgets InstanceId.</summary>
    [GeneratedRegex(@"\A(i-(\w{8}|\w{17})|[a-zA-Z]([\w-]{0,61}\w)?)\z")]
    public static partial Regex InstanceId();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9-]{0,31}\z")]
    public static partial Regex PolicyListName();

    /// <summary>IAM API Reference, CreateRole RoleName and CreateUser UserName.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9_+=,.@-]{1,64}\z")]
    public static partial Regex IamName();
}
