using Farspan.Kernel;

namespace Farspan.Srtp;

/// <summary>
/// Opens the RTP and RTCP that a peer sends under one master key (RFC 3711 §3.3, §3.4): checks the tag,
/// refuses replays, decrypts in place. A source is remembered only once a packet of it has proved to be
/// genuine,
/// so that forged SSRCs cannot fill the table.
/// </summary>
/// <remarks>
/// A key may be inherited from a node that died: <see cref="Resume"/> says where its sources were, and
/// the first packet of each is tried under the neighbouring rollover counters too.
/// Not thread-safe. Allocates nothing for a packet, only for the first of each SSRC.
/// </remarks>
/// <param name="key">The master key.</param>
/// <param name="sha1">What compresses SHA-1 blocks; null for <see cref="ManagedSha1"/>.</param>
public sealed class SrtpReceiver(SrtpMasterKey key, ISha1Compressor? sha1 = null)
{
    private readonly SrtpCipher _cipher = SrtpCipher.Create(key, sha1);
    private readonly SrtpSourceTable _sources = new();
    private readonly int _tagBytes = key.Profile.TagBytes();
    private readonly int _controlTrailerBytes = key.Profile.ControlTrailerBytes();

    public SrtpProfile Profile { get; } = key.Profile;

    /// <summary>How many sources have been heard or resumed.</summary>
    public int SourceCount => _sources.Count;

    /// <summary>
    /// Tells where a source was when another node last received it; false if the table is full.
    /// </summary>
    public bool Resume(SrtpPosition position)
    {
        if (_sources.Find(position.Ssrc) is not null || _sources.IsFull)
        {
            return false;
        }

        var source = new SrtpSource(position.Ssrc);
        source.Packets.StartAt(((long)position.RolloverCounter << 16) | position.Sequence);
        _sources.Add(source);
        return true;
    }

    /// <summary>How far the source has come that was the <paramref name="index"/>-th to be heard.</summary>
    public SrtpPosition Position(int index)
    {
        Invariant.Require((uint)index < (uint)_sources.Count);
        var source = _sources[index];
        var highest = source.Packets.Highest;
        return new SrtpPosition(source.Ssrc, (uint)(highest >> 16), (ushort)highest);
    }

    /// <summary>Turns the SRTP packet in the first <paramref name="length"/> bytes into RTP.</summary>
    /// <param name="buffer">The packet; unchanged if it is refused.</param>
    /// <param name="length">Length of the SRTP packet.</param>
    /// <param name="written">Length of the RTP packet; 0 if it was refused.</param>
    /// <param name="error">Why it was refused.</param>
    public bool TryUnprotect(Span<byte> buffer, int length, out int written, out SrtpError error)
    {
        Invariant.Require((uint)length <= (uint)buffer.Length);
        var packet = buffer[..length];
        var plainLength = length - _tagBytes;
        written = 0;
        error = SrtpError.Malformed;
        if (plainLength < 0
            || length > SrtpLimits.MaxPacketBytes
            || !SrtpPacket.TryMeasureHeader(packet[..plainLength], out var headerBytes))
        {
            return false;
        }

        var source = _sources.Find(SrtpPacket.Ssrc(packet));
        error = source is { IsEstablished: true }
            ? OpenNext(source, packet, headerBytes)
            : OpenFirst(source, packet, headerBytes);
        written = error == SrtpError.None ? plainLength : 0;
        return error == SrtpError.None;
    }

    /// <summary>Turns the SRTCP packet in the first <paramref name="length"/> bytes into RTCP.</summary>
    /// <param name="buffer">The packet; unchanged if it is refused.</param>
    /// <param name="length">Length of the SRTCP packet.</param>
    /// <param name="written">Length of the RTCP packet; 0 if it was refused.</param>
    /// <param name="error">Why it was refused.</param>
    public bool TryUnprotectControl(Span<byte> buffer, int length, out int written, out SrtpError error)
    {
        Invariant.Require((uint)length <= (uint)buffer.Length);
        var packet = buffer[..length];
        var plainLength = length - _controlTrailerBytes;
        written = 0;
        error = SrtpError.Malformed;
        if (plainLength < 0
            || length > SrtpLimits.MaxPacketBytes
            || !SrtpPacket.IsControl(packet[..plainLength]))
        {
            return false;
        }

        error = OpenControl(packet, SrtpPacket.ControlSsrc(packet));
        written = error == SrtpError.None ? plainLength : 0;
        return error == SrtpError.None;
    }

    private SrtpError OpenNext(SrtpSource source, Span<byte> packet, int headerBytes)
    {
        var index = source.EstimateIndex(SrtpPacket.Sequence(packet));
        if (index > SrtpLimits.MaxRtpIndex)
        {
            return SrtpError.KeyExhausted;
        }

        var error = source.Packets.Check(index);
        if (error != SrtpError.None)
        {
            return error;
        }

        if (!_cipher.TryOpen(packet, headerBytes, source.Ssrc, index))
        {
            return SrtpError.Forged;
        }

        source.Packets.Accept(index);
        return SrtpError.None;
    }

    /// <summary>The first packet of a source shows under which rollover counter it is sent.</summary>
    private SrtpError OpenFirst(SrtpSource? source, Span<byte> packet, int headerBytes)
    {
        if (source is null && _sources.IsFull)
        {
            return SrtpError.TooManySources;
        }

        var ssrc = SrtpPacket.Ssrc(packet);
        var sequence = SrtpPacket.Sequence(packet);
        var expected = source?.EstimateIndex(sequence) ?? sequence;
        Span<long> candidates = [expected, expected + (1L << 16), expected - (1L << 16)];
        foreach (var index in candidates)
        {
            if (index is >= 0 and <= SrtpLimits.MaxRtpIndex
                && _cipher.TryOpen(packet, headerBytes, ssrc, index))
            {
                Establish(source ?? Remember(ssrc), index);
                return SrtpError.None;
            }
        }

        return SrtpError.Forged;
    }

    private SrtpError OpenControl(Span<byte> packet, uint ssrc)
    {
        var source = _sources.Find(ssrc);
        if (source is null && _sources.IsFull)
        {
            return SrtpError.TooManySources;
        }

        var indexWord = _cipher.ReadControlIndex(packet);
        var index = indexWord & SrtpLimits.MaxRtcpIndex;
        var error = source?.ControlPackets.Check(index) ?? SrtpError.None;
        if (error != SrtpError.None)
        {
            return error;
        }

        if (!_cipher.TryOpenControl(packet, ssrc, indexWord))
        {
            return SrtpError.Forged;
        }

        (source ?? Remember(ssrc)).ControlPackets.Accept(index);
        return SrtpError.None;
    }

    private static void Establish(SrtpSource source, long index)
    {
        source.Packets.StartAt(index);
        source.Packets.Accept(index);
        source.IsEstablished = true;
    }

    private SrtpSource Remember(uint ssrc)
    {
        var source = new SrtpSource(ssrc);
        _sources.Add(source);
        return source;
    }
}
