using Farspan.Audio;
using Farspan.Calls;
using Farspan.Srtp;

namespace Farspan.Media;

/// <summary>What every media session of a process works with and none owns.</summary>
public sealed record MediaResources
{
    public required IDtlsSessionFactory Dtls { get; init; }

    /// <summary>Opus among them.</summary>
    public required IAudioCodecFactory Codecs { get; init; }

    /// <summary>For ICE credentials and for seeds.</summary>
    public required KeyMaterialSource Keys { get; init; }

    /// <summary>Null: the one of ours.</summary>
    public ISha1Compressor? Sha1 { get; init; }
}
