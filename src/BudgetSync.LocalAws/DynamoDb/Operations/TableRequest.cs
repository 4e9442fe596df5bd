using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.DynamoDb.Tables;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>The parts of CreateTable's and UpdateTable's requests.</summary>
internal static class TableRequest
{
    /// <summary>Partition key, then sort key if any.</summary>
    public static ImmutableArray<KeyElement> Keys(JsonObject request)
    {
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var definition in request.Structures("AttributeDefinitions"))
        {
            if (!types.TryAdd(definition.RequiredText("AttributeName"), definition.RequiredText("AttributeType")))
                throw Errors.Validation("Cannot have two attributes with the same name");
        }

        var elements = request.Structures("KeySchema").Select(element =>
        {
            var name = element.RequiredText("AttributeName");
            var type = types.GetValueOrDefault(name) ?? throw Errors.Validation(
                $"One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [{name}], "
                    + $"AttributeDefinitions: [{string.Join(", ", types.Keys)}]");
            return new KeyElement(name, type, element.RequiredText("KeyType"));
        }).ToImmutableArray();
        if (elements.Length is < 1 or > 2 || elements[0].Role != "HASH")
            throw Errors.Validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        if (elements.Length == 2 && (elements[1].Role != "RANGE" || elements[0].Name == elements[1].Name))
            throw Errors.Validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        return types.Count == elements.Length ? elements : throw Errors.Validation(
            "One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in "
                + "AttributeDefinitions");
    }

    /// <summary>The settings as they are after the request: what it does not name stays.</summary>
    public static TableSettings Settings(JsonObject request, TableSettings before, DateTimeOffset now)
    {
        var billing = request.Text("BillingMode") ?? before.BillingMode;
        var settings = before with
        {
            BillingMode = billing,
            OnDemandSince = billing == "PAY_PER_REQUEST" && before.BillingMode != billing ? now : before.OnDemandSince,
            DeletionProtection = request.Flag("DeletionProtectionEnabled") ?? before.DeletionProtection,
            TableClass = request.Text("TableClass") ?? before.TableClass,
        };
        if (request.Structure("ProvisionedThroughput") is { } throughput)
        {
            var (read, write) = (throughput.Whole("ReadCapacityUnits") ?? 0, throughput.Whole("WriteCapacityUnits") ?? 0);
            if (billing == "PAY_PER_REQUEST" && (read > 0 || write > 0))
                throw Errors.Validation(
                    "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
                        + "PAY_PER_REQUEST");
            settings = settings with { ReadCapacity = read, WriteCapacity = write };
        }
        else if (billing == "PAY_PER_REQUEST")
        {
            settings = settings with { ReadCapacity = 0, WriteCapacity = 0 };
        }

        if (request.Structure("SSESpecification") is not { } encryption) return settings;
        return settings with { KmsKey = encryption.Flag("Enabled") == true ? encryption.Text("KMSMasterKeyId") ?? "alias/aws/dynamodb" : null };
    }

    /// <returns>The view type to enable, empty to disable, null where the request does not say.</returns>
    public static string? StreamViewType(JsonObject request)
    {
        if (request.Structure("StreamSpecification") is not { } specification) return null;
        if (specification.Flag("StreamEnabled") != true)
        {
            return specification.Has("StreamViewType")
                ? throw Errors.Validation("One or more parameter values were invalid: StreamViewType cannot be specified when StreamEnabled is false")
                : "";
        }

        return specification.Text("StreamViewType")
            ?? throw Errors.Validation("One or more parameter values were invalid: StreamViewType must be specified when StreamEnabled is true");
    }
}
