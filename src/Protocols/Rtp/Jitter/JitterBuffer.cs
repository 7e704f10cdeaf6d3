using Farspan.Kernel;

namespace Farspan.Rtp;

/// <summary>
/// Puts a stream's packets back into order and evens out their arrival. The listener's clock drives it: each
/// <see cref="Take"/> asks for what comes next. The delay follows the measured jitter between two bounds; it
/// shrinks by dropping a packet and grows by a pause, both preferably while nobody speaks, which also makes
/// up for clocks that differ.
/// </summary>
/// <remarks>
/// <para>
/// A packet's delay is counted from when it would have come without jitter. A packet that is late grows the
/// delay: it is played after its concealment. One that is missing while later ones are there is lost.
/// </para>
/// <para>Nothing is allocated after construction. Packets of other payload types go to <see
/// cref="Skip"/>.</para>
/// </remarks>
public sealed class JitterBuffer
{
    // All packets late in a row: the source has counted back, not the network delayed them.
    private const int LateInARow = 10;
    private const int FirstReorderWindow = 16;

    private static readonly TimeSpan LargestJump = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LoudExcess = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan LoudDropSpacing = TimeSpan.FromMilliseconds(200);

    private readonly JitterBufferSettings _settings;
    private readonly DelayEstimator _delays;
    private readonly PacketTimeEstimator _packetTime;
    private readonly PacketSlots _slots;

    private State _state;
    private JitterCounters _counters;
    private ExtendedSequenceNumber _sequence;
    private uint _ssrc;
    private long _highestTimestamp;
    private int _lateInARow;

    private long _position;
    private long _concealedUnits;
    private bool _expectsSilence;
    private Instant _lastDrop;

    public JitterBuffer(JitterBufferSettings settings)
    {
        Invariant.Require(settings.MinDelay <= settings.MaxDelay && settings.ClockRateHz > 0);
        _settings = settings;
        _delays = new DelayEstimator(settings.ClockRateHz);
        _slots = new PacketSlots(settings.CapacityPackets, settings.MaxPayloadBytes);
        _packetTime = new PacketTimeEstimator(settings.ClockRateHz, settings.PacketTime);
        TargetDelay = settings.InitialDelay;
    }

    private enum State
    {
        /// <summary>No packet yet, or everything was thrown away.</summary>
        New,

        /// <summary>Holding the next packet back until the target delay has passed.</summary>
        Waiting,

        Playing,
    }

    public JitterCounters Counters => _counters;

    /// <summary>The delay that the jitter of the last seconds asks for.</summary>
    public TimeSpan TargetDelay { get; private set; }

    /// <summary>The delay of the last packet played.</summary>
    public TimeSpan CurrentDelay { get; private set; }

    /// <summary>How much audio the sender puts in a packet.</summary>
    public TimeSpan PacketTime => ToDuration(_packetTime.Units);

    public int BufferedPackets => _slots.Count;

    /// <summary>Takes a packet in. It is copied.</summary>
    public void Insert(in RtpHeader header, ReadOnlySpan<byte> payload, Instant arrival)
    {
        _counters.Inserted++;
        if (payload.Length > _settings.MaxPayloadBytes)
        {
            _counters.Dropped++;
            return;
        }

        Follow(header, arrival);
        var previous = _sequence.Highest;
        var sequence = _sequence.Extend(header.SequenceNumber);
        var timestamp = _highestTimestamp + (int)(header.Timestamp - (uint)_highestTimestamp);
        if (HasJumped(sequence, timestamp, arrival))
        {
            Restart();
            Begin(header, arrival);
            (previous, sequence, timestamp) = (_slots.Next, _slots.Next, _highestTimestamp);
        }

        _packetTime.Observe(sequence - previous, timestamp - _highestTimestamp);
        _highestTimestamp = Math.Max(_highestTimestamp, timestamp);
        if (Admit(sequence, previous))
        {
            Store(header, payload, arrival, (sequence, timestamp));
        }
    }

    /// <summary>
    /// Tells of a packet that belongs to the sequence but is not played, such as an event: it is not lost,
    /// and there is no audio in its stead.
    /// </summary>
    public void Skip(in RtpHeader header)
    {
        if (_state == State.New || header.Ssrc != _ssrc)
        {
            return;
        }

        var sequence = _sequence.Extend(header.SequenceNumber);
        if (sequence - _slots.Next >= _slots.Capacity)
        {
            Restart();
        }
        else if (sequence >= _slots.Next && !_slots.Contains(sequence))
        {
            _slots.Store(new PacketSlots.Slot { IsSkipped = true, Sequence = sequence }, payload: default);
        }
    }

