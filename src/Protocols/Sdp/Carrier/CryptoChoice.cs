using System.Collections.Immutable;
using Farspan.Kernel;

namespace Farspan.Sdp;

/// <summary>
/// Our side of SDES (RFC 4568 §7.1): which suites we offer, and which line of an offer we take.
/// </summary>
internal static class CryptoChoice
{
    /// <summary>In order of preference.</summary>
    private static readonly CryptoSuite[] Suites =
        [CryptoSuite.AeadAes128Gcm, CryptoSuite.AesCm128HmacSha1Tag80];

    public static int FreshKeyBytes => Suites.Sum(suite => suite.GetKeyAndSaltBytes());

    public static CryptoAttribute? FindBest(MediaDescription offer)
    {
        foreach (var suite in Suites)
        {
            var crypto = offer.Cryptos.FirstOrDefault(line => line.Suite == suite && line.IsUsable);
            if (crypto is not null)
            {
                return crypto;
            }
        }

        return null;
    }

    /// <summary>
    /// Accepts an offered line, with the key in use if its suite is the same, else with a fresh one.
    /// </summary>
    public static CryptoAttribute Answer(
        CryptoAttribute offered, ReadOnlySpan<byte> freshKeys, CryptoAttribute? inUse) =>
        new(offered.Tag, offered.Suite, ChooseKey(offered.Suite, ref freshKeys, inUse));

    /// <summary>One line for each suite; the suite in use keeps its key.</summary>
    public static ImmutableArray<CryptoAttribute> Offer(ReadOnlySpan<byte> freshKeys, CryptoAttribute? inUse)
    {
        var lines = ImmutableArray.CreateBuilder<CryptoAttribute>(Suites.Length);
        foreach (var suite in Suites)
        {
            lines.Add(new CryptoAttribute(lines.Count + 1, suite, ChooseKey(suite, ref freshKeys, inUse)));
        }

        return lines.MoveToImmutable();
    }

    private static Redacted<byte[]> ChooseKey(
        CryptoSuite suite, ref ReadOnlySpan<byte> freshKeys, CryptoAttribute? inUse)
    {
        if (inUse?.Suite == suite)
        {
            return inUse.KeyAndSalt;
        }

        var key = freshKeys[..suite.GetKeyAndSaltBytes()].ToArray();
        freshKeys = freshKeys[key.Length..];
        return new Redacted<byte[]>(key);
    }
}
