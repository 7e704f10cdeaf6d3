using Farspan.Kernel;

namespace Farspan.Rtp;

/// <summary>
/// Turns queued digits into event packets, one for each packet time: updates while a digit lasts, its end
/// three times, then a pause (RFC 4733 §2.5.1). While it has a packet, no audio packet is sent.
/// </summary>
/// <remarks>
/// Packets of one event share a timestamp; the caller numbers them with the audio's sequence.
/// </remarks>
public sealed class TelephoneEventSender
{
    /// <summary>
    /// How long a digit lasts unless stated: comfortably above the 40 ms that receivers need.
    /// </summary>
    public static readonly TimeSpan DefaultDuration = TimeSpan.FromMilliseconds(100);

    /// <summary>The silence between digits.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(80);

    private const int EndPackets = 3;
    private const byte VolumeAttenuationDb = 10;

    private readonly BoundedQueue<(byte Code, uint Units)> _queue = new(RtpLimits.MaxQueuedEvents);
    private readonly int _clockRateHz;
    private readonly uint _packetUnits;
    private Phase _phase;
    private bool _isFirst;
    private byte _code;
    private uint _timestamp;
    private uint _remainingUnits;
    private uint _segmentUnits;
    private uint _pauseUnits;
    private int _endsLeft;

    public TelephoneEventSender(int clockRateHz, TimeSpan packetTime)
    {
        _clockRateHz = clockRateHz;
        _packetUnits = ToUnits(packetTime);
        Invariant.Require(_packetUnits > 0);
    }

    private enum Phase
    {
        Idle,
        Lasting,
        Ending,
        Pausing,
    }

    /// <summary>True while a digit or the pause after it lasts, or one waits.</summary>
    public bool IsBusy => _phase != Phase.Idle || _queue.Count > 0;

    /// <summary>Returns false if too many wait already.</summary>
    public bool TryEnqueue(byte code, TimeSpan duration) =>
        _queue.TryEnqueue((code, Math.Max(ToUnits(duration), _packetUnits)));

    /// <summary>Makes the packet of this packet time, if an event has one; otherwise audio goes on.</summary>
    /// <param name="audioTimestamp">The timestamp an audio packet would have now, in the events'
    /// clock.</param>
    /// <param name="payload">Receives <see cref="TelephoneEvent.Bytes"/> bytes.</param>
    /// <param name="timestamp">For the packet's header.</param>
    /// <param name="marker">For the packet's header.</param>
    public bool TryWriteNext(uint audioTimestamp, Span<byte> payload, out uint timestamp, out bool marker)
    {
        Advance(audioTimestamp);
        (timestamp, marker) = (_timestamp, _isFirst);
        if (_phase is Phase.Idle or Phase.Pausing)
        {
            return false;
        }

        var isEnd = _phase == Phase.Ending;
        new TelephoneEvent(_code, isEnd, VolumeAttenuationDb, (ushort)_segmentUnits).Encode(payload);
        _isFirst = false;
        return true;
    }

    private void Advance(uint audioTimestamp)
    {
        if (_phase == Phase.Lasting && _remainingUnits > 0)
        {
            Last();
        }
        else if (_phase == Phase.Ending && --_endsLeft == 0)
        {
            (_phase, _pauseUnits) = (Phase.Pausing, ToUnits(Pause));
        }
        else if (_phase == Phase.Pausing)
        {
            _pauseUnits -= Math.Min(_pauseUnits, _packetUnits);
            _phase = _pauseUnits == 0 ? Phase.Idle : Phase.Pausing;
        }

        if (_phase == Phase.Idle && _queue.TryDequeue(out var next))
        {
            (_phase, _isFirst, _code, _timestamp) = (Phase.Lasting, true, next.Code, audioTimestamp);
            (_remainingUnits, _segmentUnits) = (next.Units, 0);
            Last();
        }
    }

    private void Last()
    {
        var step = Math.Min(_remainingUnits, _packetUnits);
        _remainingUnits -= step;
        _segmentUnits += step;
        if (_segmentUnits > ushort.MaxValue)
        {
            // A full segment goes on in the next one, without a marker (RFC 4733 §2.5.1.3).
            _segmentUnits -= ushort.MaxValue;
            _timestamp += ushort.MaxValue;
        }

        if (_remainingUnits == 0)
        {
            (_phase, _endsLeft) = (Phase.Ending, EndPackets);
        }
    }

    private uint ToUnits(TimeSpan duration) =>
        (uint)(duration.Ticks * _clockRateHz / TimeSpan.TicksPerSecond);
}
