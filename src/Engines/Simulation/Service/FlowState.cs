namespace Farspan.Simulation;

/// <summary>What becomes of a flow's packets, both ways, once the routes have settled.</summary>
public sealed record FlowState
{
    public FlowState(PacketWalk forward, PacketWalk back, int capacity)
    {
        (Forward, Return) = (forward, back);
        Support = new ElementSet(capacity);
        Support.AddAll(forward.Support);
        Support.AddAll(back.Support);
    }

    public PacketWalk Forward { get; }

    public PacketWalk Return { get; }

    /// <summary>The failure of anything else leaves the flow as it is.</summary>
    public ElementSet Support { get; }

    public bool Works => Forward.IsDelivered && Return.IsDelivered;

    /// <summary>Packets arrive one way and not the other.</summary>
    public bool IsOneWay => Forward.IsDelivered != Return.IsDelivered;
}
