using System.CommandLine;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Cli.Commands.Responses;

/// <summary>Which restriction a command is about.</summary>
internal static class RestrictionArguments
{
    public static Argument<string> Account(string command)
    {
        var account = new Argument<string>("ACCOUNT") { Description = "The account, 12 digits" };
        AccountOption.Check(account, command);
        return account;
    }

    public static Argument<string?> AnyAccount(string command)
    {
        var account = new Argument<string?>("ACCOUNT") { Description = "Of this account only, 12 digits", Arity = ArgumentArity.ZeroOrOne };
        AccountOption.Check(account, command);
        return account;
    }

    /// <summary>Of an account, or of the organization as a whole: the kill switch.</summary>
    public static Argument<string?> LedgerAccount()
    {
        var account = new Argument<string?>("ACCOUNT")
        {
            Description = $"Of this account only, 12 digits; '{RestrictionAlerts.EveryAccount}' has the kill switch",
            Arity = ArgumentArity.ZeroOrOne,
        };
        AccountOption.Check(account, "ledger", RestrictionAlerts.EveryAccount);
        return account;
    }

    public static Argument<string> Id()
    {
        var id = new Argument<string>("RESTRICTION") { Description = "Its id, as 'budgetsync restrictions' and the message show it: r-0123456789ab" };
        id.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !Restriction.IsId(token.Value)))
                result.AddError($"\"{token.Value}\" is no id of a restriction; give r- and 12 hex digits, as r-0123456789ab");
        });
        return id;
    }
}
