namespace Farspan.Topology;

/// <summary>The keys of a mapping so far, to find one that is written twice.</summary>
internal sealed class SeenKeys(Reading reading)
{
    private readonly Dictionary<string, ConfigurationPlace> _places = [];

    /// <summary>False, with a finding, if the key came before; the first one counts.</summary>
    public bool TryAdd(ConfigurationEntry entry)
    {
        if (_places.TryAdd(entry.Key, entry.KeyPlace))
        {
            return true;
        }

        reading.Context.Report(new Finding(
            FindingRules.KeyTwice,
            entry.KeyPlace,
            reading.Join(entry.Key),
            $"the key is written already at {_places[entry.Key]}",
            "Remove one of the two."));
        return false;
    }
}
