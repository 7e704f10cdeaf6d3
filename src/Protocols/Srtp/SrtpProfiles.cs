namespace Farspan.Srtp;

/// <summary>
/// What follows from a profile: its lengths and its name in SDP (RFC 4568 §6.2, RFC 7714 §14.1).
/// </summary>
public static class SrtpProfiles
{
    /// <summary>Length of the master key of every profile here.</summary>
    public const int MasterKeyBytes = 16;

    /// <summary>Length of the master salt (RFC 3711 §8.2, RFC 7714 §12).</summary>
    public static int MasterSaltBytes(this SrtpProfile profile) =>
        profile == SrtpProfile.AeadAes128Gcm ? 12 : 14;

    /// <summary>
    /// Length of master key and salt together, as they stand in <c>inline:</c> and in exported keys.
    /// </summary>
    public static int KeyAndSaltBytes(this SrtpProfile profile) => MasterKeyBytes + profile.MasterSaltBytes();

    /// <summary>How much longer a protected RTP packet is.</summary>
    public static int TagBytes(this SrtpProfile profile) => profile == SrtpProfile.AeadAes128Gcm ? 16 : 10;

    /// <summary>How much longer a protected RTCP packet is: the tag and the index (RFC 3711 §3.4).</summary>
    public static int ControlTrailerBytes(this SrtpProfile profile) => profile.TagBytes() + 4;

    /// <summary>The crypto-suite of <c>a=crypto</c>.</summary>
    public static string CryptoSuite(this SrtpProfile profile) =>
        profile == SrtpProfile.AeadAes128Gcm ? "AEAD_AES_128_GCM" : "AES_CM_128_HMAC_SHA1_80";

    /// <summary>Reads a crypto-suite; false for one we do not speak.</summary>
    public static bool TryParseCryptoSuite(ReadOnlySpan<char> name, out SrtpProfile profile)
    {
        var isGcm = name.Equals("AEAD_AES_128_GCM", StringComparison.OrdinalIgnoreCase);
        profile = isGcm ? SrtpProfile.AeadAes128Gcm : SrtpProfile.AesCm128HmacSha1Tag80;
        return isGcm || name.Equals("AES_CM_128_HMAC_SHA1_80", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads the number of the use_srtp extension; false for one we do not speak.</summary>
    public static bool TryFromWire(int number, out SrtpProfile profile)
    {
        profile = (SrtpProfile)(ushort)number;
        return number is (int)SrtpProfile.AesCm128HmacSha1Tag80 or (int)SrtpProfile.AeadAes128Gcm;
    }
}
