namespace BudgetSync.Core.Page;

/// <summary>How a widget is looked at.</summary>
/// <param name="Now">The age of what is shown is seen from here.</param>
/// <param name="IsDark">The console's theme, which is the viewer's choice there and not the browser's.</param>
/// <param name="Search">Only lines whose account, name, unit, budget or state contains it; "" for those that need attention most.</param>
/// <param name="Endpoint">The function that a search calls; null: there is no search.</param>
public sealed record WidgetView(DateTimeOffset Now, bool IsDark = false, string Search = "", string? Endpoint = null);
