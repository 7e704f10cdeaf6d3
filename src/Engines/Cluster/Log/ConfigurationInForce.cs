using System.Collections.Immutable;

namespace Farspan.Cluster;

/// <summary>
/// The last valid whole: where the merged one is not valid, this one stays, and an alarm says why.
/// </summary>
/// <param name="validate">Says what is wrong with a whole; null if nothing is.</param>
/// <remarks>Both sides of a partition may change what is valid alone and not together. Until somebody mends
/// that, nodes may differ in what they hold in force; with the next valid whole they agree again.</remarks>
public sealed class ConfigurationInForce(Func<ImmutableSortedDictionary<string, string>, string?> validate)
{
    /// <summary>What is in force.</summary>
    public ConfigurationWhole Current { get; private set; } = ConfigurationWhole.Empty;

    /// <summary>Null while the merged whole is the one in force.</summary>
    public ConfigurationAlarm? Alarm { get; private set; }

    /// <summary>Says what is wrong with a whole; null if nothing is.</summary>
    public string? Validate(ImmutableSortedDictionary<string, string> values) => validate(values);

    /// <summary>Takes back what was in force before a restart.</summary>
    public void Restore(ConfigurationWhole whole) => Current = whole;

    /// <summary>Puts a merged whole in force if it is valid.</summary>
    /// <returns>Whether what is in force says something else now.</returns>
    public bool Offer(ConfigurationWhole merged, DateTimeOffset wall)
    {
        if (validate(merged.Values) is { } reason)
        {
            Alarm = new ConfigurationAlarm(reason, merged.Seen, Alarm?.Since ?? wall);
            return false;
        }

        var isChange = !merged.SaysTheSameAs(Current);
        Current = merged;
        Alarm = null;
        return isChange;
    }
}
