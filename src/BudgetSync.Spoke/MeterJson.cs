using System.Text.Json.Serialization;
using BudgetSync.Aws.Metering;

namespace BudgetSync.Spoke;

/// <summary>What Meter answers, written without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MeterAnswer))]
internal sealed partial class MeterJson : JsonSerializerContext;
