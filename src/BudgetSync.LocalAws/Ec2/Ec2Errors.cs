using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Ec2;

/// <summary>EC2's refusals (EC2 API reference, "Error codes"; the texts are those that people report).</summary>
internal static class Ec2Errors
{
    public static AwsException Malformed(string id) => new("InvalidInstanceID.Malformed", $"Invalid id: \"{id}\"");

    public static AwsException NotFound(IReadOnlyCollection<string> ids) => new(
        "InvalidInstanceID.NotFound",
        ids.Count == 1 ? $"The instance ID '{ids.First()}' does not exist" : $"The instance IDs '{string.Join(", ", ids)}' do not exist");

    public static AwsException WrongState(string id, string what) =>
        new("IncorrectInstanceState", $"The instance '{id}' is not in a state from which it can be {what}.");

    public static AwsException Spot(string id) => new(
        "UnsupportedOperation",
        $"You can't stop the Spot Instance '{id}' because it is associated with a one-time Spot Instance request. You can only stop Spot Instances associated "
            + "with persistent Spot Instance requests.");

    public static AwsException InstanceStore(string id) =>
        new("UnsupportedOperation", $"The instance '{id}' does not have an 'ebs' root device type and cannot be stopped");

    public static AwsException StopProtected(string id) => new(
        "OperationNotPermitted", $"The instance '{id}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.");

    public static AwsException Invalid(string message) => new("InvalidParameterValue", message);
}
