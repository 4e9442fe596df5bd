using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.DynamoDb.Tables;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>The parts of CreateTable's and UpdateTable's requests.</summary>
internal static class TableRequest
{
    /// <summary>Partition key, then sort key if any.</summary>
    public static ImmutableArray<KeyElement> Keys(RequestReader request)
    {
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var node in request.List("AttributeDefinitions"))
        {
            var definition = Reader(node, "AttributeDefinitions", "AttributeName", "AttributeType");
            types[definition.RequiredText("AttributeName")] = definition.Choice("AttributeType", "S", "N", "B");
        }

        var elements = request.List("KeySchema").Select(node =>
        {
            var element = Reader(node, "KeySchema", "AttributeName", "KeyType");
            var name = element.RequiredText("AttributeName");
            var type = types.GetValueOrDefault(name) ?? throw Errors.Validation(
                $"One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [{name}], AttributeDefinitions: [{string.Join(", ", types.Keys)}]");
            return new KeyElement(name, type, element.Choice("KeyType", "HASH", "RANGE"));
        }).ToImmutableArray();
        if (elements.Length is < 1 or > 2 || elements[0].Role != "HASH")
            throw Errors.Validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        if (elements.Length == 2 && (elements[1].Role != "RANGE" || elements[0].Name == elements[1].Name))
            throw Errors.Validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        return types.Count == elements.Length ? elements : throw Errors.Validation(
            "One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions");
    }

    /// <summary>The settings as they are after the request: what it does not name stays.</summary>
    public static TableSettings Settings(RequestReader request, TableSettings before)
    {
        var billing = request.Has("BillingMode") ? request.Choice("BillingMode", "PROVISIONED", "PAY_PER_REQUEST") : before.BillingMode;
        var settings = before with
        {
            BillingMode = billing,
            DeletionProtection = request.Truth("DeletionProtectionEnabled") ?? before.DeletionProtection,
            TableClass = request.Has("TableClass") ? request.Choice("TableClass", "STANDARD", "STANDARD_INFREQUENT_ACCESS") : before.TableClass,
        };
        if (request.Object("ProvisionedThroughput") is { } throughput)
        {
            var capacity = new RequestReader(throughput, "ProvisionedThroughput", "ReadCapacityUnits", "WriteCapacityUnits");
            var (read, write) = (capacity.WholeNumber("ReadCapacityUnits") ?? 0, capacity.WholeNumber("WriteCapacityUnits") ?? 0);
            if (billing == "PAY_PER_REQUEST" && (read > 0 || write > 0))
                throw Errors.Validation("One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
            settings = settings with { ReadCapacity = read, WriteCapacity = write };
        }
        else if (billing == "PAY_PER_REQUEST")
        {
            settings = settings with { ReadCapacity = 0, WriteCapacity = 0 };
        }

        if (request.Object("SSESpecification") is not { } encryption) return settings;
        var sse = new RequestReader(encryption, "SSESpecification", "Enabled", "SSEType", "KMSMasterKeyId");
        sse.Choice("SSEType", "KMS");
        return settings with { KmsKey = sse.Truth("Enabled") == true ? sse.Text("KMSMasterKeyId") ?? "alias/aws/dynamodb" : null };
    }

    /// <returns>The view type to enable, empty to disable, null where the request does not say.</returns>
    public static string? StreamViewType(RequestReader request)
    {
        if (request.Object("StreamSpecification") is not { } json) return null;
        var specification = new RequestReader(json, "StreamSpecification", "StreamEnabled", "StreamViewType");
        if (specification.Truth("StreamEnabled") != true)
        {
            return specification.Has("StreamViewType")
                ? throw Errors.Validation("One or more parameter values were invalid: StreamViewType cannot be specified when StreamEnabled is false")
                : "";
        }

        if (!specification.Has("StreamViewType")) throw Errors.Validation("One or more parameter values were invalid: StreamViewType must be specified when StreamEnabled is true");
        return specification.Choice("StreamViewType", "NEW_AND_OLD_IMAGES", "NEW_IMAGE", "OLD_IMAGE", "KEYS_ONLY");
    }

    public static ImmutableSortedDictionary<string, string> Tags(RequestReader request) => request.List("Tags")
        .Select(node => Reader(node, "Tags", "Key", "Value"))
        .ToImmutableSortedDictionary(tag => tag.RequiredText("Key"), tag => tag.RequiredText("Value"), StringComparer.Ordinal);

    private static RequestReader Reader(JsonNode? node, string list, params ReadOnlySpan<string> known) =>
        new(node as JsonObject ?? throw Errors.Validation($"Each of {list} must be an object."), list, known);
}
