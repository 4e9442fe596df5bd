using System.Text.Json;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Aws.Logging;

/// <summary>
/// Metrics as CloudWatch's embedded metric format: one JSON line with its values at the root. No account is ever a dimension, because each
/// distinct set of dimensions is a metric of its own to pay for. Source: CloudWatch user guide, "Embedded metric format specification".
/// </summary>
public sealed class EmbeddedMetrics(JsonLog log, TimeProvider time)
{
    public const string Namespace = "BudgetSync";

    /// <summary>Writes metrics of one kind of unit.</summary>
    /// <param name="unit">A CloudWatch unit: <c>Count</c>, <c>Seconds</c>, <c>Milliseconds</c>.</param>
    public void Write(string unit, IReadOnlyCollection<(string Name, double Value)> metrics)
    {
        Write(metrics.Select(metric => metric.Name), unit, json =>
        {
            foreach (var (name, value) in metrics) json.WriteNumber(name, value);
        });
    }

    /// <summary>Writes all values of one metric, on as many lines as the format needs.</summary>
    public void Write(string unit, string name, IReadOnlyCollection<double> values)
    {
        foreach (var part in values.Chunk(AwsLimits.MetricValues))
        {
            Write([name], unit, json =>
            {
                json.WriteStartArray(name);
                foreach (var value in part) json.WriteNumberValue(Math.Round(value, 3));
                json.WriteEndArray();
            });
        }
    }

    private void Write(IEnumerable<string> names, string unit, Action<Utf8JsonWriter> values)
    {
        using var buffer = new MemoryStream(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("_aws");
            json.WriteNumber("Timestamp", time.GetUtcNow().ToUnixTimeMilliseconds());
            json.WriteStartArray("CloudWatchMetrics");
            json.WriteStartObject();
            json.WriteString("Namespace", Namespace);
            json.WriteStartArray("Dimensions");
            json.WriteStartArray();
            json.WriteEndArray();
            json.WriteEndArray();
            json.WriteStartArray("Metrics");
            foreach (var name in names)
            {
                json.WriteStartObject();
                json.WriteString("Name", name);
                json.WriteString("Unit", unit);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            values(json);
            json.WriteEndObject();
        }

        log.Raw(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
