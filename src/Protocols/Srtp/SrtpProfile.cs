namespace Farspan.Srtp;

/// <summary>
/// A protection profile, numbered as in the use_srtp extension (RFC 5764 §4.1.2, RFC 7714 §14.2).
/// Both have a 128-bit master key; they differ in salt, tag and cipher.
/// </summary>
public enum SrtpProfile : ushort
{
    /// <summary>
    /// AES in counter mode with an 80-bit HMAC-SHA1 tag: what RFC 3711 requires of everybody.
    /// </summary>
    AesCm128HmacSha1Tag80 = 0x0001,

    /// <summary>AES in Galois counter mode with a 128-bit tag: one pass, and the faster one here.</summary>
    AeadAes128Gcm = 0x0007,
}
