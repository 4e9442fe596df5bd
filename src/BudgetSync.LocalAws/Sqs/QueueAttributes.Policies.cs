using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Sqs;

/// <content>Attributes that are JSON: who may use the queue, and where its failures go.</content>
internal static partial class QueueAttributes
{
    private static void CheckPolicy(string value)
    {
        try
        {
            PolicyDocument.Parse(value);
        }
        catch (AwsException malformed)
        {
            throw new AwsException("InvalidAttributeValue", $"Invalid value for the parameter Policy. {malformed.Message}");
        }
    }

    private static void CheckRedrive(Arn queue, string value)
    {
        var members = Object(value);
        if (members?["deadLetterTargetArn"] is not JsonValue target || members["maxReceiveCount"] is not JsonValue count || members.Count > 2)
            throw Redriving(value, "It takes deadLetterTargetArn and maxReceiveCount");
        if (!int.TryParse(count.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var receives) || receives is < 1 or > AwsLimits.Sqs.Receives)
            throw Redriving(value, $"Invalid value for maxReceiveCount: {count}, valid values are from 1 to {AwsLimits.Sqs.Receives} both inclusive");
        if (!Arn.TryParse(target.ToString(), out var dead) || dead.Service != "sqs") throw Redriving(value, "Invalid value for deadLetterTargetArn");
        if (dead.AccountId != queue.AccountId) throw Redriving(value, "Dead-letter target owner should be same as the source");
        if (dead.Region != queue.Region) throw Redriving(value, "Dead-letter target must be in same region as the source");
    }

    private static JsonObject? Object(string text)
    {
        try
        {
            return JsonText.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static AwsException Redriving(string value, string reason) =>
        new("InvalidParameterValue", $"Value {value} for parameter RedrivePolicy is invalid. Reason: {reason}.");
}
