using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Organizations;

/// <summary>The errors of AWS Organizations, by name.</summary>
internal static class OrganizationErrors
{
    public static AwsException Denied() => new("AccessDeniedException", "You don't have permissions to access this resource.");

    public static AwsException NotInUse() => new("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.");

    public static AwsException NoAccount(string id) => new("AccountNotFoundException", $"You specified an account that doesn't exist: {id}.");

    public static AwsException NoRequest(string id) => new("CreateAccountStatusNotFoundException", $"We can't find a create account request with the id {id}.");

    public static AwsException ManagementCannotLeave() => new(
        "MasterCannotLeaveOrganizationException",
        "You can't remove a management account from an organization. If you want to, you must first delete the organization.");

    public static AwsException NoUnit(string id) =>
        new("OrganizationalUnitNotFoundException", $"You specified an organizational unit that doesn't exist: {id}.");

    public static AwsException NoResourcePolicy() =>
        new("ResourcePolicyNotFoundException", "We can't find a resource policy request with the parameter that you specified.");

    public static AwsException NoParent(string id) => new("ParentNotFoundException", $"You specified parent that doesn't exist: {id}.");

    public static AwsException PolicyTypeNotEnabled() => new(
        "PolicyTypeNotEnabledException",
        $"The policy type {OrganizationPolicy.Type} isn't enabled in this root; enable it with EnablePolicyType before a policy is attached.");

    public static AwsException NoTarget(string id) =>
        new("TargetNotFoundException", $"We can't find a root, OU, account, or policy with the TargetId that you specified: {id}.");

    public static AwsException Throttled(string operation) => new(
        "TooManyRequestsException", $"You have sent too many requests of {operation} in too short a period of time. Try again later.");

    public static AwsException InvalidInput(string reason, string message) =>
        new("InvalidInputException", message) { Members = new System.Text.Json.Nodes.JsonObject { ["Reason"] = reason } };

    public static AwsException Constraint(string reason, string message) =>
        new("ConstraintViolationException", message) { Members = new System.Text.Json.Nodes.JsonObject { ["Reason"] = reason } };
}
