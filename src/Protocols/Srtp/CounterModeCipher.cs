using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace Farspan.Srtp;

/// <summary>AES_CM_128_HMAC_SHA1_80: encrypt, then authenticate (RFC 3711 §4.1.1, §4.2.1).</summary>
internal sealed class CounterModeCipher(SrtpSessionKeys keys, ISha1Compressor sha1) : SrtpCipher
{
    private const int TagBytes = SrtpTag80.Bytes;
    private const int IndexBytes = 4;

    private readonly AesCounter _rtpCipher = AesCounter.Create(keys.Rtp.Encryption);
    private readonly AesCounter _rtcpCipher = AesCounter.Create(keys.Rtcp.Encryption);
    private readonly HmacSha1 _rtpMac = new(keys.Rtp.Authentication, sha1);
    private readonly HmacSha1 _rtcpMac = new(keys.Rtcp.Authentication, sha1);
    private readonly Vector128<byte> _rtpSalt = keys.Rtp.SaltBlock;
    private readonly Vector128<byte> _rtcpSalt = keys.Rtcp.SaltBlock;

    public override void Seal(Span<byte> packet, int headerBytes, uint ssrc, long index)
    {
        var body = packet[..^TagBytes];
        _rtpCipher.Apply(SrtpNonce.ForCounterMode(_rtpSalt, ssrc, index), body[headerBytes..]);
        new SrtpTag80(_rtpMac.Compute(body, (uint)(index >> 16))).Write(packet[^TagBytes..]);
    }

    public override bool TryOpen(Span<byte> packet, int headerBytes, uint ssrc, long index)
    {
        var body = packet[..^TagBytes];
        if (!new SrtpTag80(_rtpMac.Compute(body, (uint)(index >> 16))).Matches(packet[^TagBytes..]))
        {
            return false;
        }

        _rtpCipher.Apply(SrtpNonce.ForCounterMode(_rtpSalt, ssrc, index), body[headerBytes..]);
        return true;
    }

    public override void SealControl(Span<byte> packet, uint ssrc, uint index)
    {
        var body = packet[..^(TagBytes + IndexBytes)];
        _rtcpCipher.Apply(SrtpNonce.ForCounterMode(_rtcpSalt, ssrc, index), body[ControlHeaderBytes..]);
        BinaryPrimitives.WriteUInt32BigEndian(packet[body.Length..], index | EncryptedFlag);
        new SrtpTag80(_rtcpMac.Compute(body, index | EncryptedFlag)).Write(packet[^TagBytes..]);
    }

    public override uint ReadControlIndex(ReadOnlySpan<byte> packet) =>
        BinaryPrimitives.ReadUInt32BigEndian(packet[^(TagBytes + IndexBytes)..]);

    public override bool TryOpenControl(Span<byte> packet, uint ssrc, uint indexWord)
    {
        var body = packet[..^(TagBytes + IndexBytes)];
        if (!new SrtpTag80(_rtcpMac.Compute(body, indexWord)).Matches(packet[^TagBytes..]))
        {
            return false;
        }

        if ((indexWord & EncryptedFlag) != 0)
        {
            var nonce = SrtpNonce.ForCounterMode(_rtcpSalt, ssrc, indexWord & ~EncryptedFlag);
            _rtcpCipher.Apply(nonce, body[ControlHeaderBytes..]);
        }

        return true;
    }
}