    /// <summary>Gives what comes next. Call it whenever the listener needs more audio.</summary>
    /// <param name="now">The listener's time.</param>
    /// <param name="isQuiet">Whether what was played last was quiet, so that a cut or a pause goes
    /// unnoticed.</param>
    /// <param name="frame">The packet, or what to conceal.</param>
    public JitterVerdict Take(Instant now, bool isQuiet, out JitterFrame frame)
    {
        frame = default;
        DropExcess(now, isQuiet);
        if (!TryFindHead(out var head))
        {
            return TakeWithoutHead(out frame);
        }

        ref readonly var slot = ref _slots[head];
        if (_state != State.Playing)
        {
            return now - slot.Expected >= TargetDelay ? Play(head, now, out frame) : JitterVerdict.Empty;
        }

        var gap = slot.Timestamp - _position;
        var lost = head - _slots.Next;
        if (gap <= 0 || (lost == 0 && gap < _packetTime.Units))
        {
            return ShouldStretch(slot, now, isQuiet) ? Stretch(out frame) : Play(head, now, out frame);
        }

        if (lost > 0 && gap < (lost + 1) * _packetTime.Units && MayConceal)
        {
            return Conceal(Math.Min(gap, _packetTime.Units), head, out frame);
        }

        // The sender was silent: its next talkspurt is held back anew (RFC 3551 §4.1).
        _state = State.Waiting;
        return now - slot.Expected >= TargetDelay ? Play(head, now, out frame) : JitterVerdict.Empty;
    }

    /// <summary>Forgets the stream, as after a re-INVITE; counters stay.</summary>
    public void Reset()
    {
        _counters.Dropped += _slots.Count;
        _slots.Begin(0);
        _state = State.New;
    }

    private bool MayConceal => !_expectsSilence && _concealedUnits < ToUnits(_settings.MaxConcealment);

    private void Follow(in RtpHeader header, Instant arrival)
    {
        if (_state != State.New && header.Ssrc != _ssrc)
        {
            Restart();
        }

        if (_state == State.New)
        {
            Begin(header, arrival);
        }
    }

    private void Begin(in RtpHeader header, Instant arrival)
    {
        (_state, _ssrc, _highestTimestamp) = (State.Waiting, header.Ssrc, (1L << 32) + header.Timestamp);
        _sequence = default;
        _slots.Begin(_sequence.Extend(header.SequenceNumber));
        (_concealedUnits, _lateInARow) = (0, 0);
        _expectsSilence = false;
        _delays.Restart(_highestTimestamp, arrival);
    }

    private void Restart()
    {
        _counters.Restarts++;
        Reset();
    }

    private bool HasJumped(long sequence, long timestamp, Instant arrival) =>
        sequence - _slots.Next >= _slots.Capacity
        || _lateInARow >= LateInARow
        || _delays.LatenessOf(timestamp, arrival).Duration() > LargestJump;

    private bool Admit(long sequence, long previousHighest)
    {
        if (_slots.Contains(sequence) || _slots.WasPlayed(sequence))
        {
            _counters.Duplicate++;
            return false;
        }

        if (sequence < _slots.Next && !MayStillLead(sequence))
        {
            _counters.Late++;
            _lateInARow++;
            return false;
        }

        _counters.Reordered += sequence < previousHighest ? 1 : 0;
        _slots.Precede(sequence);
        _lateInARow = 0;
        return true;
    }

    // Before anything was played, a packet may turn out to precede the first one that came.
    private bool MayStillLead(long sequence) => !_slots.HasPlayed && _state == State.Waiting
        && _slots.Next - sequence <= FirstReorderWindow && _sequence.Highest - sequence < _slots.Capacity;

    private void Store(
        in RtpHeader header,
        ReadOnlySpan<byte> payload,
        Instant arrival,
        (long Sequence, long Timestamp) place)
    {
        // After an interruption a sender whose clock stood still meanwhile is not late.
        if (_state == State.Waiting && _slots.Count == 0
            && _delays.LatenessOf(place.Timestamp, arrival) > _settings.MaxDelay)
        {
            _delays.Restart(place.Timestamp, arrival);
        }

        var delay = _delays.Add(place.Timestamp, arrival);
        UpdateTarget();
        var slot = new PacketSlots.Slot
        {
            Sequence = place.Sequence,
            Timestamp = place.Timestamp,
            Expected = arrival - delay,
            Header = header,
        };
        _slots.Store(slot, payload);
    }

