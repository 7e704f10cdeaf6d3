using Farspan.Kernel;
using Farspan.Rtp;

namespace Farspan.Media;

/// <summary>
/// The stream that a relay sends to one of its sides: source, sequence and timestamp are its own and go on
/// whatever comes in - another source, another connector, comfort audio in between (RFC 3550 §5.1, §7.1).
/// </summary>
/// <remarks>
/// Within one incoming run numbers are shifted, so that losses and reordering stay visible to the listener; a
/// new run continues right behind the last packet, later by the time that has passed. No number is given
/// twice: under one SRTP key that would give the keystream away.
/// </remarks>
internal sealed class RelayStream(uint ssrc, RandomSource random)
{
    /// <summary>Packets older than the newest by this many are dropped.</summary>
    public const int ReorderWindow = 64;

    /// <summary>A jump of the sequence by more begins a new run.</summary>
    public const int JumpMax = 3_000;

    // A new run begins at least this much behind what was sent last.
    private static readonly TimeSpan ShortestStep = TimeSpan.FromMilliseconds(10);

    private ushort _lastSequence = (ushort)random.NextUInt32();
    private uint _lastTimestamp = random.NextUInt32();
    private Instant? _sentAt;
    private bool _isFollowing;
    private bool _isInserting;
    private uint _source;
    private ushort _highest;
    private ulong _seen;
    private ushort _sequenceShift;
    private uint _timestampShift;

    public uint Ssrc { get; } = ssrc;

    /// <summary>
    /// Gives an incoming packet its header in this stream; false for one that came twice or too late.
    /// </summary>
    public bool TryMap(
        in RtpHeader incoming, byte payloadType, int clockRateHz, Instant now, out RtpHeader outgoing)
    {
        var begins = !_isFollowing || incoming.Ssrc != _source || IsJump(incoming.SequenceNumber);
        if (begins)
        {
            Follow(incoming, clockRateHz, now);
        }
        else if (!TryMark(incoming.SequenceNumber))
        {
            outgoing = default;
            return false;
        }

        var sequence = (ushort)(incoming.SequenceNumber + _sequenceShift);
        var timestamp = incoming.Timestamp + _timestampShift;
        if (begins || (short)(sequence - _lastSequence) > 0)
        {
            (_lastSequence, _lastTimestamp, _sentAt) = (sequence, timestamp, now);
        }

        outgoing = new RtpHeader(payloadType, incoming.Marker || begins, sequence, timestamp, Ssrc);
        return true;
    }

    /// <summary>The header of a packet of our own making, such as comfort audio.</summary>
    /// <param name="payloadType">What the listener calls its format.</param>
    /// <param name="units">What the packet lasts, in units of the clock.</param>
    /// <param name="clockRateHz">The clock.</param>
    /// <param name="now">The time.</param>
    public RtpHeader Insert(byte payloadType, uint units, int clockRateHz, Instant now)
    {
        var begins = !_isInserting;
        _lastTimestamp += begins ? Elapsed(clockRateHz, now) : units;
        _lastSequence++;
        (_sentAt, _isInserting, _isFollowing) = (now, true, false);
        return new RtpHeader(payloadType, begins, _lastSequence, _lastTimestamp, Ssrc);
    }

    private bool IsJump(ushort sequence) => Math.Abs((short)(sequence - _highest)) > JumpMax;

    private void Follow(in RtpHeader incoming, int clockRateHz, Instant now)
    {
        _sequenceShift = (ushort)(_lastSequence + 1 - incoming.SequenceNumber);
        _timestampShift = _lastTimestamp + Elapsed(clockRateHz, now) - incoming.Timestamp;
        (_source, _highest) = (incoming.Ssrc, incoming.SequenceNumber);
        // What is older than the first packet of a run counts as seen: its numbers belong to what was before.
        _seen = ulong.MaxValue;
        (_isFollowing, _isInserting) = (true, false);
    }

    private uint Elapsed(int clockRateHz, Instant now)
    {
        var elapsed = _sentAt is { } sentAt && now - sentAt > ShortestStep ? now - sentAt : ShortestStep;
        return (uint)(elapsed.Ticks * clockRateHz / TimeSpan.TicksPerSecond);
    }

    private bool TryMark(ushort sequence)
    {
        var ahead = (short)(sequence - _highest);
        if (ahead > 0)
        {
            _seen = ahead >= ReorderWindow ? 1 : (_seen << ahead) | 1;
            _highest = sequence;
            return true;
        }

        var bit = -ahead;
        if (bit >= ReorderWindow || (_seen >> bit & 1) != 0)
        {
            return false;
        }

        _seen |= 1UL << bit;
        return true;
    }
}
