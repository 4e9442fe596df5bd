using System.CommandLine;
using BudgetSync.Aws.Respond;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Responses;

/// <summary><c>budgetsync arm</c> and <c>budgetsync stop-all</c>: the kill switch, and what lets a batch pass the mass brake.</summary>
internal static class ArmCommand
{
    private const int MostShown = 20;

    private const string Stopped = $"No response begins any more ({ArmedSwitch.ParameterName} is false); 'budgetsync arm' lets them begin again.";

    public static Command Create(ConsoleContext terminal)
    {
        var batch = new Option<bool>("--this-batch") { Description = "Let what the mass brake holds back now begin; shows it and asks" };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask" };
        var because = Because();
        var command = new Command("arm", "Let responses begin again after stop-all; or, of those that the mass brake holds back, this batch")
        {
            batch, yes, because,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(batch) && result.GetValue(because) is not null)
                result.AddError("arm: --because says why responses may begin again; --this-batch begins restrictions that have reasons of their own");
        });
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            if (parsed.GetValue(batch)) return await ReleaseAsync(stack, terminal, parsed.GetValue(yes), cancellation);
            await KillSwitch.ArmAsync(stack, terminal, parsed.GetValue(because), cancellation);
            await terminal.Out.WriteLineAsync("Responses may begin again: what is due does with the next round, by the modes of the rows.");
            await KillSwitch.TellAsync(stack, armed: true, terminal, cancellation);
            return ExitCode.Done;
        });
        return command.WithExamples("budgetsync arm", "budgetsync arm --this-batch");
    }

    public static Command CreateStop(ConsoleContext terminal)
    {
        var because = Because();
        var command = new Command("stop-all", "Let no response begin from now on, in any account. What is in force stays; 'lift' takes it back") { because };
        StackCommand.SetAction(
            command,
            terminal,
            async (stack, parsed, cancellation) =>
            {
                await KillSwitch.StopAsync(stack, terminal, parsed.GetValue(because), cancellation);
                terminal.WriteFolded(Stopped);
                await KillSwitch.TellAsync(stack, armed: false, terminal, cancellation);
                return ExitCode.Done;
            },
            unknown: async (settings, silence, parsed, cancellation) =>
            {
                await KillSwitch.StopUnknownAsync(settings, silence, terminal, parsed.GetValue(because), cancellation);
                terminal.WriteFolded(Stopped);
                return ExitCode.Done;
            });
        return command.WithExamples("budgetsync stop-all", "budgetsync stop-all --because \"a wrong limit in the default row\"");
    }

    private static Option<string?> Because() => BecauseOption.Create("Why, for the ledger");

    private static async Task<int> ReleaseAsync(DeployedStack stack, ConsoleContext terminal, bool yes, CancellationToken cancellation)
    {
        if (!await new ArmedSwitch(stack.Clients.OwnSystems, stack.Caller).ReadAsync(cancellation))
            throw new CommandException(
                "responses are stopped (budgetsync stop-all), so no batch begins: let them begin again with budgetsync arm, which lets nothing pass that "
                    + "the mass brake holds back, and give this command after the next round. Nothing was written.");
        var now = stack.Time.GetUtcNow();
        stack.Progress.Now("reading the status table");
        var held = (await stack.Status.ScanAsync(cancellation)).OrderBy(row => row.Key, StringComparer.Ordinal)
            .SelectMany(row => MassBrake.Batch(row.Restrictions, now).Select(restriction => (row.Key, Restriction: restriction)))
            .ToList();
        stack.Progress.Now("");
        if (held.Count == 0)
        {
            await terminal.Out.WriteLineAsync("The mass brake holds back nothing.");
            return ExitCode.Done;
        }

        RestrictionsView.Write(terminal, held.Take(MostShown));
        if (held.Count > MostShown) await terminal.Out.WriteLineAsync($"… and {Number.Of(held.Count - MostShown)} more ('budgetsync restrictions').");
        if (!yes)
        {
            terminal.DemandAnswers("nothing begins; add --yes");
            if (!await terminal.AskAsync($"Let {Number.Count(held.Count, "restriction")} begin?", cancellation))
            {
                await terminal.Error.WriteLineAsync("Nothing was done.");
                return ExitCode.Failed;
            }
        }

        var by = await stack.CallerArnAsync(cancellation);
        var released = 0;
        foreach (var (account, restriction) in held)
        {
            if (await PersonDecision.TryStepAsync(
                stack, account, row => StatusChange.Released(row, restriction.Id, by, stack.Time.GetUtcNow()), cancellation) is not null)
                released++;
            else
                await terminal.Error.WriteLineAsync($"{restriction.Id} of {account} is not planned any more, and is left as it is.");
        }

        await terminal.Out.WriteLineAsync($"{Number.Count(released, "restriction")} may begin, with the next round of {PersonDecision.RespondFunction}.");
        return ExitCode.Done;
    }
}
