using System.Globalization;

namespace BudgetSync.Core.Stops;

/// <summary>How many tasks a service of containers should have.</summary>
public readonly record struct TaskCount(int Desired)
{
    /// <summary>For example <c>desired 3</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"desired {Desired}");

    /// <summary>Null where the text is none of ours.</summary>
    public static TaskCount? TryParse(string text) =>
        text.Split(' ') is ["desired", var desired] && int.TryParse(desired, NumberStyles.None, CultureInfo.InvariantCulture, out var tasks)
            ? new TaskCount(tasks)
            : null;
}
