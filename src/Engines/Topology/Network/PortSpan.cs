namespace Farspan.Topology;

/// <summary>Ports from the first to the last, both included: 1 to 65535.</summary>
public readonly record struct PortSpan(int First, int Last)
{
    public bool Contains(PortSpan other) => First <= other.First && other.Last <= Last;

    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";
}
