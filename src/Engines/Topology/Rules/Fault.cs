namespace Farspan.Topology;

/// <summary>One place where a network breaks a rule.</summary>
/// <param name="Origin">What is written there.</param>
/// <param name="Element">The id of the element; empty for what has none.</param>
/// <param name="Key">The key that is wrong, or that would mend it.</param>
/// <param name="What">What was found, with the values at hand; the middle of a sentence.</param>
/// <param name="Fix">What to write instead; a sentence.</param>
internal sealed record Fault(Origin Origin, string Element, string Key, string What, string Fix)
{
    /// <summary>Where the case at hand is milder than the rule; null: the rule's own severity.</summary>
    public FindingSeverity? Severity { get; init; }

    public ConfigurationPlace Place => Origin.PlaceOf(Key);

    public string Path => Origin.PathOf(Key);

    public static Fault At(NetworkElement element, string key, string what, string fix) =>
        new(element.Origin, element.Id, key, what, fix);
}
