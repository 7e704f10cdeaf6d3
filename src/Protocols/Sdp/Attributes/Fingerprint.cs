using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Farspan.Sdp;

/// <summary>The hash of a DTLS certificate (a=fingerprint, RFC 8122 §5).</summary>
public sealed class Fingerprint : IEquatable<Fingerprint>
{
    public const string Sha256 = "sha-256";

    private const int MaxHashBytes = 64;
    private readonly byte[] _hash;

    public Fingerprint(string algorithm, ReadOnlySpan<byte> hash)
    {
        Algorithm = algorithm.ToLowerInvariant();
        _hash = hash.ToArray();
    }

    /// <summary>The hash function's name in lower case.</summary>
    public string Algorithm { get; }

    public ReadOnlySpan<byte> Hash => _hash;

    public bool IsSha256 => Algorithm == Sha256 && _hash.Length == 32;

    /// <summary>Reads <c>sha-256 AB:CD:...</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Fingerprint? fingerprint)
    {
        fingerprint = null;
        var fields = new FieldReader(text);
        if (!fields.TryRead(out var algorithm) || !fields.TryRead(out var digits) || digits.Length % 3 != 2)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[MaxHashBytes];
        var count = (digits.Length + 1) / 3;
        if (count > MaxHashBytes || !TryReadHex(digits, hash[..count]))
        {
            return false;
        }

        fingerprint = new Fingerprint(algorithm.ToString(), hash[..count]);
        return true;
    }

    public bool Equals([NotNullWhen(true)] Fingerprint? other) =>
        other is not null && Algorithm == other.Algorithm && Hash.SequenceEqual(other.Hash);

    public override bool Equals(object? obj) => Equals(obj as Fingerprint);

    public override int GetHashCode() => _hash.Length < 4 ? _hash.Length : BitConverter.ToInt32(_hash);

    public override string ToString() => $"{Algorithm} {BitConverter.ToString(_hash).Replace('-', ':')}";

    private static bool TryReadHex(ReadOnlySpan<char> digits, Span<byte> hash)
    {
        for (var i = 0; i < hash.Length; i++)
        {
            var position = i * 3;
            var hasColon = position == 0 || digits[position - 1] == ':';
            var pair = digits.Slice(position, 2);
            if (!hasColon || !byte.TryParse(pair, NumberStyles.AllowHexSpecifier, null, out hash[i]))
            {
                return false;
            }
        }

        return true;
    }
}
