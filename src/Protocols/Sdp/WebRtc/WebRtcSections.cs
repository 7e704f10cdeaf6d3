using System.Collections.Immutable;
using System.Net;

namespace Farspan.Sdp;

/// <summary>The m= lines that WebRTC offers and answers of ours have in common.</summary>
internal static class WebRtcSections
{
    /// <summary>Where there is no address yet, the discard port says so (RFC 8829 §5.2.1).</summary>
    public const int DiscardPort = 9;

    public const string TrackName = "audio";

    public static ConnectionData Nowhere { get; } = ConnectionData.From(IPAddress.Any);

    /// <summary>The o= line of RFC 8829 §5.2.1 with a user name of choice.</summary>
    public static Origin OriginOf(LocalTransport local, string userName) =>
        new(userName, $"{local.SessionId}", SessionVersion: 2, ConnectionData.From(IPAddress.Loopback));

    public static TransportAttributes TransportOf(LocalTransport local, SetupRole setup) => new()
    {
        IceUfrag = local.IceUfrag,
        IcePassword = local.IcePassword,
        Fingerprints = [local.Fingerprint],
        Setup = setup,
    };

    public static MediaDescription Audio(LocalTransport local, RtpMap opus, SetupRole setup) => new()
    {
        Media = "audio",
        Port = DiscardPort,
        Protocol = MediaProtocol.DtlsSrtpFeedback,
        Formats = [$"{opus.PayloadType}"],
        Connection = Nowhere,
        RtpMaps = [opus],
        FormatParameters = [new Fmtp($"{opus.PayloadType}", CodecFormats.OpusParameters)],
        Direction = Direction.SendReceive,
        RtcpMux = true,
        Transport = TransportOf(local, setup),
        Candidates = local.Candidates,
        EndOfCandidates = true,
        Msid = $"{TrackName} {TrackName}",
        Ssrcs = SourcesOf(local),
    };

    private static ImmutableArray<SsrcAttribute> SourcesOf(LocalTransport local) =>
    [
        new(local.Ssrc, "cname", local.CanonicalName),
        new(local.Ssrc, "msid", $"{TrackName} {TrackName}"),
    ];
}
