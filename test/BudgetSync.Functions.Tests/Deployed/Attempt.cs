using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>
/// Tries every operation that the cloud knows as somebody, and says which IAM lets pass. Inputs begin with what names the resource (a table, a queue), so that
/// IAM judges the thing that is meant. The rest comes from a vocabulary: what an operation says it lacks is added, and what it does not know is left out, until
/// it is denied or has nothing more to complain of. An operation that complains of something else is listed with its complaint, so that it is looked at.
/// </summary>
internal sealed partial class Attempt(DeployedOrganization organization, Caller thief, IReadOnlyDictionary<string, JsonNode> vocabulary)
{
    private const int MaximumRounds = 30;

    private static readonly string[] Naming = ["TableName", "StreamArn", "ShardIterator", "QueueUrl", "RoleArn", "ExternalId"];

    /// <returns><c>service:Operation</c> of everything that was not denied, in order.</returns>
    public async Task<IReadOnlyList<string>> EverythingAsync()
    {
        var passed = new List<string>();
        foreach (var service in organization.Cloud.Gateway.Services.Append(organization.Cloud.Lambda).Distinct())
        {
            foreach (var operation in service.Operations)
            {
                if (await PassesAsync(service, operation.Name) is { } how) passed.Add($"{service.SigningName}:{operation.Name}{how}");
            }
        }

        return [.. passed.Order(StringComparer.Ordinal)];
    }

    /// <summary>Null where IAM denied it; nothing where it was carried out or failed on what it found; the complaint where that came before IAM.</summary>
    private async Task<string?> PassesAsync(AwsService service, string operation)
    {
        var input = new JsonObject(Naming.Where(vocabulary.ContainsKey).Select(name => KeyValuePair.Create(name, (JsonNode?)vocabulary[name].DeepClone())));
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 0; round < MaximumRounds; round++)
        {
            try
            {
                await organization.CallAsync(service, thief, operation, (JsonObject)input.DeepClone());
                return "";
            }
            catch (AwsException refused) when (refused.Code is "AccessDenied" or "AccessDeniedException" or "AuthorizationError" or "UnauthorizedOperation")
            {
                return null;
            }
            catch (AwsException refused)
            {
                var named = Named(refused.Message).ToList();
                if (named.Find(input.ContainsKey) is { } refusedMember && refused.Message.Contains("know", StringComparison.Ordinal))
                {
                    input.Remove(refusedMember);
                    unknown.Add(refusedMember);
                }
                else if (named.Find(name => !input.ContainsKey(name) && !unknown.Contains(name)) is { } missing)
                {
                    input[missing] = Word(service.SigningName, operation, missing).DeepClone();
                }
                else
                {
                    return $" {refused.Code}: {refused.Message}";
                }
            }
        }

        return " takes more than the vocabulary has";
    }

    /// <summary>
    /// What an operation takes under a name that means something else in others (<c>PutRule.Name</c>), or in another service
    /// (<c>organizations:TagResource.ResourceId</c>), or what all take under it.
    /// </summary>
    private JsonNode Word(string service, string operation, string name) =>
        vocabulary.GetValueOrDefault($"{service}:{operation}.{name}") ?? vocabulary.GetValueOrDefault($"{operation}.{name}") ?? vocabulary[name];

    /// <summary>
    /// The words of the vocabulary that a complaint names in quotation marks, or where it quotes nothing, names at all; in every case that a service writes.
    /// </summary>
    private IEnumerable<string> Named(string complaint)
    {
        var quoted = Quoted().Matches(complaint).Select(match => match.Groups["name"].Value).ToList();
        var words = quoted.Count > 0 ? quoted : [.. Words().Matches(complaint).Select(match => match.Value)];
        return words.SelectMany(word => vocabulary.Keys.Where(name => string.Equals(name, word, StringComparison.OrdinalIgnoreCase)));
    }

    [GeneratedRegex(@"'(?<name>\w+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Words();
}
