using CsCheck;
using Farspan.Srtp;

namespace Farspan.Media.Tests;

/// <summary>Fingerprints (RFC 8122 §5) and the order of exported keys (RFC 5764 §4.2).</summary>
public sealed class DtlsValueTests
{
    private static Gen<byte[]> GenDigest => Gen.Byte.Array[DtlsFingerprint.DigestBytes];

    [Fact]
    public void Fingerprint_ReadsWhatItWrites() => GenDigest.Sample(digest =>
    {
        var fingerprint = new DtlsFingerprint(digest);
        Assert.True(DtlsFingerprint.TryParse(fingerprint.ToString(), out var upper));
        Assert.True(DtlsFingerprint.TryParse(fingerprint.ToString().ToLowerInvariant(), out var lower));
        return upper == fingerprint && lower == fingerprint;
    });

    [Fact]
    public void Fingerprint_IsWrittenAsInTheRfc()
    {
        byte[] digest = [0x4A, 0xAD, .. new byte[29], 0x0F];
        var zeros = string.Concat(Enumerable.Repeat(":00", 29));
        Assert.Equal($"sha-256 4A:AD{zeros}:0F", new DtlsFingerprint(digest).ToString());
    }

    [Fact]
    public void Fingerprint_OfOneOtherBitIsAnother() =>
        Gen.Select(GenDigest, Gen.Int[0, 255]).Sample((digest, bit) =>
        {
            var fingerprint = new DtlsFingerprint(digest);
            digest[bit / 8] ^= (byte)(1 << (bit % 8));
            return fingerprint != new DtlsFingerprint(digest);
        });

    [Theory]
    [InlineData("")]
    [InlineData("sha-256")]
    [InlineData("sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB")]
    [InlineData("sha-256 4A:AD")]
    public void Fingerprint_OfAnotherKindIsRefused(string text) =>
        Assert.False(DtlsFingerprint.TryParse(text, out _));

    [Fact]
    public void Fingerprint_TakesArbitraryText() =>
        Gen.String[0, 120].Sample(text => !DtlsFingerprint.TryParse(text, out _));

    [Theory]
    [InlineData(SrtpProfile.AesCm128HmacSha1Tag80, 14)]
    [InlineData(SrtpProfile.AeadAes128Gcm, 12)]
    public void ExportedKeys_ComeAsClientServerKeyThenClientServerSalt(SrtpProfile profile, int saltBytes)
    {
        byte[] material =
        [
            .. Enumerable.Repeat((byte)1, 16),
            .. Enumerable.Repeat((byte)2, 16),
            .. Enumerable.Repeat((byte)3, saltBytes),
            .. Enumerable.Repeat((byte)4, saltBytes),
        ];

        var client = DtlsSrtpKeys.FromMaterial(profile, DtlsRole.Client, material);
        var server = DtlsSrtpKeys.FromMaterial(profile, DtlsRole.Server, material);

        Assert.Equal([.. material[..16], .. material[32..(32 + saltBytes)]], client.Local.KeyAndSalt);
        Assert.Equal([.. material[16..32], .. material[(32 + saltBytes)..]], client.Remote.KeyAndSalt);
        Assert.Equal(client.Local.KeyAndSalt, server.Remote.KeyAndSalt);
        Assert.Equal(client.Remote.KeyAndSalt, server.Local.KeyAndSalt);
    }
}
