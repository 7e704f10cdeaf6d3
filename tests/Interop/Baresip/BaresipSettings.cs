namespace Farspan.Interop.Tests;

/// <summary>One way for baresip to call.</summary>
/// <param name="Code">Whose tone sequence it plays.</param>
/// <param name="Codec">As baresip names it: name/rate/channels.</param>
public sealed record BaresipSettings(int Code, string Codec)
{
    /// <summary>udp, tcp or tls.</summary>
    public string Transport { get; init; } = "udp";

    /// <summary>An empty value is RTP; srtp-mand is SDES-SRTP and nothing else (RFC 4568).</summary>
    public string MediaEncryption { get; init; } = "";

    public int SampleRateHz => int.Parse(Codec.Split('/')[1]);

    public int Channels => int.Parse(Codec.Split('/')[2]);

    public string Number => $"+1206{5_550_000 + Code}";

    public override string ToString() => $"{Codec} {Transport} {MediaEncryption}";
}
