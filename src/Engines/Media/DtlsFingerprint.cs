using System.Buffers.Binary;
using System.Globalization;
using Farspan.Kernel;

namespace Farspan.Media;

/// <summary>The SHA-256 digest of a certificate, as <c>a=fingerprint</c> carries it (RFC 8122 §5).</summary>
public readonly struct DtlsFingerprint : IEquatable<DtlsFingerprint>
{
    public const int DigestBytes = 32;

    private const string Algorithm = "sha-256";
    private const int CharsPerByte = 3;

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    public DtlsFingerprint(ReadOnlySpan<byte> digest)
    {
        Invariant.Require(digest.Length == DigestBytes);
        _high = BinaryPrimitives.ReadUInt128BigEndian(digest);
        _low = BinaryPrimitives.ReadUInt128BigEndian(digest[16..]);
    }

    public static bool operator ==(DtlsFingerprint left, DtlsFingerprint right) => left.Equals(right);

    public static bool operator !=(DtlsFingerprint left, DtlsFingerprint right) => !left.Equals(right);

    /// <summary>Reads the value of <c>a=fingerprint</c>; false for another algorithm than SHA-256.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DtlsFingerprint fingerprint)
    {
        fingerprint = default;
        var space = text.IndexOf(' ');
        return space > 0
            && text[..space].Equals(Algorithm, StringComparison.OrdinalIgnoreCase)
            && TryParseDigest(text[(space + 1)..].Trim(), out fingerprint);
    }

    /// <summary>The digest as hexadecimal bytes with colons: <c>4A:AD:…</c>, in either case.</summary>
    public static bool TryParseDigest(ReadOnlySpan<char> text, out DtlsFingerprint fingerprint)
    {
        fingerprint = default;
        Span<byte> digest = stackalloc byte[DigestBytes];
        if (text.Length != (DigestBytes * CharsPerByte) - 1)
        {
            return false;
        }

        for (var i = 0; i < DigestBytes; i++)
        {
            var at = i * CharsPerByte;
            var hasColon = i == 0 || text[at - 1] == ':';
            var pair = text.Slice(at, 2);
            if (!hasColon || !byte.TryParse(pair, NumberStyles.AllowHexSpecifier, null, out digest[i]))
            {
                return false;
            }
        }

        fingerprint = new DtlsFingerprint(digest);
        return true;
    }

    public bool Equals(DtlsFingerprint other) => _high == other._high && _low == other._low;

    public override bool Equals(object? obj) => obj is DtlsFingerprint other && Equals(other);

    public override int GetHashCode() => (int)(uint)_low;

    /// <summary>The value of <c>a=fingerprint</c>: algorithm, space, upper-case bytes with colons.</summary>
    public override string ToString()
    {
        var hex = $"{_high:X32}{_low:X32}";
        return $"{Algorithm} {string.Join(':', hex.Chunk(2).Select(pair => new string(pair)))}";
    }
}
