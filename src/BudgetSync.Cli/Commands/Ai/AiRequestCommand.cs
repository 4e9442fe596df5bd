using System.CommandLine;
using BudgetSync.Cli.Commands.Responses;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary>
/// <c>budgetsync ai restore</c> and <c>ai approve</c>: what a person wants of one budget. It is written into the account's status with the caller's ARN and the
/// reason, travels in its parameter, and the spoke does it.
/// </summary>
internal static class AiRequestCommand
{
    public static Command Restore(ConsoleContext terminal) => Create(
        terminal,
        "restore",
        "Give a principal, pool or account its models back, or let a suspension that is to come not come, for the rest of the window",
        AiRequestKind.Restore,
        "is neither suspended nor about to be");

    public static Command Approve(ConsoleContext terminal) => Create(
        terminal,
        "approve",
        "Let a suspension begin that waits for a person, because its row says CONFIRM",
        AiRequestKind.Approve,
        "does not wait for approval (any more)");

    private static Command Create(ConsoleContext terminal, string name, string description, AiRequestKind kind, string stale)
    {
        var account = RestrictionArguments.Account($"ai {name}");
        var subject = new Argument<string>("BUDGET")
        {
            Description = "As 'budgetsync ai status' shows it: role/DataScience, BedrockAPIKey-ab12, pool/research; account is the "
                + "account's cap",
        };
        subject.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => AiSubject.Parse(token.Value) is null))
            {
                result.AddError(
                    $"\"{Printable.Key(token.Value)}\" has no budget of models; give it as 'budgetsync ai status' shows it: role/DataScience, user/alice, "
                        + "BedrockAPIKey-ab12, person/alice@example.com, pool/research, or account for the account's cap");
            }

            foreach (var token in result.Tokens.Where(token => AiSubject.Parse(token.Value) is AiSubject.Model))
                result.AddError($"{Printable.Key(token.Value)}: a model's budget only tells, so nobody is suspended for it");
        });
        var because = BecauseOption.Demand("Why, for those who ask later", MostLetters);
        var command = new Command(name, description) { account, subject, because };
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var (id, key) = (parsed.GetRequiredValue(account), parsed.GetRequiredValue(subject));
            var by = await stack.CallerArnAsync(cancellation);
            var now = stack.Time.GetUtcNow();
            // To the second, as a document carries it.
            var at = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
            var request = new AiRequest(AiSubject.Parse(key)!, kind, at, by, parsed.GetRequiredValue(because)); // Not null: it was validated.
            var known = await stack.Status.ReadAsync(id, cancellation) ?? throw new CommandException($"{id} has no status. Nothing was written.");
            if (known is { Meters: false, Ai: null })
                throw new CommandException($"{id} does not meter models; 'budgetsync ai check {id}' says why. Nothing was written.");
            if (known.Ai is { Omitted: 0 } report && report.Lines.All(line => line.Subject.Key != key))
                throw new CommandException($"{key} of {id} has no budget of models; 'budgetsync ai status {id}' shows which there are. Nothing was written.");
            if (kind == AiRequestKind.Approve) DemandEffect(id, request.Subject, await SuspensionBounds.ReadAsync(stack, known, cancellation));
            var (before, after) = await AiRequestWriter.WriteAsync(stack, terminal, known, request, now, cancellation);
            if (ReferenceEquals(before, after))
                throw new CommandException($"{key} of {id} {stale}; 'budgetsync ai status {id}' shows what is. Nothing was written.");
            TellLost(terminal, id, before ?? known, after);
            await SpokeRequest.TakeUpAsync(stack, [id], terminal, cancellation);
            if (kind == AiRequestKind.Approve) (await StoppedResponses.ReadAsync(stack, cancellation))?.Tell(terminal, forPeople: false);
            await terminal.Out.WriteLineAsync(Printable.Line($"{id} {key}: asked for; 'budgetsync ai status {id}' shows when it is done."));
            return ExitCode.Done;
        });
        return command.WithExamples($"budgetsync ai {name} 111122223333 role/DataScience --because \"the demo is today\"");
    }

    /// <exception cref="CommandException">Nothing would come of an approval, and it would count when that has changed, which nobody expects then.</exception>
    private static void DemandEffect(string account, AiSubject subject, SuspensionBounds bounds)
    {
        if (AiNote.WhyNot(subject, bounds) is not { Length: > 0 } why) return;
        throw new CommandException($"{account} {subject}: nothing would come of an approval now: {why}. Nothing was written.");
    }

    /// <summary>The parameter carries the newest of an account: what this one has pushed out, and the spoke had not read yet.</summary>
    private static void TellLost(ConsoleContext terminal, string account, StatusRow before, StatusRow after)
    {
        var lost = before.AiRequests.Where(request => request.At >= (before.Ai?.At ?? default) && !after.AiRequests.Contains(request)).ToList();
        foreach (var request in lost)
        {
            terminal.TellFolded(
                Printable.Line($"Only the newest {AiLimits.Requests} of {account} are on their way at once, so this one may have pushed out {request.Kind} "
                    + $"{request.Subject}: look at 'budgetsync ai status {account}' in five minutes, and ask for it again where it is not done."),
                indent: 2);
        }
    }

    /// <summary>Of each request that travels in the account's parameter, which has 8 KB for them and for the budgets.</summary>
    private const int MostLetters = 200;
}
