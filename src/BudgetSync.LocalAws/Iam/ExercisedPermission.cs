namespace BudgetSync.LocalAws.Iam;

/// <summary>An action that a role asked for and was allowed: what shows that a permission is needed.</summary>
public readonly record struct ExercisedPermission(string RoleArn, string Action, string Resource);
