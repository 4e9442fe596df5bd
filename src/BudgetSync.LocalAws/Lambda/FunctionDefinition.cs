using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>A function as its owner defines it.</summary>
/// <param name="RoleArn">Its execution role, which Lambda must be trusted by.</param>
/// <param name="Handler">For example <c>BudgetSync.Management</c>: what the code is registered under.</param>
public sealed record FunctionDefinition(string AccountId, string Name, string RoleArn, string Handler)
{
    /// <summary>Null where the cloud's home region is meant; a function that was put has one.</summary>
    public string? Region { get; init; }

    public string Runtime { get; init; } = "dotnet10";

    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>1 to 900 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>128 to 10,240; told to the function, otherwise without effect here.</summary>
    public int MemoryMegabytes { get; init; } = 128;

    /// <summary>How many may run at once; null shares the account's.</summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>The log group, where it is not the default <c>/aws/lambda/NAME</c>; a named one exists already.</summary>
    public string? LogGroup { get; init; }

    public AsyncSettings Async { get; init; } = new();

    /// <summary>The function's ARN, without version.</summary>
    public string Arn => $"arn:aws:lambda:{Region}:{AccountId}:function:{Name}";
}
