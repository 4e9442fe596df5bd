using System.Text.Json.Nodes;

namespace BudgetSync.Cdk.Restrictions;

/// <summary>What the protecting policy says besides where models are metered: Meter is one of us, and what it counts and hears is kept from others.</summary>
internal static class ProtectedModels
{
    /// <summary>The roles of Meter, and those by which Bedrock writes the logs that it reads, by the Regions of the settings.</summary>
    /// <param name="statements">Of the protecting policy as it is without models.</param>
    /// <param name="others">ARNs that no statement binds.</param>
    public static void AddTo(JsonArray statements, Settings settings, string[] others)
    {
        string[] meters = [.. ExemptRoles.OfModels(settings).Select(ExemptRoles.Arn)];
        string[] writers = [.. Writers(settings).Select(ExemptRoles.Arn)];
        foreach (var statement in statements)
        {
            switch (statement!["Sid"]!.ToString())
            {
                case "KeepRolesAndPolicies":
                // A Region's stack may not be everywhere yet: nobody else makes a role of its name.
                case "KeepExemptRoles":
                    PolicyText.Add(statement["Resource"]!, [.. meters, .. writers]);
                    break;
                case "KeepPassedRoles":
                    PolicyText.Add(statement["Resource"]!, meters);
                    break;
                case "KeepReportsTrue":
                    PolicyText.Add(statement["Condition"]!["ArnNotLike"]!["aws:PrincipalArn"]!, [meters[0]]);
                    break;
            }
        }

        statements.Add((JsonNode)PolicyText.Deny(
            "KeepCounts",
            [
                "dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:DeleteTable", "dynamodb:PartiQLDelete", "dynamodb:PartiQLInsert",
                "dynamodb:PartiQLUpdate", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:UpdateTable", "dynamodb:UpdateTimeToLive",
            ],
            $"arn:*:dynamodb:*:*:table/{Names.AiTable}",
            Except([.. meters, .. others])));
        // Who may write the log says that others called models.
        statements.Add((JsonNode)PolicyText.Deny(
            "KeepModelLog",
            [
                "logs:AssociateKmsKey", "logs:CreateLogStream", "logs:DeleteLogGroup", "logs:DeleteLogStream", "logs:DeleteSubscriptionFilter",
                "logs:DisassociateKmsKey", "logs:PutDataProtectionPolicy", "logs:PutLogEvents", "logs:PutRetentionPolicy", "logs:PutSubscriptionFilter",
                "logs:PutTransformer",
            ],
            $"arn:*:logs:*:*:log-group:{Names.ModelLog}*",
            Except([.. meters, .. writers, .. others])));
        // The account's one configuration, also where a team has its own: without it nothing is seen.
        statements.Add((JsonNode)PolicyText.Deny(
            "KeepModelLogging",
            ["bedrock:DeleteModelInvocationLoggingConfiguration", "bedrock:PutModelInvocationLoggingConfiguration"],
            "*",
            Except([.. meters, .. others])));
    }

    private static IEnumerable<string> Writers(Settings settings) =>
        [Names.ModelLogsRole, .. settings.OtherAiRegions.Select(region => $"{Names.ModelLogsRole}-{region}")];

    private static JsonObject Except(string[] exempt) => new()
    {
        ["ArnNotLike"] = new JsonObject { ["aws:PrincipalArn"] = PolicyText.Texts(exempt) },
    };
}
