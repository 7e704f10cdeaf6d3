using Farspan.Audio;
using Farspan.Sdp;

namespace Farspan.Media.Tests;

/// <summary>What the other end reads in a description.</summary>
internal static class Remotes
{
    public static RemoteTransport Of(LocalTransport local, SetupRole setup) => new()
    {
        IceUfrag = local.IceUfrag,
        IcePassword = local.IcePassword,
        Fingerprint = local.Fingerprint,
        Setup = setup,
        IsIceLite = false,
        Candidates = local.Candidates,
        OpusPayloadType = WebRtcMedia.OpusPayloadType,
        Ssrc = local.Ssrc,
        Direction = Direction.SendReceive,
    };
}
