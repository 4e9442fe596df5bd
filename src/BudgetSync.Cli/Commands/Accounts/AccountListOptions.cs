using System.CommandLine;

using BudgetSync.Cli.Stack;
namespace BudgetSync.Cli.Commands.Accounts;

/// <summary>
/// The options of every command that tells of many accounts: the same names, words and meanings for <c>status</c>, <c>drift</c>, <c>plan</c> and
/// <c>reconcile</c>.
/// </summary>
/// <typeparam name="TState">The states that this command tells of.</typeparam>
internal sealed class AccountListOptions<TState>
    where TState : struct, Enum
{
    private readonly Option<TState[]> state = new("--state")
    {
        Description = $"Only accounts in this state, or in one of several: {string.Join(", ", Enum.GetNames<TState>())}",
        HelpName = "S",
        AllowMultipleArgumentsPerToken = false,
        CustomParser = result =>
        {
            var found = new List<TState>();
            foreach (var text in result.Tokens.SelectMany(token => token.Value.Split(',')))
            {
                if (Enum.TryParse<TState>(text, ignoreCase: true, out var one) && Enum.IsDefined(one) && !char.IsDigit(text[0])) found.Add(one);
                else result.AddError($"--state: \"{text}\" is no state; give one of {string.Join(", ", Enum.GetNames<TState>())}");
            }

            return [.. found.Distinct()];
        },
    };

    private readonly Option<AccountSort?> sort;

    private readonly Option<int?> limit = WholeNumberOption.Create(
        "--limit",
        0,
        1_000_000,
        $"Show so many accounts; 0: all of them. By default {AccountListWish<TState>.ScreenLimit} on a terminal, and elsewhere all");

    private readonly Option<int?> skip = WholeNumberOption.Create("--skip", 0, 1_000_000, "Leave so many accounts out first, to go on where --limit ended");

    /// <param name="what">What <c>--account</c> and <c>--ou</c> do to an account: <c>Look into</c>, <c>Show</c>.</param>
    /// <param name="jsonForm">What <c>--json</c> prints.</param>
    /// <param name="money">The command tells of money, so that accounts can be sorted by it.</param>
    public AccountListOptions(string what, string jsonForm, bool money = false)
    {
        sort = Sort(money ? Enum.GetValues<AccountOrder>() : [AccountOrder.Account, AccountOrder.Name, AccountOrder.State]);
        Account = AccountOption.Create($"{what} only this account");
        Unit = OrganizationalUnitOption.Create($"{what} only accounts that stand in this OU or below it; the root's id is all");
        Json = new Option<bool>("--json") { Description = jsonForm };
        state.CompletionSources.Clear();
        state.CompletionSources.Add(Enum.GetNames<TState>());
    }

    public Option<string?> Account { get; }

    public Option<string?> Unit { get; }

    public Option<bool> Json { get; }

    public Option<bool> Csv { get; } = new("--csv") { Description = "Print CSV, a line per account, that a spreadsheet takes as it is" };

    /// <param name="paged">False where what is printed is never long.</param>
    public void AddTo(Command command, bool paged = true)
    {
        foreach (var option in new Option[] { Account, Unit, state, sort }) command.Options.Add(option);
        if (paged)
        {
            command.Options.Add(limit);
            command.Options.Add(skip);
        }

        command.Options.Add(Json);
        command.Options.Add(Csv);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Json) && result.GetValue(Csv)) result.AddError("--csv: and --json are two ways to print; give one of the two");
            if (result.GetResult(Account) is not null && result.GetResult(Unit) is not null)
                result.AddError("--ou: and --account are two ways to choose; give one of the two");
        });
    }

    public AccountListWish<TState> Read(ParseResult parsed) => new(
        AccountOption.Read(parsed, Account),
        parsed.GetValue(Unit),
        [.. parsed.GetValue(state) ?? []],
        parsed.GetValue(sort),
        parsed.CommandResult.Command.Options.Contains(limit) ? parsed.GetValue(limit) : null,
        parsed.CommandResult.Command.Options.Contains(skip) ? parsed.GetValue(skip) ?? 0 : 0,
        parsed.GetValue(Json) ? PrintForm.Json : parsed.GetValue(Csv) ? PrintForm.Csv : PrintForm.Text);

    private static Option<AccountSort?> Sort(AccountOrder[] orders)
    {
        string[] names = [.. orders.Select(order => order.ToString().ToLowerInvariant())];
        var option = new Option<AccountSort?>("--sort")
        {
            Description = $"By what to sort: {string.Join(", ", names)}; with a minus in front (-{names[0]}) backwards",
            HelpName = "BY",
            CustomParser = result =>
            {
                var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
                if (Array.IndexOf(names, text.TrimStart('-').ToLowerInvariant()) is >= 0 and var index)
                    return new AccountSort(orders[index], text.StartsWith('-'));
                result.AddError($"--sort: \"{text}\" is nothing to sort by; give one of {string.Join(", ", names)}, with a minus in front to sort backwards");
                return null;
            },
        };
        option.CompletionSources.Add([.. names, .. names.Select(name => $"-{name}")]);
        return option;
    }
}
