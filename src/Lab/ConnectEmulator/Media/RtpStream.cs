using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Rtp;

namespace Farspan.ConnectEmulator;

/// <summary>
/// One outgoing stream of Opus: one SSRC, one sequence, one clock, whatever is sent in it – frames of our
/// own, or the packets of somebody else, whose gaps and order are kept. Allocates nothing for a packet.
/// </summary>
/// <param name="ssrc">Ours.</param>
/// <param name="payloadType">The receiver's number for Opus.</param>
/// <param name="firstSequence">Random (RFC 3550 §5.1).</param>
/// <param name="firstTimestamp">Random (RFC 3550 §5.1).</param>
internal sealed class RtpStream(uint ssrc, byte payloadType, ushort firstSequence, uint firstTimestamp)
{
    private const int ClockRateHz = 48_000;
    private const uint FrameTicks = ClockRateHz / 1_000 * OpusLoop.FrameMilliseconds;

    // A source that jumps further than a second has started again.
    private const int MaxSequenceJump = 50;

    private readonly byte[] _packet = new byte[RtpHeader.Bytes + AudioLimits.MaxPayloadBytes];
    private Instant? _epoch;
    private ushort _nextSequence = firstSequence;
    private uint _lastTimestamp = firstTimestamp - FrameTicks;
    private RelayedSource? _relayed;

    /// <summary>Makes a packet of a frame of 20 ms, valid until the next call.</summary>
    public ReadOnlySpan<byte> Frame(scoped ReadOnlySpan<byte> opus, Instant due)
    {
        var isFirst = _epoch is null;
        _relayed = null;
        var timestamp = NextTimestamp(due);
        var header = new RtpHeader(payloadType, isFirst, _nextSequence++, timestamp, ssrc);
        _lastTimestamp = timestamp;
        return Write(header, opus);
    }

    /// <summary>
    /// Makes a packet of another's, valid until the next call. False for one that is too late: something
    /// else has been sent in its place.
    /// </summary>
    public bool TryRelay(in RtpPacketView packet, Instant now, out ReadOnlySpan<byte> relayed)
    {
        relayed = default;
        if (packet.Payload.Length > AudioLimits.MaxPayloadBytes)
        {
            return false;
        }

        var source = Follow(packet.Header, now);
        var sequence = (ushort)(packet.Header.SequenceNumber + source.SequenceShift);
        if ((short)(sequence - source.FirstSequence) < 0)
        {
            return false;
        }

        var timestamp = packet.Header.Timestamp + source.TimestampShift;
        if ((short)(sequence - _nextSequence) >= 0)
        {
            _nextSequence = (ushort)(sequence + 1);
            _lastTimestamp = timestamp;
        }

        var header = new RtpHeader(payloadType, packet.Header.Marker, sequence, timestamp, ssrc);
        relayed = Write(header, packet.Payload);
        return true;
    }

    private RelayedSource Follow(in RtpHeader header, Instant now)
    {
        if (_relayed is { } current && current.Ssrc == header.Ssrc)
        {
            var expected = (ushort)(_nextSequence - current.SequenceShift);
            if (Math.Abs((short)(header.SequenceNumber - expected)) <= MaxSequenceJump)
            {
                return current;
            }
        }

        var source = new RelayedSource(
            header.Ssrc,
            (ushort)(_nextSequence - header.SequenceNumber),
            NextTimestamp(now) - header.Timestamp,
            _nextSequence);
        _relayed = source;
        return source;
    }

    // What our clock shows, but a frame after the last packet at least.
    private uint NextTimestamp(Instant now)
    {
        _epoch ??= now;
        var elapsed = (now - _epoch.Value).Ticks * ClockRateHz / TimeSpan.TicksPerSecond;
        var timestamp = firstTimestamp + (uint)elapsed;
        return (int)(timestamp - _lastTimestamp) < FrameTicks ? _lastTimestamp + FrameTicks : timestamp;
    }

    private ReadOnlySpan<byte> Write(RtpHeader header, scoped ReadOnlySpan<byte> payload)
    {
        header.Encode(_packet);
        payload.CopyTo(_packet.AsSpan(RtpHeader.Bytes));
        return _packet.AsSpan(0, RtpHeader.Bytes + payload.Length);
    }

    /// <summary>Whose packets are sent, and by how much their numbers are shifted.</summary>
    private readonly record struct RelayedSource(
        uint Ssrc, ushort SequenceShift, uint TimestampShift, ushort FirstSequence);
}
