using Farspan.Audio;

namespace Farspan.Interop.Tests;

/// <summary>What a phone speaks.</summary>
/// <param name="Code">Whose tone sequence it plays.</param>
/// <param name="Codec">Its codec.</param>
internal sealed record RtpPhoneSettings(int Code, AudioCodec Codec = AudioCodec.Pcmu)
{
    /// <summary>The payload type of telephone-event in the phone's SDP.</summary>
    public const byte EventPayloadType = 101;

    /// <summary>A steady tone instead of the sequence; whole cycles fit into a second.</summary>
    public int? ToneHz { get; init; }

    public byte PayloadType => Codec switch
    {
        AudioCodec.Pcmu => 0,
        AudioCodec.Pcma => 8,
        AudioCodec.G722 => 9,
        _ => 111,
    };

    /// <summary>The value of the phone's a=rtpmap.</summary>
    public string RtpMap => Codec switch
    {
        AudioCodec.Pcmu => "PCMU/8000",
        AudioCodec.Pcma => "PCMA/8000",
        AudioCodec.G722 => "G722/8000",
        _ => "opus/48000/2",
    };

    public int SampleRateHz => Codec switch
    {
        AudioCodec.G722 => 16_000,
        AudioCodec.Opus => 48_000,
        _ => 8_000,
    };

    public uint RtpUnitsPerFrame => Codec == AudioCodec.Opus ? 960u : 160u;

    /// <summary>The number it calls from: different for each code, so that its contact is found.</summary>
    public string Number => $"+1206{5_550_000 + Code}";
}
