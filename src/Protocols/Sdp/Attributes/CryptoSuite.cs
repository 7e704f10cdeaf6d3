namespace Farspan.Sdp;

/// <summary>
/// The SRTP transforms that SDES can ask for and this code knows (RFC 4568 §6.2, RFC 7714 §14.2).
/// </summary>
public enum CryptoSuite
{
    AesCm128HmacSha1Tag80,

    /// <summary>Parsed, so that it can be recognised; never chosen.</summary>
    AesCm128HmacSha1Tag32,

    AeadAes128Gcm,
}
