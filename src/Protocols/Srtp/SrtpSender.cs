using Farspan.Kernel;

namespace Farspan.Srtp;

/// <summary>
/// Protects the RTP and RTCP that we send under one master key (RFC 3711 §3.3, §3.4). Packets grow in
/// place. A key is never taken over from another node for sending: two packets under one index would
/// give the keystream away, so an index is refused the second time.
/// </summary>
/// <remarks>Not thread-safe. Allocates nothing for a packet, only for the first of each SSRC.</remarks>
/// <param name="key">The master key.</param>
/// <param name="sha1">What compresses SHA-1 blocks; null for <see cref="ManagedSha1"/>.</param>
public sealed class SrtpSender(SrtpMasterKey key, ISha1Compressor? sha1 = null)
{
    private readonly SrtpCipher _cipher = SrtpCipher.Create(key, sha1);
    private readonly SrtpSourceTable _sources = new();
    private readonly int _tagBytes = key.Profile.TagBytes();
    private readonly int _controlTrailerBytes = key.Profile.ControlTrailerBytes();

    public SrtpProfile Profile { get; } = key.Profile;

    /// <summary>Turns the RTP packet in the first <paramref name="length"/> bytes into SRTP.</summary>
    /// <param name="buffer">The packet, and room for <see cref="SrtpProfiles.TagBytes"/> behind it.</param>
    /// <param name="length">Length of the RTP packet.</param>
    /// <param name="written">Length of the SRTP packet; 0 if it failed.</param>
    /// <param name="error">Why it failed.</param>
    public bool TryProtect(Span<byte> buffer, int length, out int written, out SrtpError error)
    {
        Invariant.Require((uint)length <= (uint)buffer.Length);
        var total = length + _tagBytes;
        written = 0;
        error = SrtpError.Malformed;
        if (!SrtpPacket.TryMeasureHeader(buffer[..length], out var headerBytes))
        {
            return false;
        }

        if (!HasRoom(buffer, total, out error)
            || !TryFindSource(SrtpPacket.Ssrc(buffer), out var source, out error))
        {
            return false;
        }

        var index = NextIndex(source, SrtpPacket.Sequence(buffer));
        error = index > SrtpLimits.MaxRtpIndex ? SrtpError.KeyExhausted : source.Packets.Check(index);
        if (error != SrtpError.None)
        {
            return false;
        }

        source.Packets.Accept(index);
        _cipher.Seal(buffer[..total], headerBytes, source.Ssrc, index);
        written = total;
        return true;
    }

    /// <summary>Turns the RTCP packet in the first <paramref name="length"/> bytes into SRTCP.</summary>
    /// <param name="buffer">The packet, and room for <see cref="SrtpProfiles.ControlTrailerBytes"/>
    /// behind it.</param>
    /// <param name="length">Length of the compound RTCP packet.</param>
    /// <param name="written">Length of the SRTCP packet; 0 if it failed.</param>
    /// <param name="error">Why it failed.</param>
    public bool TryProtectControl(Span<byte> buffer, int length, out int written, out SrtpError error)
    {
        Invariant.Require((uint)length <= (uint)buffer.Length);
        var total = length + _controlTrailerBytes;
        written = 0;
        error = SrtpError.Malformed;
        if (!SrtpPacket.IsControl(buffer[..length]))
        {
            return false;
        }

        if (!HasRoom(buffer, total, out error)
            || !TryFindSource(SrtpPacket.ControlSsrc(buffer), out var source, out error))
        {
            return false;
        }

        var index = source.NextControlIndex;
        if (index > SrtpLimits.MaxRtcpIndex)
        {
            error = SrtpError.KeyExhausted;
            return false;
        }

        source.NextControlIndex++;
        _cipher.SealControl(buffer[..total], source.Ssrc, (uint)index);
        written = total;
        return true;
    }

    private static bool HasRoom(Span<byte> buffer, int total, out SrtpError error)
    {
        var hasRoom = total <= buffer.Length && total <= SrtpLimits.MaxPacketBytes;
        error = hasRoom ? SrtpError.None : SrtpError.NoRoom;
        return hasRoom;
    }

    private static long NextIndex(SrtpSource source, ushort sequence)
    {
        if (source.IsEstablished)
        {
            return source.EstimateIndex(sequence);
        }

        source.IsEstablished = true;
        source.Packets.StartAt(sequence);
        return sequence;
    }

    private bool TryFindSource(uint ssrc, out SrtpSource source, out SrtpError error)
    {
        error = SrtpError.None;
        source = _sources.Find(ssrc)!;
        if (source is not null)
        {
            return true;
        }

        if (_sources.IsFull)
        {
            error = SrtpError.TooManySources;
            return false;
        }

        source = new SrtpSource(ssrc);
        _sources.Add(source);
        return true;
    }
}
