using Farspan.Kernel;

namespace Farspan.Rtp;

/// <summary>
/// Makes one start and one end of the many packets of each event, whatever is lost, doubled or out of order
/// (RFC 4733 §2.5.2): the RTP timestamp is the event's identity.
/// </summary>
public sealed class TelephoneEventReceiver(int clockRateHz)
{
    /// <summary>An event whose updates stop is over: its end was lost (RFC 4733 §2.5.2.2).</summary>
    public static readonly TimeSpan UpdateTimeout = TimeSpan.FromMilliseconds(200);

    // RFC 4733 §2.5.1.3: an event that lasts longer goes on in another segment, whose timestamp is this
    // later.
    private const uint SegmentUnits = ushort.MaxValue;

    private bool _hasEvent;
    private bool _isActive;
    private uint _ssrc;
    private uint _timestamp;
    private ushort _sequenceNumber;
    private byte _code;
    private long _units;
    private long _segmentStartUnits;
    private Instant _lastUpdate;

    /// <summary>When to call <see cref="Expire"/>; null while no event lasts.</summary>
    public Instant? Deadline => _isActive ? _lastUpdate + UpdateTimeout : null;

    /// <summary>Takes a packet of the negotiated payload type. A malformed payload is ignored.</summary>
    public void Receive(
        in RtpHeader header, ReadOnlySpan<byte> payload, Instant now, Outbox<TelephoneEventNotice> outbox)
    {
        if (!TelephoneEvent.TryDecode(payload, out var received))
        {
            return;
        }

        if (_hasEvent && header.Ssrc != _ssrc)
        {
            End(outbox);
            _hasEvent = false;
        }

        if (IsSameEvent(header, received))
        {
            Update(header, received, now, outbox);
        }
        else if (!_hasEvent || (short)(header.SequenceNumber - _sequenceNumber) > 0)
        {
            End(outbox);
            Start(header, received, now, outbox);
        }
    }

    public void Expire(Instant now, Outbox<TelephoneEventNotice> outbox)
    {
        if (Deadline is { } deadline && now >= deadline)
        {
            End(outbox);
        }
    }

    private bool IsSameEvent(in RtpHeader header, in TelephoneEvent received)
    {
        if (!_hasEvent)
        {
            return false;
        }

        if (header.Timestamp == _timestamp)
        {
            return true;
        }

        var isNextSegment = _isActive && !header.Marker && received.Code == _code
            && header.Timestamp - _timestamp == SegmentUnits;
        if (isNextSegment)
        {
            _timestamp = header.Timestamp;
            _segmentStartUnits += SegmentUnits;
        }

        return isNextSegment;
    }

    private void Start(
        in RtpHeader header, in TelephoneEvent received, Instant now, Outbox<TelephoneEventNotice> outbox)
    {
        (_hasEvent, _isActive, _ssrc, _timestamp) = (true, true, header.Ssrc, header.Timestamp);
        (_sequenceNumber, _code, _units, _segmentStartUnits) = (header.SequenceNumber, received.Code, 0, 0);
        outbox.Add(new TelephoneEventNotice(TelephoneEventNoticeKind.Started, _code, TimeSpan.Zero));
        Update(header, received, now, outbox);
    }

    private void Update(
        in RtpHeader header, in TelephoneEvent received, Instant now, Outbox<TelephoneEventNotice> outbox)
    {
        if ((short)(header.SequenceNumber - _sequenceNumber) > 0)
        {
            _sequenceNumber = header.SequenceNumber;
        }

        if (!_isActive)
        {
            return;
        }

        _lastUpdate = now;
        _units = Math.Max(_units, _segmentStartUnits + received.Duration);
        if (received.IsEnd)
        {
            End(outbox);
        }
    }

    private void End(Outbox<TelephoneEventNotice> outbox)
    {
        if (_isActive)
        {
            _isActive = false;
            var duration = TimeSpan.FromTicks(_units * TimeSpan.TicksPerSecond / clockRateHz);
            outbox.Add(new TelephoneEventNotice(TelephoneEventNoticeKind.Ended, _code, duration));
        }
    }
}
