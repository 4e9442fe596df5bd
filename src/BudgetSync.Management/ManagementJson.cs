using System.Text.Json.Serialization;
using Amazon.Lambda.DynamoDBEvents;

namespace BudgetSync.Management;

/// <summary>What is written without reflection, which a cold start would pay for.</summary>
[JsonSerializable(typeof(StreamsEventResponse))]
internal sealed partial class ManagementJson : JsonSerializerContext;
