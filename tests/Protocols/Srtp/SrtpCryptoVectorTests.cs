using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;
using CsCheck;

namespace Farspan.Srtp.Tests;

/// <summary>
/// The published vectors of the primitives, and their agreement with the platform's library.
/// </summary>
public sealed class SrtpCryptoVectorTests
{
    private const int MaxBytes = 700;

    public static TheoryData<string> Counters => ["instructions", "portable"];

    [Theory, MemberData(nameof(Counters))] // FIPS 197 Appendix C.1
    public void Aes_EncryptsTheExampleBlock(string kind)
    {
        var block = new byte[16];
        Counter(kind, "000102030405060708090a0b0c0d0e0f")
            .Apply(Vector128.Create(Hex("00112233445566778899aabbccddeeff")), block);

        Assert.Equal("69C4E0D86A7B0430D8CDB78070B4C55A", Convert.ToHexString(block));
    }

    [Theory, MemberData(nameof(Counters))]
    public void CounterMode_TakesNothing(string kind) =>
        Counter(kind, "000102030405060708090a0b0c0d0e0f").Apply(Vector128<byte>.Zero, []);

    [Theory, MemberData(nameof(Counters))] // RFC 3711 Appendix B.2
    public void CounterMode_GivesTheKeystreamOfTheRfc(string kind)
    {
        var keystream = new byte[0xFF02 * 16];
        var counter = Counter(kind, "2B7E151628AED2A6ABF7158809CF4F3C");
        for (var start = 0; start < keystream.Length; start += 64 * 16)
        {
            var length = Math.Min(64 * 16, keystream.Length - start);
            var iv = Hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000");
            (iv[14], iv[15]) = ((byte)(start / 16 >> 8), (byte)(start / 16));
            counter.Apply(Vector128.Create(iv), keystream.AsSpan(start, length));
        }

        Assert.Equal(
            "E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB"
            + "41E95B3BB0A2E8DD477901E4FCA894C0",
            Convert.ToHexString(keystream.AsSpan(0, 48)));
        Assert.Equal(
            "EC8CDF7398607CB0F2D21675EA9EA1E4362B7C3C6773516318A077D7FC5073AE"
            + "6A2CC3787889374FBEB4C81B17BA6C44",
            Convert.ToHexString(keystream.AsSpan(0xFEFF * 16)));
    }

    [Fact] // RFC 3711 Appendix B.3
    public void KeyDerivation_GivesTheKeysOfTheRfc()
    {
        var master = Hex("E1F97A0D3E018BE0D64FA32C06DE41390EC675AD498AFEEBB6960B3AABE6");

        var keys = SrtpSessionKeys.Derive(new SrtpMasterKey(SrtpProfile.AesCm128HmacSha1Tag80, master));

        Assert.Equal("C61E7A93744F39EE10734AFE3FF7A087", Convert.ToHexString(keys.Rtp.Encryption));
        Assert.Equal("30CBBC08863D8C85D49DB34A9AE1", Convert.ToHexString(keys.Rtp.Salt));
        Assert.Equal(
            "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4", Convert.ToHexString(keys.Rtp.Authentication));
    }

    [Theory] // FIPS 180-4, examples of one and two blocks
    [InlineData("abc", "A9993E364706816ABA3E25717850C26C9CD0D89D")]
    [InlineData(
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "84983E441C3BD26EBAAE4AA1F95129E5E54670F1")]
    public void Sha1_HashesTheExamples(string text, string digest)
    {
        var padded = new byte[text.Length < 56 ? 64 : 128];
        Encoding.ASCII.GetBytes(text).CopyTo(padded, 0);
        padded[text.Length] = 0x80;
        padded[^2] = (byte)(text.Length >> 5);
        padded[^1] = (byte)(text.Length << 3);

        var state = Sha1State.Initial;
        ManagedSha1.Shared.Compress(ref state, padded);

        Assert.Equal(digest, $"{state.A:X8}{state.B:X8}{state.C:X8}{state.D:X8}{state.E:X8}");
    }

    [Fact]
    public void HmacSha1_AgreesWithTheLibraryForEveryLength()
    {
        var key = Enumerable.Range(7, 20).Select(i => (byte)(i * 13)).ToArray();
        var mac = new HmacSha1(key, ManagedSha1.Shared);
        var message = Enumerable.Range(0, MaxBytes).Select(i => (byte)(i * 31)).ToArray();
        for (var length = 0; length < MaxBytes; length++)
        {
            var expected = HMACSHA1.HashData(key, (byte[])[.. message[..length], 1, 2, 3, 4]);
            var digest = new byte[Sha1State.DigestBytes];
            mac.Compute(message.AsSpan(0, length), 0x01020304).Write(digest);
            Assert.Equal(expected, digest);
        }
    }

    [Fact]
    public void CounterMode_WithAndWithoutInstructionsAgrees() =>
        Gen.Select(GenBlock, GenBlock, Gen.Byte.Array[0, MaxBytes]).Sample((key, iv, data) =>
        {
            var (fast, slow) = (data.ToArray(), data.ToArray());
            AesCounter.Create(key).Apply(Vector128.Create(iv), fast);
            new PortableAesCounter(key).Apply(Vector128.Create(iv), slow);
            return fast.AsSpan().SequenceEqual(slow);
        });

    [Fact]
    public void Gcm_SealsAsTheLibraryDoes() =>
        Gen.Select(GenBlock, Gen.Byte.Array[12], Gen.Byte.Array[0, 100], Gen.Byte.Array[0, MaxBytes])
            .Sample((key, nonce, associated, text) =>
            {
                var (expected, expectedTag) = (new byte[text.Length], new byte[16]);
                using var library = new AesGcm(key, 16);
                library.Encrypt(nonce, text, expected, expectedTag, associated);

                foreach (var gcm in (AesGcmMode[])[AesGcmMode.Create(key), new PortableGcm(key)])
                {
                    var (sealedText, tag) = (text.ToArray(), new byte[16]);
                    gcm.Seal(Nonce(nonce), associated, sealedText, tag);
                    Assert.Equal(expected, sealedText);
                    Assert.Equal(expectedTag, tag);
                    Assert.True(gcm.TryOpen(Nonce(nonce), associated, sealedText, tag));
                    Assert.Equal(text, sealedText);
                }
            });

    [Fact]
    public void Gcm_LeavesAForgedTextAsItWas() =>
        Gen.Select(GenBlock, Gen.Byte.Array[1, MaxBytes], Gen.Int[0, 127]).Sample((key, text, bit) =>
        {
            foreach (var gcm in (AesGcmMode[])[AesGcmMode.Create(key), new PortableGcm(key)])
            {
                var (sealedText, tag) = (text.ToArray(), new byte[16]);
                gcm.Seal(Nonce(new byte[12]), [], sealedText, tag);
                var received = sealedText.ToArray();
                tag[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.False(gcm.TryOpen(Nonce(new byte[12]), [], received, tag));
                Assert.Equal(sealedText, received);
            }
        });

    private static Gen<byte[]> GenBlock => Gen.Byte.Array[16];

    private static AesCounter Counter(string kind, string key) =>
        kind == "portable" ? new PortableAesCounter(Hex(key)) : AesCounter.Create(Hex(key));

    private static Vector128<byte> Nonce(byte[] nonce) => Vector128.Create((byte[])[.. nonce, 0, 0, 0, 0]);

    private static byte[] Hex(string text) => Convert.FromHexString(text);
}
