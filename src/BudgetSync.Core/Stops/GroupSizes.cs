using System.Globalization;

namespace BudgetSync.Core.Stops;

/// <summary>How many instances an auto scaling group may, should and must have.</summary>
public sealed record GroupSizes(int Minimum, int Desired, int Maximum)
{
    /// <summary>What a stopped group has. Also the maximum: a scaling policy would start instances again below it.</summary>
    public static GroupSizes None { get; } = new(0, 0, 0);

    /// <summary>For example <c>min 1 desired 3 max 5</c>: without commas, which a tag may not hold.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"min {Minimum} desired {Desired} max {Maximum}");

    /// <summary>Null where the text is none of ours.</summary>
    public static GroupSizes? TryParse(string text) =>
        text.Split(' ') is ["min", var minimum, "desired", var desired, "max", var maximum]
        && Read(minimum) is { } least && Read(desired) is { } wanted && Read(maximum) is { } most
            ? new GroupSizes(least, wanted, most)
            : null;

    private static int? Read(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
