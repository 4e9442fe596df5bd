using System.Text.Json;

namespace BudgetSync.Compat.Wire;

/// <summary>Reads the value the reader stands on, and leaves the reader on the value's last token.</summary>
public delegate T JsonValue<out T>(ref Utf8JsonReader reader);
