using System.Text.Json.Serialization;
using Amazon.Lambda.DynamoDBEvents;
using BudgetSync.Aws.Page;
using BudgetSync.Aws.Track;

namespace BudgetSync.Management;

/// <summary>What is written without reflection, which a cold start would pay for.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StreamsEventResponse))]
[JsonSerializable(typeof(TrackAnswer))]
[JsonSerializable(typeof(ReportAnswer))]
internal sealed partial class ManagementJson : JsonSerializerContext;
