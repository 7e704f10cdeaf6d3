using Farspan.Kernel;

namespace Farspan.Srtp;

/// <summary>
/// The cryptographic transform of one direction, after key derivation: seals and opens packets whose
/// index is known. It keeps no state from one packet to the next, except scratch space.
/// </summary>
internal abstract class SrtpCipher
{
    /// <summary>
    /// Length of the fixed RTCP header with the sender's SSRC, which is never encrypted (RFC 3711 §3.4).
    /// </summary>
    protected const int ControlHeaderBytes = 8;

    /// <summary>Set in the SRTCP index word of an encrypted packet (RFC 3711 §3.4).</summary>
    protected const uint EncryptedFlag = 0x8000_0000;

    public static SrtpCipher Create(SrtpMasterKey key, ISha1Compressor? sha1)
    {
        var keys = SrtpSessionKeys.Derive(key);
        return key.Profile switch
        {
            SrtpProfile.AesCm128HmacSha1Tag80 => new CounterModeCipher(keys, sha1 ?? ManagedSha1.Shared),
            SrtpProfile.AeadAes128Gcm => new GcmCipher(keys),
            _ => throw Invariant.Unreachable(key.Profile),
        };
    }

    /// <summary>
    /// Encrypts in place what follows the header and fills the tag, the last bytes of the packet.
    /// </summary>
    public abstract void Seal(Span<byte> packet, int headerBytes, uint ssrc, long index);

    /// <summary>
    /// Checks the tag, and decrypts in place if it is right; otherwise the packet is unchanged.
    /// </summary>
    public abstract bool TryOpen(Span<byte> packet, int headerBytes, uint ssrc, long index);

    /// <summary>Encrypts an RTCP packet in place and fills its trailer: tag and index.</summary>
    public abstract void SealControl(Span<byte> packet, uint ssrc, uint index);

    /// <summary>The word that holds the encrypted flag and the index of an SRTCP packet.</summary>
    public abstract uint ReadControlIndex(ReadOnlySpan<byte> packet);

    /// <summary>
    /// Checks the tag of an SRTCP packet, and decrypts it in place if it is right and was encrypted.
    /// </summary>
    public abstract bool TryOpenControl(Span<byte> packet, uint ssrc, uint indexWord);
}
