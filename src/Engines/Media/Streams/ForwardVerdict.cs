namespace Farspan.Media;

/// <summary>What <see cref="Playout.Forward"/> has for a listener who takes packets as they are.</summary>
internal enum ForwardVerdict
{
    /// <summary>Nothing is due: the listener gets silence.</summary>
    Silence,

    /// <summary>A packet of the length of a tick.</summary>
    Packet,

    /// <summary>
    /// A packet that never came: its loss is passed on, so that the listener's own decoder conceals it.
    /// </summary>
    Lost,

    /// <summary>Something that only decoding can fit into a tick: read it as PCM.</summary>
    Unfit,
}
