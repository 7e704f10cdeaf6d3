using Farspan.Kernel;

namespace Farspan.Rtp;

/// <summary>
/// Loss and jitter of one received stream: sequence checks of RFC 3550 §A.1, loss of §A.3, jitter of §A.8.
/// Another SSRC, or two packets in a row after a jump, start it afresh.
/// </summary>
public sealed class RtpReceiverStatistics(int clockRateHz)
{
    private const int MaxDropout = 3000;
    private const int MaxMisorder = 100;
    private const int SequenceModulus = 1 << 16;

    // A transit that changes by more is a jump of the source's clock, not jitter.
    private static readonly TimeSpan LargestTransitChange = TimeSpan.FromSeconds(5);

    private uint _baseSequence;
    private uint _badSequence;
    private uint _cycles;
    private ushort _maxSequence;
    private uint _received;
    private uint _expectedPrior;
    private uint _receivedPrior;
    private bool _hasTransit;
    private long _transit;
    private uint _lastTimestamp;
    private uint _jitterTimes16;

    /// <summary>False until the first packet.</summary>
    public bool HasSource { get; private set; }

    public uint Ssrc { get; private set; }

    public long PacketsReceived { get; private set; }

    /// <summary>How often the source changed or jumped.</summary>
    public int Restarts { get; private set; }

    public uint ExtendedHighestSequenceNumber => _cycles + _maxSequence;

    /// <summary>Packets that should have come from this source so far.</summary>
    public uint Expected => HasSource ? ExtendedHighestSequenceNumber - _baseSequence + 1 : 0;

    /// <summary>Clamped to 24 bits with sign.</summary>
    public int CumulativeLost => Math.Clamp((int)(Expected - _received), -0x800000, 0x7FFFFF);

    /// <summary>In units of the media clock.</summary>
    public uint JitterUnits => _jitterTimes16 >> 4;

    public TimeSpan Jitter => TimeSpan.FromTicks((long)JitterUnits * TimeSpan.TicksPerSecond / clockRateHz);

    /// <summary>
    /// Counts a packet. Returns false if its sequence number makes it suspect; it is then not counted.
    /// </summary>
    public bool CountReceived(in RtpHeader header, Instant arrival)
    {
        if (!HasSource || header.Ssrc != Ssrc)
        {
            Start(header);
        }
        else if (!TryAdvance(header.SequenceNumber))
        {
            return false;
        }

        _received++;
        PacketsReceived++;
        UpdateJitter(header.Timestamp, arrival);
        return true;
    }

    /// <summary>
    /// The reception since the last call, for a report; the times of the sender report are the caller's.
    /// </summary>
    public ReportBlock TakeReport()
    {
        var expected = Expected;
        var expectedInterval = expected - _expectedPrior;
        var lostInterval = (int)(expectedInterval - (_received - _receivedPrior));
        (_expectedPrior, _receivedPrior) = (expected, _received);
        return new ReportBlock
        {
            Ssrc = Ssrc,
            FractionLost = ToFraction(expectedInterval, lostInterval),
            CumulativeLost = CumulativeLost,
            ExtendedHighestSequenceNumber = ExtendedHighestSequenceNumber,
            Jitter = JitterUnits,
        };
    }

    private static byte ToFraction(uint expected, int lost) =>
        expected == 0 || lost <= 0 ? (byte)0 : (byte)Math.Min(((long)lost << 8) / expected, byte.MaxValue);

    private void Start(in RtpHeader header)
    {
        Restarts += HasSource ? 1 : 0;
        (HasSource, Ssrc) = (true, header.Ssrc);
        StartSequence(header.SequenceNumber);
    }

    private void StartSequence(ushort sequenceNumber)
    {
        (_baseSequence, _maxSequence, _cycles) = (sequenceNumber, sequenceNumber, 0);
        _badSequence = SequenceModulus + 1;
        (_received, _expectedPrior, _receivedPrior) = (0, 0, 0);
        (_hasTransit, _jitterTimes16) = (false, 0);
    }

    private bool TryAdvance(ushort sequenceNumber)
    {
        var ahead = (ushort)(sequenceNumber - _maxSequence);
        if (ahead < MaxDropout)
        {
            _cycles += sequenceNumber < _maxSequence ? SequenceModulus : 0u;
            _maxSequence = sequenceNumber;
        }
        else if (ahead <= SequenceModulus - MaxMisorder)
        {
            if (sequenceNumber != _badSequence)
            {
                _badSequence = (ushort)(sequenceNumber + 1);
                return false;
            }

            Restarts++;
            StartSequence(sequenceNumber);
        }

        return true;
    }

    private void UpdateJitter(uint timestamp, Instant arrival)
    {
        // Packets of one event or frame share a timestamp: their spacing is not jitter.
        if (_hasTransit && timestamp == _lastTimestamp)
        {
            return;
        }

        var arrivalUnits = (long)((Int128)arrival.Ticks * clockRateHz / TimeSpan.TicksPerSecond);
        var transit = (long)(uint)arrivalUnits - timestamp;
        var change = Math.Abs((long)(int)(uint)(transit - _transit));
        if (_hasTransit && change <= LargestTransitChange.TotalSeconds * clockRateHz)
        {
            _jitterTimes16 += (uint)(change - ((_jitterTimes16 + 8) >> 4));
        }

        (_hasTransit, _transit, _lastTimestamp) = (true, transit, timestamp);
    }
}
