using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core;

namespace BudgetSync.Aws.Settings;

/// <summary>Reads settings from environment variables and collects every problem, so that a wrong deployment is put right in one go.</summary>
public sealed class EnvironmentReader(IReadOnlyDictionary<string, string> environment)
{
    private readonly List<string> problems = [];

    /// <summary>The variable; a problem where it is missing or empty.</summary>
    public string Required(string name, string example)
    {
        if (environment.TryGetValue(name, out var value) && value.Length > 0) return value;
        problems.Add($"{name}: is missing; set it to something like {example}");
        return "";
    }

    /// <summary>The variable, or null where it is missing or empty.</summary>
    public string? Optional(string name) => environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>The variable as an account id.</summary>
    public AccountId RequiredAccount(string name)
    {
        if (AccountId.TryParse(Required(name, "111122223333"), out var account)) return account;
        if (environment.TryGetValue(name, out var value) && value.Length > 0) problems.Add($"{name}: \"{value}\" is no account id; write its 12 digits");
        return AccountId.Parse("000000000000");
    }

    /// <summary>The variable as a list with commas between; empty where it is missing.</summary>
    public ImmutableArray<string> List(string name) =>
        [.. (Optional(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>The variable as a number; null where it is missing or empty, a problem where it is none.</summary>
    public decimal? OptionalNumber(string name)
    {
        if (Optional(name) is not { } text) return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return number;
        problems.Add($"{name}: \"{text}\" is not a number; write digits with a decimal point, for example 1500.50");
        return null;
    }

    /// <summary>The variable as a whole number from 1 on; <paramref name="otherwise"/> where it is missing or empty, a problem where it is none.</summary>
    public int WholeNumber(string name, int otherwise, int most)
    {
        if (Optional(name) is not { } text) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most) return number;
        problems.Add($"{name}: \"{text}\" is no whole number from 1 to {most}");
        return otherwise;
    }

    /// <summary>Adds what another check found.</summary>
    public void Add(IEnumerable<string> found) => problems.AddRange(found);

    /// <exception cref="InvalidOperationException">Something is wrong; all of it is in the message.</exception>
    public void ThrowIfWrong()
    {
        if (problems.Count > 0)
            throw new InvalidOperationException(
                $"The function's environment variables are wrong; deploy the stack again, or correct "
                    + $"them:{Environment.NewLine}{string.Join(Environment.NewLine, problems)}");
    }
}
