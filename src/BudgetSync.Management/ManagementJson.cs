using System.Text.Json.Serialization;
using Amazon.Lambda.DynamoDBEvents;

namespace BudgetSync.Management;

/// <summary>What is read and written without reflection, which a cold start would pay for.</summary>
[JsonSerializable(typeof(DynamoDBEvent))]
[JsonSerializable(typeof(StreamsEventResponse))]
internal sealed partial class ManagementJson : JsonSerializerContext;
