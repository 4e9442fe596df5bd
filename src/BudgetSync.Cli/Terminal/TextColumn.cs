namespace BudgetSync.Cli.Terminal;

/// <summary>
/// One column: its heading, whether its numbers stand to the right, and how soon it goes where the screen is narrow (the highest first; 0 never).
/// </summary>
/// <param name="Shortest">Down to so many columns its cells may be cut, or wrapped; 0: never.</param>
/// <param name="MostLines">Above 1: a cell that is too long goes on below itself, for so many lines.</param>
internal sealed record TextColumn(string Heading, bool Right = false, int Goes = 0, int Shortest = 0, int MostLines = 1);
