using System.Diagnostics.CodeAnalysis;

namespace Farspan.Sdp;

/// <summary>
/// The answer of an audio server to a browser's offer (RFC 8829 §5.3): Opus alone on the first m=audio line,
/// we are the DTLS server, every other m= line is refused.
/// </summary>
public static class WebRtcAnswer
{
    public static bool TryCreate(
        SessionDescription offer,
        LocalTransport local,
        [NotNullWhen(true)] out SessionDescription? answer,
        out WebRtcFault fault)
    {
        answer = null;
        if (!RemoteTransport.TryRead(offer, out var remote, out fault))
        {
            return false;
        }

        if (remote.Setup is not (SetupRole.ActivePassive or SetupRole.Active))
        {
            fault = WebRtcFault.UnusableSetup;
            return false;
        }

        answer = Create(offer, local, remote);
        return true;
    }

    private static SessionDescription Create(
        SessionDescription offer, LocalTransport local, RemoteTransport remote)
    {
        var offered = offer.Media.First(media => media is { IsAudio: true, IsRejected: false });
        var audio = CreateAudio(offered, local, remote);
        return new SessionDescription
        {
            Origin = WebRtcSections.OriginOf(local, "-"),
            Connection = WebRtcSections.Nowhere,
            Groups = offer.IsBundled(offered) ? [new MediaGroup(MediaGroup.Bundle, [offered.Mid!])] : [],
            Media =
            [
                .. offer.Media.Select(media => ReferenceEquals(media, offered) ? audio : media.Reject()),
            ],
        };
    }

    private static MediaDescription CreateAudio(
        MediaDescription offered, LocalTransport local, RemoteTransport remote)
    {
        var opus = new RtpMap(remote.OpusPayloadType, "opus", CodecFormats.OpusClockRateHz, Channels: 2);
        var direction = remote.Direction.Reverse();
        return WebRtcSections.Audio(local, opus, SetupRole.Passive) with
        {
            Protocol = offered.Protocol,
            Mid = offered.Mid,
            Direction = direction,
        };
    }
}
