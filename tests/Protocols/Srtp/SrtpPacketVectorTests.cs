namespace Farspan.Srtp.Tests;

/// <summary>
/// Whole packets: RFC 7714 §16-17, and the reference packets that libsrtp tests itself with.
/// </summary>
public sealed class SrtpPacketVectorTests
{
    private const string Rtp =
        "8040f17b8041f8d35501a0b2"
        + "47616c6c696120657374206f6d6e697320646976697361" + "20696e207061727465732074726573";

    private const string SealedRtp =
        "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
        + "899d7f27beb16a9152cf765ee4390cce";

    private const string Rtcp =
        "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61"
        + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";

    private const string SealedRtcp =
        "81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32d"
        + "c676a5f1730d6fda4ce09b4686303ded0bb9275b"
        + "c84aa45896cf4d2fc5abf87245d9eade" + "800005d4";

    private const string ClearRtcp = Rtcp + "841dd9683dd78ec92ae58790125f62b3" + "000005d4";

    private const uint RtpSsrc = 0x5501A0B2;
    private const uint RtcpSsrc = 0x4D617273;
    private const uint RtcpIndex = 0x5D4;
    private const int RtpHeaderBytes = 12;
    private const int TagBytes = 16;

    private const string LibsrtpKey = "e1f97a0d3e018be0d64fa32c06de41390ec675ad498afeebb6960b3aabe6";
    private const string LibsrtpRtp = "800f1234decafbadcafebabe" + "abababababababababababababababab";

    private const string LibsrtpSealedRtp =
        "800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb";

    private const string LibsrtpRtcp = "81c8000bcafebabe" + "abababababababababababababababab";

    private const string LibsrtpSealedRtcp =
        "81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798";

    [Fact] // RFC 7714 §16.1.1
    public void Gcm_SealsTheRtpPacketOfTheRfc()
    {
        byte[] packet = [.. Hex(Rtp), .. new byte[TagBytes]];
        CreateGcm().Seal(packet, RtpHeaderBytes, RtpSsrc, 0xF17B);
        Assert.Equal(SealedRtp, Convert.ToHexStringLower(packet));
    }

    [Fact] // RFC 7714 §16.1.2
    public void Gcm_OpensTheRtpPacketOfTheRfc()
    {
        var packet = Hex(SealedRtp);
        Assert.True(CreateGcm().TryOpen(packet, RtpHeaderBytes, RtpSsrc, 0xF17B));
        Assert.Equal(Rtp, Convert.ToHexStringLower(packet.AsSpan(..^TagBytes)));
    }

    [Fact] // RFC 7714 §17.1
    public void Gcm_SealsTheRtcpPacketOfTheRfc()
    {
        byte[] packet = [.. Hex(Rtcp), .. new byte[TagBytes + 4]];
        CreateGcm().SealControl(packet, RtcpSsrc, RtcpIndex);
        Assert.Equal(SealedRtcp, Convert.ToHexStringLower(packet));
    }

    [Theory] // RFC 7714 §17.1 encrypted, §17.3 only authenticated
    [InlineData(SealedRtcp, 0x8000_05D4)]
    [InlineData(ClearRtcp, 0x0000_05D4)]
    public void Gcm_OpensTheRtcpPacketsOfTheRfc(string wire, uint indexWord)
    {
        var packet = Hex(wire);
        var cipher = CreateGcm();
        Assert.Equal(indexWord, cipher.ReadControlIndex(packet));
        Assert.True(cipher.TryOpenControl(packet, RtcpSsrc, indexWord));
        Assert.Equal(Rtcp, Convert.ToHexStringLower(packet.AsSpan(..^(TagBytes + 4))));
    }

    [Fact]
    public void CounterMode_SealsTheRtpPacketOfLibsrtp()
    {
        byte[] buffer = [.. Hex(LibsrtpRtp), .. new byte[10]];
        var sender = new SrtpSender(LibsrtpMaster());
        Assert.True(sender.TryProtect(buffer, LibsrtpRtp.Length / 2, out var written, out _));
        Assert.Equal(LibsrtpSealedRtp, Convert.ToHexStringLower(buffer.AsSpan(0, written)));
    }

    [Fact]
    public void CounterMode_OpensTheRtcpPacketOfLibsrtp()
    {
        var buffer = Hex(LibsrtpSealedRtcp);
        var receiver = new SrtpReceiver(LibsrtpMaster());
        Assert.True(receiver.TryUnprotectControl(buffer, buffer.Length, out var written, out _));
        Assert.Equal(LibsrtpRtcp, Convert.ToHexStringLower(buffer.AsSpan(0, written)));
    }

    /// <summary>The vectors of RFC 7714 give session keys, the same for RTP and RTCP.</summary>
    private static GcmCipher CreateGcm()
    {
        var keys = new SessionKeySet(
            Hex("000102030405060708090a0b0c0d0e0f"), [], Hex("517569642070726f2071756f"));
        return new GcmCipher(new SrtpSessionKeys(keys, keys));
    }

    private static SrtpMasterKey LibsrtpMaster() => new(SrtpProfile.AesCm128HmacSha1Tag80, Hex(LibsrtpKey));

    private static byte[] Hex(string text) => Convert.FromHexString(text);
}
