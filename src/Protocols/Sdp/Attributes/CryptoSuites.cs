using Farspan.Kernel;

namespace Farspan.Sdp;

/// <summary>Names and key sizes of the suites.</summary>
public static class CryptoSuites
{
    /// <summary>The longest of <see cref="GetKeyAndSaltBytes"/>.</summary>
    public const int MaxKeyAndSaltBytes = 30;

    /// <summary>Length of the master key and master salt together.</summary>
    public static int GetKeyAndSaltBytes(this CryptoSuite suite) => suite switch
    {
        CryptoSuite.AesCm128HmacSha1Tag80 or CryptoSuite.AesCm128HmacSha1Tag32 => 16 + 14,
        CryptoSuite.AeadAes128Gcm => 16 + 12,
        _ => throw Invariant.Unreachable(suite),
    };

    public static string GetName(this CryptoSuite suite) => suite switch
    {
        CryptoSuite.AesCm128HmacSha1Tag80 => "AES_CM_128_HMAC_SHA1_80",
        CryptoSuite.AesCm128HmacSha1Tag32 => "AES_CM_128_HMAC_SHA1_32",
        CryptoSuite.AeadAes128Gcm => "AEAD_AES_128_GCM",
        _ => throw Invariant.Unreachable(suite),
    };

    public static bool TryParse(ReadOnlySpan<char> name, out CryptoSuite suite)
    {
        foreach (var candidate in Enum.GetValues<CryptoSuite>())
        {
            if (name.Equals(candidate.GetName(), StringComparison.OrdinalIgnoreCase))
            {
                suite = candidate;
                return true;
            }
        }

        suite = default;
        return false;
    }
}
