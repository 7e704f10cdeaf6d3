using Farspan.Sdp;

namespace Farspan.Media;

/// <summary>What an RTP packet of a negotiated stream carries, whatever number its side gives to it.</summary>
internal enum RelayFormat
{
    /// <summary>Not negotiated.</summary>
    Unknown,

    /// <summary>The codec.</summary>
    Audio,

    /// <summary>Digits (RFC 4733).</summary>
    TelephoneEvent,

    /// <summary>Comfort noise (RFC 3389).</summary>
    ComfortNoise,
}

/// <summary>Payload types of the two sides of a relay: the number one uses is not the other's.</summary>
internal static class RelayFormats
{
    /// <summary>What the peer means by a payload type.</summary>
    public static RelayFormat Find(NegotiatedAudio audio, byte payloadType) =>
        payloadType == audio.ReceivePayloadType ? RelayFormat.Audio
        : payloadType == audio.TelephoneEvent?.ReceivePayloadType ? RelayFormat.TelephoneEvent
        : payloadType == audio.ComfortNoisePayloadType ? RelayFormat.ComfortNoise
        : RelayFormat.Unknown;

    /// <summary>What a side calls a format that the other side sent; false if it takes none of it.</summary>
    public static bool TryTranslate(
        RelayFormat format, NegotiatedAudio from, NegotiatedAudio to, out byte payloadType)
    {
        int? found = from.Codec != to.Codec ? null : format switch
        {
            RelayFormat.Audio => to.PayloadType,
            RelayFormat.TelephoneEvent when to.TelephoneEvent?.ClockRateHz == from.TelephoneEvent?.ClockRateHz =>
                to.TelephoneEvent?.PayloadType,
            RelayFormat.ComfortNoise => to.ComfortNoisePayloadType,
            _ => null,
        };
        payloadType = (byte)(found ?? 0);
        return found is not null;
    }
}
