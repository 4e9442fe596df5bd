using Spectre.Console;

namespace BudgetSync.Cli.Terminal;

/// <summary>
/// The four colours in which states are drawn. They are of the eight that each terminal's own theme defines, and neither its blue nor its bright yellow: those
/// cannot be read on a dark or on a light ground.
/// </summary>
internal static class StateStyle
{
    public static readonly Style Good = new(Color.Green);

    public static readonly Style Wrong = new(Color.Maroon);

    public static readonly Style Stuck = new(Color.Olive);

    public static readonly Style Moving = new(Color.Teal);
}
