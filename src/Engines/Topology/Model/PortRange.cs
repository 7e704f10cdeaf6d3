namespace Farspan.Topology;

/// <summary>UDP ports for media, both ends included.</summary>
public sealed record PortRange(int First, int Last)
{
    public override string ToString() => $"{First}-{Last}";
}
