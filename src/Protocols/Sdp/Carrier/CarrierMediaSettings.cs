using System.Collections.Immutable;
using Farspan.Audio;

namespace Farspan.Sdp;

/// <summary>What a trunk lets us negotiate.</summary>
public sealed record CarrierMediaSettings
{
    /// <summary>In our order of preference, which wins over the carrier's.</summary>
    public ImmutableArray<AudioCodec> Codecs { get; init; } = [AudioCodec.Pcmu, AudioCodec.Pcma];

    public SrtpPolicy Srtp { get; init; } = SrtpPolicy.Allow;

    /// <summary>What we ask for; the carrier's own wish decides what we send.</summary>
    public TimeSpan PacketTime { get; init; } = TimeSpan.FromMilliseconds(20);

    public bool TelephoneEvents { get; init; } = true;

    public bool ComfortNoise { get; init; }

    public bool RtcpMux { get; init; } = true;

    /// <summary>The name in the o= line.</summary>
    public string UserName { get; init; } = "-";
}
