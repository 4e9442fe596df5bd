using System.CommandLine;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Organization;

namespace BudgetSync.Cli.Stack;

/// <summary>The option <c>--ou</c>: it takes an OU or the root, or says what one looks like.</summary>
internal static class OrganizationalUnitOption
{
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

    /// <summary>The OU or root that was asked for; null where none was.</summary>
    /// <exception cref="CommandException">The organization does not have it.</exception>
    public static Scope? Find(string? unit, OrganizationTree tree)
    {
        if (unit is null) return null;
        return Scope.TryParse(unit) is { } scope && tree.Contains(scope)
            ? scope
            : throw new CommandException(
                $"--ou: the organization has no {Printable.Key(unit)}; 'aws organizations list-organizational-units-for-parent' lists what it has.");
    }
}
