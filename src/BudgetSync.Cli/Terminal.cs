using Spectre.Console;

namespace BudgetSync.Cli;

/// <summary>Where a command writes: results on <paramref name="Out"/>, talk on <paramref name="Error"/>. A record, so that the whole tool runs inside a test.</summary>
/// <param name="Interactive">Standard output is a terminal: drawing and colour are welcome. Otherwise neither is used.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error, bool Interactive)
{
    /// <summary>A screen narrower than this would fold the live table; where no width is known this one is used.</summary>
    private const int PlainWidth = 160;

    /// <summary>The process's own streams.</summary>
    public static Terminal OfProcess() => new(
        Console.Out,
        Console.Error,
        !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb" and not null);

    /// <summary>A Spectre.Console screen over one of the two writers.</summary>
    public IAnsiConsole Screen(TextWriter writer)
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Interactive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = Interactive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = Interactive ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!Interactive) screen.Profile.Width = PlainWidth;
        return screen;
    }
}
