namespace Farspan.Simulation;

/// <summary>What becomes of packets, the best first.</summary>
public enum WalkVerdict
{
    Delivered,

    /// <summary>Of equal ways some lead nowhere: the flows that hash on those are lost.</summary>
    Partial,

    /// <summary>A table has no route.</summary>
    NoRoute,

    /// <summary>A route points at something dead, or discards.</summary>
    BlackHole,

    /// <summary>Packets come round again until their time to live ends.</summary>
    Loop,

    /// <summary>A table on the way changes its mind for ever: its preferences and its neighbours' dispute.</summary>
    Unsettled,
}
