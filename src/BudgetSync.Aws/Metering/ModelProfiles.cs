using System.Collections.Concurrent;
using Amazon.Bedrock;
using Amazon.Bedrock.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Core.Ai;

namespace BudgetSync.Aws.Metering;

/// <summary>
/// The models of application inference profiles, whose names tell nothing: asked once by an instance, and again where Bedrock did not answer.
/// </summary>
public sealed class ModelProfiles(IAmazonBedrock bedrock, AwsCaller caller, JsonLog log)
{
    private readonly ConcurrentDictionary<string, string> models = new(StringComparer.Ordinal);

    /// <summary>The model of each profile by its ARN, as far as it is known.</summary>
    public IReadOnlyDictionary<string, string> Known => models;

    /// <summary>
    /// Asks for the profiles among these ids that are not known. One that is not there, or not to be read, stays unknown, and its calls have no price.
    /// </summary>
    /// <returns>
    /// The profiles for which Bedrock had no answer now, and the first reason: a call that is counted without a price has none for good, so theirs are to be
    /// counted later.
    /// </returns>
    public async Task<BusyProfiles> LearnAsync(IEnumerable<string> modelIds, CancellationToken cancellation)
    {
        // Before, and not while: what a batch is priced by must all be there at its end.
        if (models.Count >= Limits.InferenceProfiles) models.Clear();
        var busy = BusyProfiles.None;
        foreach (var id in modelIds.Distinct(StringComparer.Ordinal))
        {
            if (models.ContainsKey(id) || BedrockModel.Of(id).Kind != ModelKind.UnknownProfile) continue;
            if (busy.Ids.Count >= Limits.BusyProfiles)
            {
                busy = busy.With(id, busy.Why);
                continue;
            }

            try
            {
                var request = new GetInferenceProfileRequest { InferenceProfileIdentifier = id };
                var profile = await caller.CallAsync("bedrock", "GetInferenceProfile", token => bedrock.GetInferenceProfileAsync(request, token), cancellation,
                    attempts: busy.Ids.IsEmpty ? Limits.Attempts : 1);
                // A profile of several Regions names one model in each: it is the same one.
                // One that was copied from a global profile names it without a Region too, and is billed as that.
                var arns = (profile.Models ?? []).Select(model => model.ModelArn).OfType<string>().ToList();
                if ((arns.Find(arn => BedrockModel.Of(arn).Kind == ModelKind.Global) ?? arns.FirstOrDefault()) is { } known) models[id] = known;
            }
            catch (AwsFaultException now) when (now.Fault.Kind == FaultKind.Retry)
            {
                busy = busy.With(id, now);
            }
            catch (AwsFaultException unknown)
            {
                log.Warn(LogEvent.ModelUnknown, null, null, $"{Redaction.Clean(id)}: its model is not known, so its calls have no price. {unknown.Message}");
            }
        }

        return busy;
    }
}
