namespace Farspan.Chime;

/// <summary>What a peer may make us hold; larger things are malformed by definition.</summary>
public static class ChimeLimits
{
    /// <summary>One WebSocket message. Offers and answers seen on the wire have 2-6 kB.</summary>
    public const int MaxFrameBytes = 256 * 1024;

    /// <summary>One session description after inflation, in bytes.</summary>
    public const int MaxSdpBytes = 64 * 1024;

    /// <summary>Entries of one repeated field.</summary>
    public const int MaxRepeatedItems = 1024;

    /// <summary>TURN server URIs of one JOIN_ACK; more are ignored.</summary>
    public const int MaxTurnUris = 16;

    /// <summary>Attendees of one meeting: Chime admits 250, Connect 6.</summary>
    public const int MaxRosterEntries = 256;
}
