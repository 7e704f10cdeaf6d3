using Farspan.Sdp;

namespace Farspan.Media;

/// <summary>What a <see cref="WebRtcTransport"/> tells its owner.</summary>
public abstract record WebRtcEvent
{
    private WebRtcEvent()
    {
    }

    /// <summary>Our half of the description.</summary>
    public sealed record Gathered(LocalTransport Transport) : WebRtcEvent;

    /// <summary>Media flows; once.</summary>
    /// <param name="SelectedPair">Local and remote candidate, for the log.</param>
    public sealed record Connected(string SelectedPair) : WebRtcEvent;

    /// <summary>The transport is over; once, and nothing comes after it.</summary>
    public sealed record Lost(ContactLoss Loss, string Detail) : WebRtcEvent;
}
