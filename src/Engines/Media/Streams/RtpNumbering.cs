using Farspan.Kernel;
using Farspan.Rtp;

namespace Farspan.Media;

/// <summary>
/// The identity of one stream that we send: source, sequence and timestamp go on whatever changes beneath
/// them, such as the codec or the transport (RFC 3550 §5.1).
/// </summary>
internal sealed class RtpNumbering
{
    private ushort _sequence;
    private uint _timestamp;
    private bool _isAfterPause = true;

    public RtpNumbering(uint ssrc, RandomSource random)
    {
        Ssrc = ssrc;
        _sequence = (ushort)random.NextUInt32();
        _timestamp = random.NextUInt32();
    }

    public uint Ssrc { get; }

    /// <summary>The header of the next packet; the first after a pause is marked (RFC 3551 §4.1).</summary>
    public RtpHeader Next(byte payloadType)
    {
        var header = new RtpHeader(payloadType, _isAfterPause, _sequence, _timestamp, Ssrc);
        _sequence++;
        _isAfterPause = false;
        return header;
    }

    /// <summary>Lets media time pass, in units of the clock.</summary>
    public void Pass(uint units) => _timestamp += units;

    /// <summary>Nothing is sent for a while.</summary>
    public void Pause() => _isAfterPause = true;
}
