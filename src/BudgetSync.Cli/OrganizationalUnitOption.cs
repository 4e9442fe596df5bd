using System.CommandLine;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;

namespace BudgetSync.Cli;

/// <summary>An option that takes an OU or the root, or says what one looks like.</summary>
internal static class OrganizationalUnitOption
{
    /// <summary>The option <c>--ou</c>.</summary>
    public static Option<string?> Create(string description)
    {
        var option = new Option<string?>("--ou") { Description = description, HelpName = "ID" };
        option.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>();
            if (Scope.TryParse(text) is not (Scope.OrganizationalUnit or Scope.Root))
                result.AddError($"--ou: \"{Printable.Key(text ?? "")}\" is no OU; give an id like ou-ab12-11111111, or the root's like r-ab12");
        });
        return option;
    }
}
