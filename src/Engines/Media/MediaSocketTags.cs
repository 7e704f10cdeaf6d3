namespace Farspan.Media;

/// <summary>The numbers by which a media session and its host speak of sockets and streams.</summary>
public static class MediaSocketTags
{
    public const int CarrierRtp = 0;

    /// <summary>Nothing but RTCP; unused when the carrier multiplexes.</summary>
    public const int CarrierRtcp = 1;

    /// <summary>The first of two sockets that transports of the contact side use in turn.</summary>
    public const int FirstContact = 2;

    public const int SecondContact = 3;

    /// <summary>Of a relay: RTP with the connector. A relay has no contact side.</summary>
    public const int InnerRtp = 2;

    /// <summary>Of a relay: nothing but RTCP with the connector.</summary>
    public const int InnerRtcp = 3;

    /// <summary>The stream to the TURN server of path n has this number plus n.</summary>
    public const int FirstStream = 1_000;
}
