namespace BudgetSync.Aws.Respond;

/// <summary>That the kill switch is thrown: no response begins.</summary>
/// <param name="Since">When it was thrown; null where AWS's history of the parameter cannot be read, or says nothing of it.</param>
/// <param name="By">
/// ARN of who threw it, by AWS's own record (Systems Manager API reference, ParameterHistory, LastModifiedUser); "" as <paramref name="Since"/>.
/// </param>
public sealed record ThrownSwitch(DateTimeOffset? Since, string By);
