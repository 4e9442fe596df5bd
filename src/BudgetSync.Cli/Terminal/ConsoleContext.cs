using System.Globalization;
using BudgetSync.Aws.Settings;
using Spectre.Console;

namespace BudgetSync.Cli.Terminal;

/// <summary>
/// All that a command knows of the world it was started in: where it writes (results on <paramref name="Out"/>, talk on <paramref name="Error"/>) and its
/// environment. A record, so that the whole tool runs inside a test.
/// </summary>
/// <param name="Interactive">Standard output is a terminal: drawing and colour are welcome. Otherwise neither is used.</param>
internal sealed record ConsoleContext(TextWriter Out, TextWriter Error, bool Interactive)
{
    private readonly TextWriter results = Out;

    private readonly TextWriter talk = Error;

    /// <summary>Results. Whatever text gets here, it steers no terminal, and its lines are folded where the screen is too narrow.</summary>
    public TextWriter Out => new PrintableWriter(results, () => LineLength);

    /// <summary>Talk. Whatever text gets here, it steers no terminal, and its lines are folded where the screen is too narrow.</summary>
    public TextWriter Error => new PrintableWriter(talk, () => LineLength);

    /// <summary>Results that are not folded: what a program reads, and tables, which find their own widths. They steer no terminal either.</summary>
    public TextWriter Whole => new PrintableWriter(results, () => int.MaxValue);

    /// <summary>Talk that is not folded: several lines to be pasted as they are, and what the parser lays out.</summary>
    public TextWriter WholeTalk => new PrintableWriter(talk, () => int.MaxValue);

    /// <summary>Standard input, for a file named -.</summary>
    public Stream In { get; init; } = Stream.Null;

    /// <summary>A person is at standard input and can be asked.</summary>
    public bool Answers { get; init; }

    /// <summary>Talk goes to a terminal: a bar may be drawn over itself there. Otherwise progress is a line now and then.</summary>
    public bool DrawsProgress { get; init; }

    /// <summary>Where no width is known, tables are as wide as this.</summary>
    private const int PlainWidth = 120;

    /// <summary>The variable that says how wide a screen is that we cannot ask. Source: POSIX, "Environment Variables".</summary>
    private const string ColumnsVariable = "COLUMNS";

    /// <summary>The environment variables: AWS credentials, region, profile and endpoint.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What a person types to run this tool: what is printed to be pasted begins with it.</summary>
    public string CommandName { get; init; } = "budgetsync";

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How wide a screen without a terminal is taken to be; null: not known.</summary>
    public int? Width { get; init; }

    /// <summary>The process's own streams and environment.</summary>
    public static ConsoleContext OfProcess() => OfProcess(ProcessEnvironment.Read());

    private static ConsoleContext OfProcess(IReadOnlyDictionary<string, string> environment) => new(
        Console.Out,
        Console.Error,
        !Console.IsOutputRedirected && environment.GetValueOrDefault("TERM") is not "dumb" and not null)
    {
        In = Console.OpenStandardInput(),
        Answers = !Console.IsInputRedirected,
        DrawsProgress = !Console.IsErrorRedirected && environment.GetValueOrDefault("TERM") is not "dumb" and not null,
        Environment = environment,
        Width = int.TryParse(environment.GetValueOrDefault(ColumnsVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0
            ? columns
            : null,
        CommandName = Invocation.Of(
            System.Environment.ProcessPath,
            Path.Combine(AppContext.BaseDirectory, "budgetsync.dll"),
            SourceTree.ProjectOf(AppContext.BaseDirectory),
            environment),
    };

    /// <summary>How many columns a table may have.</summary>
    public int Columns => Interactive ? ScreenWidth : Width ?? PlainWidth;

    /// <summary>How long a line of text may be. Where no width is known, as long as it needs: a line is what grep finds.</summary>
    public int LineLength => Interactive ? ScreenWidth : Width ?? int.MaxValue;

    private int ScreenWidth => new AnsiConsoleOutput(results).Width;

    /// <summary>Colours are drawn: on a terminal, unless NO_COLOR says otherwise (https://no-color.org: present and not empty).</summary>
    public bool Colours => Interactive && string.IsNullOrEmpty(Environment.GetValueOrDefault("NO_COLOR"));

    /// <summary>Where lines of results go that are folded where the screen is too narrow.</summary>
    /// <param name="indent">How many blanks lines but the first begin with.</param>
    public TextWriter Folded(int indent = 0) => new FoldingWriter(Whole, LineLength, indent);

    /// <summary>Writes a line of results, in several where the screen is too narrow.</summary>
    public void WriteFolded(string text, int indent = 0) => Folded(indent).WriteLine(text);

    /// <summary>Writes a line of talk, in several where the screen is too narrow.</summary>
    public void TellFolded(string text, int indent = 0) => new FoldingWriter(WholeTalk, LineLength, indent).WriteLine(text);

    /// <summary>Ends a command that would have to ask where no person is.</summary>
    /// <param name="so">What follows from that, and the option that asks nothing: <c>nothing was written; add --yes to write it</c>.</param>
    /// <exception cref="CommandException">Standard input is no terminal.</exception>
    public void DemandAnswers(string so)
    {
        if (!Answers) throw new CommandException($"there is no one to ask here (standard input is no terminal), so {so}.", ExitCode.Usage);
    }

    /// <summary>Asks a question that yes or no answers; anything but yes is no.</summary>
    public async Task<bool> AskAsync(string question, CancellationToken cancellation)
    {
        await Error.WriteAsync(string.Join('\n', CellText.Fold($"{question} [y/N]", LineLength - 1)) + " ");
        await Error.FlushAsync(cancellation);
        using var reader = new StreamReader(In, leaveOpen: true);
        try
        {
            return (await reader.ReadLineAsync(cancellation).AsTask().WaitAsync(cancellation))?.Trim().ToUpperInvariant() is "Y" or "YES";
        }
        catch (OperationCanceledException)
        {
            // The question's line is still open: what is told next, and the shell, begin on their own.
            await Error.WriteLineAsync();
            throw;
        }
    }

    /// <summary>A Spectre.Console screen over one of the two writers.</summary>
    public IAnsiConsole Screen(TextWriter writer)
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Interactive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = Colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = Interactive ? InteractionSupport.Yes : InteractionSupport.No,
            // What is drawn steers the terminal itself; the texts in it are made harmless where they are put in.
            Out = new AnsiConsoleOutput(writer is PrintableWriter printable ? printable.Inner : writer),
        });
        if (!Interactive) screen.Profile.Width = Width ?? PlainWidth;
        return screen;
    }
}