    private void UpdateTarget()
    {
        if (_delays.HasEnough)
        {
            var wanted = _delays.Percentile(_settings.TargetPercentile);
            TargetDelay = TimeSpan.FromTicks(
                Math.Clamp(wanted.Ticks, _settings.MinDelay.Ticks, _settings.MaxDelay.Ticks));
        }
    }

    // The first packet that is there and is to be played; skipped ones before it are passed.
    private bool TryFindHead(out long head)
    {
        var remaining = _slots.Count;
        for (head = _slots.Next; remaining > 0; head++)
        {
            if (!_slots.Contains(head))
            {
                continue;
            }

            if (!_slots[head].IsSkipped)
            {
                return true;
            }

            remaining--;
            if (head == _slots.Next)
            {
                _slots.Leave(head);
                _expectsSilence = true;
            }
        }

        return false;
    }

    private JitterVerdict TakeWithoutHead(out JitterFrame frame)
    {
        frame = default;
        if (_state != State.Playing)
        {
            return JitterVerdict.Empty;
        }

        if (!MayConceal)
        {
            _state = State.Waiting;
            return JitterVerdict.Empty;
        }

        return Conceal(_packetTime.Units, head: -1, out frame);
    }

    private JitterVerdict Play(long head, Instant now, out JitterFrame frame)
    {
        ref readonly var slot = ref _slots[head];
        frame = new JitterFrame
        {
            Header = slot.Header,
            Payload = _slots.PayloadOf(head),
            Duration = PacketTime,
        };
        _state = State.Playing;
        _position = slot.Timestamp + _packetTime.Units;
        _concealedUnits = 0;
        _expectsSilence = slot.Header.PayloadType == _settings.ComfortNoisePayloadType;
        CurrentDelay = now - slot.Expected;
        _counters.Played++;
        _slots.Leave(head);
        return JitterVerdict.Packet;
    }

    private JitterVerdict Conceal(long units, long head, out JitterFrame frame)
    {
        // Redundancy in the packet at hand is of its direct predecessor alone.
        var hasFollower = head >= 0 && _slots[head].Timestamp - _position <= _packetTime.Units;
        frame = new JitterFrame
        {
            Header = new RtpHeader { Timestamp = (uint)_position, Ssrc = _ssrc },
            Payload = hasFollower ? _slots.PayloadOf(head) : default,
            Duration = ToDuration(units),
        };
        _position += units;
        _concealedUnits += units;
        _counters.Concealed++;
        return JitterVerdict.Missing;
    }

    private JitterVerdict Stretch(out JitterFrame frame)
    {
        frame = new JitterFrame
        {
            Header = new RtpHeader { Timestamp = (uint)_position, Ssrc = _ssrc },
            Duration = PacketTime,
        };
        _counters.Stretched++;
        return JitterVerdict.Missing;
    }

    private bool ShouldStretch(in PacketSlots.Slot slot, Instant now, bool isQuiet) =>
        isQuiet && _delays.HasEnough && now - slot.Expected + PacketTime <= TargetDelay;

    private void DropExcess(Instant now, bool isQuiet)
    {
        while (TryFindHead(out var head) && MustDrop(now - _slots[head].Expected, now, isQuiet))
        {
            _position = Math.Max(_position, _slots[head].Timestamp + _packetTime.Units);
            _lastDrop = now;
            _counters.Dropped++;
            _slots.Leave(head);
        }
    }

    private bool MustDrop(TimeSpan delay, Instant now, bool isQuiet)
    {
        var excess = delay - TargetDelay;
        var hasSpare = _state == State.Playing && _slots.Count > 1;
        return delay > _settings.MaxDelay
            || (hasSpare && isQuiet && excess > PacketTime && now != _lastDrop)
            || (hasSpare && excess > LoudExcess && now - _lastDrop >= LoudDropSpacing);
    }

    private long ToUnits(TimeSpan duration) =>
        duration.Ticks * _settings.ClockRateHz / TimeSpan.TicksPerSecond;

    private TimeSpan ToDuration(long units) =>
        TimeSpan.FromTicks(units * TimeSpan.TicksPerSecond / _settings.ClockRateHz);
}
