using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Farspan.Srtp;

/// <summary>AEAD_AES_128_GCM (RFC 7714 §8, §9).</summary>
internal sealed class GcmCipher(SrtpSessionKeys keys) : SrtpCipher
{
    private const int TagBytes = AesGcmMode.TagBytes;
    private const int IndexBytes = 4;

    private readonly AesGcmMode _rtpCipher = AesGcmMode.Create(keys.Rtp.Encryption);
    private readonly AesGcmMode _rtcpCipher = AesGcmMode.Create(keys.Rtcp.Encryption);
    private readonly Vector128<byte> _rtpSalt = keys.Rtp.SaltBlock;
    private readonly Vector128<byte> _rtcpSalt = keys.Rtcp.SaltBlock;

    public override void Seal(Span<byte> packet, int headerBytes, uint ssrc, long index)
    {
        var text = packet[headerBytes..^TagBytes];
        var nonce = SrtpNonce.ForGcm(_rtpSalt, ssrc, index);
        _rtpCipher.Seal(nonce, packet[..headerBytes], text, packet[^TagBytes..]);
    }

    public override bool TryOpen(Span<byte> packet, int headerBytes, uint ssrc, long index)
    {
        var text = packet[headerBytes..^TagBytes];
        var nonce = SrtpNonce.ForGcm(_rtpSalt, ssrc, index);
        return _rtpCipher.TryOpen(nonce, packet[..headerBytes], text, packet[^TagBytes..]);
    }

    public override void SealControl(Span<byte> packet, uint ssrc, uint index)
    {
        var indexWord = index | EncryptedFlag;
        Span<byte> associated = stackalloc byte[ControlHeaderBytes + IndexBytes];
        WriteAssociated(packet[..ControlHeaderBytes], indexWord, associated);
        var text = packet[ControlHeaderBytes..^(TagBytes + IndexBytes)];
        var tag = packet[^(TagBytes + IndexBytes)..^IndexBytes];
        _rtcpCipher.Seal(SrtpNonce.ForGcm(_rtcpSalt, ssrc, index), associated, text, tag);
        BinaryPrimitives.WriteUInt32BigEndian(packet[^IndexBytes..], indexWord);
    }

    public override uint ReadControlIndex(ReadOnlySpan<byte> packet) =>
        BinaryPrimitives.ReadUInt32BigEndian(packet[^IndexBytes..]);

    [SkipLocalsInit]
    public override bool TryOpenControl(Span<byte> packet, uint ssrc, uint indexWord)
    {
        // All of an unencrypted packet is associated data (RFC 7714 §9.3).
        var bodyBytes = packet.Length - TagBytes - IndexBytes;
        var clearBytes = (indexWord & EncryptedFlag) != 0 ? ControlHeaderBytes : bodyBytes;
        Span<byte> associated = stackalloc byte[SrtpLimits.MaxPacketBytes];
        associated = associated[..(clearBytes + IndexBytes)];
        WriteAssociated(packet[..clearBytes], indexWord, associated);
        var tag = packet[^(TagBytes + IndexBytes)..^IndexBytes];
        var nonce = SrtpNonce.ForGcm(_rtcpSalt, ssrc, indexWord & ~EncryptedFlag);
        return _rtcpCipher.TryOpen(nonce, associated, packet[clearBytes..bodyBytes], tag);
    }

    private static void WriteAssociated(ReadOnlySpan<byte> clear, uint indexWord, Span<byte> associated)
    {
        clear.CopyTo(associated);
        BinaryPrimitives.WriteUInt32BigEndian(associated[clear.Length..], indexWord);
    }
}
