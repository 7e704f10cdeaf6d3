namespace Farspan.Topology;

/// <summary>
/// Anything in the network that can be named, shown, rendered or broken. What is said of it by other
/// elements is said by its <see cref="Id"/>.
/// </summary>
public abstract record NetworkElement
{
    /// <summary>
    /// Kind and name, such as <c>tgw/us-east-1</c>; it stays the same as long as the name does.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>What it is called in its cloud, prefix of the policy included.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the <see cref="Topology.Region"/> it is in; empty for what is in none.</summary>
    public required string Region { get; init; }

    public required Origin Origin { get; init; }

    /// <summary>Where the key is written, or the element it belongs to.</summary>
    public ConfigurationPlace PlaceOf(string key) => Origin.PlaceOf(key);

    public sealed override string ToString() => Id;
}
