namespace BudgetSync.Core.Status;

/// <summary>Reasons that more than one step gives. They are told to people; nothing is decided by them.</summary>
internal static class StatusReasons
{
    internal const string Uncovered = "no row applies to this account: add a row for it, for an OU above it, for the root, or for default";

    internal const string Forgotten =
        "no row applies to this account, and its parameter holds budgets of ours that its status does not know: they are let go and left as they are";

    internal const string Disabled = "Enabled is false: this account is left exactly as it is";

    internal const string Suspended = "the account is suspended or closing: it is left alone";

    internal const string Gone = "the account has left the organization";

    internal const string StackDeleted =
        "the spoke's stack was deleted: its parameter was written, and nobody applies it until a stack is there; deploy the stack again";

    internal const string NoSuchAccount = "the organization has no such account: correct the row's AccountId, or delete the row";
}
