namespace Farspan.Media;

/// <summary>How far a <see cref="WebRtcTransport"/> is. It only goes forward.</summary>
public enum WebRtcState
{
    New,
    Gathering,

    /// <summary>Our half is known; the other is awaited.</summary>
    Gathered,

    /// <summary>ICE looks for a pair.</summary>
    Checking,

    /// <summary>The DTLS handshake runs.</summary>
    Securing,

    /// <summary>Keys are there: media is sent; nothing authenticated has come yet.</summary>
    Secured,

    /// <summary>Media flows.</summary>
    Connected,

    Lost,
    Closed,
}
