using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>The buses of all accounts and regions, by ARN.</summary>
internal sealed class EventBuses
{
    private const string Resource = "event-bus/";

    private readonly ConcurrentDictionary<string, EventBus> buses = new(StringComparer.Ordinal);

    /// <summary>The ARN of a bus given by name or by ARN; none is the default one.</summary>
    public static string Arn(string accountId, string region, string? nameOrArn) =>
        nameOrArn?.StartsWith("arn:", StringComparison.Ordinal) == true
            ? nameOrArn
            : $"arn:aws:events:{region}:{accountId}:{Resource}{nameOrArn ?? EventBus.DefaultName}";

    /// <summary>Every account has a default bus in each region without its being created.</summary>
    public bool Find(string busArn, [NotNullWhen(true)] out EventBus? bus)
    {
        bus = null;
        if (!Kernel.Arn.TryParse(busArn, out var arn) || !arn.Resource.StartsWith(Resource, StringComparison.Ordinal)) return false;
        var name = arn.Resource[Resource.Length..];
        if (name == EventBus.DefaultName) bus = buses.GetOrAdd(busArn, _ => new EventBus(arn.AccountId, arn.Region, name));
        else bus = buses.GetValueOrDefault(busArn);
        return bus is not null;
    }

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public EventBus Existing(string busArn) =>
        Find(busArn, out var bus)
            ? bus
            : throw new AwsException("ResourceNotFoundException", $"Event bus {busArn[(busArn.LastIndexOf('/') + 1)..]} does not exist.");

    /// <exception cref="AwsException">
    /// ResourceAlreadyExistsException, LimitExceededException, or ValidationException for a name that only partners' buses have.
    /// </exception>
    public EventBus Create(string accountId, string region, string name)
    {
        if (name.Contains('/', StringComparison.Ordinal)) throw new AwsException("ValidationException", "Event bus name must not contain '/'.");
        if (buses.Values.Count(other => other.AccountId == accountId && other.Region == region) >= AwsLimits.EventBridge.Buses)
            throw new AwsException("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
        var bus = new EventBus(accountId, region, name);
        return name != EventBus.DefaultName && buses.TryAdd(bus.Arn, bus)
            ? bus
            : throw new AwsException("ResourceAlreadyExistsException", $"Event bus {name} already exists.");
    }

    /// <summary>Deletes a custom bus; one that is not there is gone already.</summary>
    /// <exception cref="AwsException">ValidationException: the default bus, or one that has rules.</exception>
    public void Delete(string busArn)
    {
        if (!Find(busArn, out var bus)) return;
        if (bus.Name == EventBus.DefaultName) throw new AwsException("ValidationException", "Cannot delete event bus default.");
        if (!bus.Rules.IsEmpty) throw new AwsException("ValidationException", "Event bus can't be deleted since it has rules.");
        buses.TryRemove(busArn, out _);
    }
}
