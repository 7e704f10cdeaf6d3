using Farspan.Calls;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Edges;

/// <summary>
/// Everything an edge asks of the world, in the imperative. The owner performs effects in their order.
/// </summary>
public abstract record EdgeEffect
{
    private EdgeEffect()
    {
    }

    /// <summary>Send a SIP message; never waits.</summary>
    public sealed record TransmitSip(SipFlow Flow, ReadOnlyMemory<byte> Message) : EdgeEffect;

    /// <summary>Hand a command to the media plane.</summary>
    public sealed record CommandMedia(MediaCommand Command) : EdgeEffect;

    /// <summary>Show whether calls are taken; comes whenever that has changed.</summary>
    public sealed record ShowAvailability(NodeAvailability Availability) : EdgeEffect;

    /// <summary>Something worth a line in the log and a count.</summary>
    public sealed record Report(CallEvent Event) : EdgeEffect;
}
