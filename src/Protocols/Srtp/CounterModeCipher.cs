using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Farspan.Srtp;

/// <summary>AES_CM_128_HMAC_SHA1_80: encrypt, then authenticate (RFC 3711 §4.1.1, §4.2.1).</summary>
internal sealed class CounterModeCipher(SrtpSessionKeys keys, ISha1Compressor sha1) : SrtpCipher
{
    private const int TagBytes = 10;
    private const int IndexBytes = 4;

    private readonly AesCounter _rtpCipher = AesCounter.Create(keys.Rtp.Encryption);
    private readonly AesCounter _rtcpCipher = AesCounter.Create(keys.Rtcp.Encryption);
    private readonly HmacSha1 _rtpMac = new(keys.Rtp.Authentication, sha1);
    private readonly HmacSha1 _rtcpMac = new(keys.Rtcp.Authentication, sha1);
    private readonly SrtpNonce _rtpNonce = new(keys.Rtp.SaltBlock, SrtpNonce.CounterModeIndexPosition);
    private readonly SrtpNonce _rtcpNonce = new(keys.Rtcp.SaltBlock, SrtpNonce.CounterModeIndexPosition);

    public override void Seal(Span<byte> packet, int headerBytes, uint ssrc, long index)
    {
        var body = packet[..^TagBytes];
        _rtpCipher.Apply(_rtpNonce.For(ssrc, index), body[headerBytes..]);
        Span<byte> tag = stackalloc byte[HmacSha1.TagBytes];
        _rtpMac.Compute(body, (uint)(index >> 16), tag);
        tag[..TagBytes].CopyTo(packet[^TagBytes..]);
    }

    public override bool TryOpen(Span<byte> packet, int headerBytes, uint ssrc, long index)
    {
        var body = packet[..^TagBytes];
        Span<byte> tag = stackalloc byte[HmacSha1.TagBytes];
        _rtpMac.Compute(body, (uint)(index >> 16), tag);
        if (!CryptographicOperations.FixedTimeEquals(tag[..TagBytes], packet[^TagBytes..]))
        {
            return false;
        }

        _rtpCipher.Apply(_rtpNonce.For(ssrc, index), body[headerBytes..]);
        return true;
    }

    public override void SealControl(Span<byte> packet, uint ssrc, uint index)
    {
        var body = packet[..^(TagBytes + IndexBytes)];
        _rtcpCipher.Apply(_rtcpNonce.For(ssrc, index), body[ControlHeaderBytes..]);
        BinaryPrimitives.WriteUInt32BigEndian(packet[body.Length..], index | EncryptedFlag);
        Span<byte> tag = stackalloc byte[HmacSha1.TagBytes];
        _rtcpMac.Compute(body, index | EncryptedFlag, tag);
        tag[..TagBytes].CopyTo(packet[^TagBytes..]);
    }

    public override uint ReadControlIndex(ReadOnlySpan<byte> packet) =>
        BinaryPrimitives.ReadUInt32BigEndian(packet[^(TagBytes + IndexBytes)..]);

    public override bool TryOpenControl(Span<byte> packet, uint ssrc, uint indexWord)
    {
        var body = packet[..^(TagBytes + IndexBytes)];
        Span<byte> tag = stackalloc byte[HmacSha1.TagBytes];
        _rtcpMac.Compute(body, indexWord, tag);
        if (!CryptographicOperations.FixedTimeEquals(tag[..TagBytes], packet[^TagBytes..]))
        {
            return false;
        }

        if ((indexWord & EncryptedFlag) != 0)
        {
            _rtcpCipher.Apply(_rtcpNonce.For(ssrc, indexWord & ~EncryptedFlag), body[ControlHeaderBytes..]);
        }

        return true;
    }
}
