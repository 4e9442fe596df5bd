using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Sqs;

/// <summary>
/// What the attributes of a queue may be (SQS API reference, SetQueueAttributes). Those of encryption are kept and answered, and change nothing here:
/// nothing is stored.
/// </summary>
internal static partial class QueueAttributes
{
    /// <summary>What a queue begins with.</summary>
    public static readonly ImmutableSortedDictionary<string, string> Defaults = ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal,
        new Dictionary<string, string>
        {
            ["DelaySeconds"] = "0",
            ["MaximumMessageSize"] = "1048576",
            ["MessageRetentionPeriod"] = "345600",
            ["ReceiveMessageWaitTimeSeconds"] = "0",
            ["VisibilityTimeout"] = "30",
            ["SqsManagedSseEnabled"] = "true",
        });

    /// <summary>The whole numbers, with their bounds.</summary>
    private static readonly FrozenDictionary<string, (int Least, int Most)> Numbers = new Dictionary<string, (int, int)>
    {
        ["DelaySeconds"] = (0, 900),
        ["MaximumMessageSize"] = (1024, 1_048_576),
        ["MessageRetentionPeriod"] = (60, 1_209_600),
        ["ReceiveMessageWaitTimeSeconds"] = (0, 20),
        ["VisibilityTimeout"] = (0, 43_200),
        ["KmsDataKeyReusePeriodSeconds"] = (60, 86_400),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Others =
        FrozenSet.Create(StringComparer.Ordinal, "Policy", "RedrivePolicy", "RedriveAllowPolicy", "KmsMasterKeyId", "SqsManagedSseEnabled");

    private static readonly FrozenSet<string> Computed = FrozenSet.Create(
        StringComparer.Ordinal,
        "All",
        "QueueArn",
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
        "ApproximateNumberOfMessagesDelayed",
        "CreatedTimestamp",
        "LastModifiedTimestamp");

    /// <exception cref="AwsException">InvalidAttributeName: there is no such attribute to ask for.</exception>
    public static void CheckName(string name)
    {
        if (!Numbers.ContainsKey(name) && !Others.Contains(name) && !Computed.Contains(name)) throw Unknown(name);
    }

    /// <exception cref="AwsException">InvalidAttributeName: it cannot be set. InvalidAttributeValue or InvalidParameterValue: not to this.</exception>
    public static void Check(Arn queue, string name, string value)
    {
        if (Numbers.TryGetValue(name, out var bounds))
        {
            if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < bounds.Least || number > bounds.Most)
                throw Invalid(name);
            return;
        }

        if (!Others.Contains(name)) throw Unknown(name);
        if (value.Length == 0) return;
        switch (name)
        {
            case "Policy":
                CheckPolicy(value);
                break;
            case "RedrivePolicy":
                CheckRedrive(queue, value);
                break;
            case "RedriveAllowPolicy" when Object(value) is null:
            case "SqsManagedSseEnabled" when value is not ("true" or "false"):
                throw Invalid(name);
            default:
                break;
        }
    }

    /// <summary>The dead-letter queue of a RedrivePolicy that was checked.</summary>
    public static (string TargetArn, int MaximumReceives) Redrive(string policy)
    {
        var members = Object(policy)!; // Checked when it was set.
        return (members["deadLetterTargetArn"]!.ToString(), int.Parse(members["maxReceiveCount"]!.ToString(), CultureInfo.InvariantCulture));
    }

    private static AwsException Unknown(string name) => new("InvalidAttributeName", $"Unknown Attribute {name}.");

    private static AwsException Invalid(string name) => new("InvalidAttributeValue", $"Invalid value for the parameter {name}.");
}
