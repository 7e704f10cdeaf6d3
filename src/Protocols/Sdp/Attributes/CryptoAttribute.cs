using System.Diagnostics.CodeAnalysis;
using Farspan.Kernel;

namespace Farspan.Sdp;

/// <summary>A key and a transform for one direction of SRTP (a=crypto, RFC 4568 §9.1).</summary>
/// <param name="Tag">Names the line in the answer.</param>
/// <param name="Suite">The transform.</param>
/// <param name="KeyAndSalt">Master key followed by master salt; its length is that of the suite.</param>
public sealed record CryptoAttribute(int Tag, CryptoSuite Suite, Redacted<byte[]> KeyAndSalt)
{
    private const string InlineMethod = "inline:";
    private const long MaxTag = 999_999_999;

    /// <summary>
    /// False if using the line would need a master key identifier or a session parameter that changes how
    /// packets are made: an answerer passes over such lines (RFC 4568 §6.3.7, §7.1.2).
    /// </summary>
    public bool IsUsable { get; private init; } = true;

    /// <summary>
    /// Reads the value of the attribute. Unknown suites and several keys in one line are refused.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out CryptoAttribute? crypto)
    {
        crypto = null;
        var fields = new FieldReader(text);
        if (!fields.TryReadNumber(MaxTag, out var tag)
            || !fields.TryRead(out var name)
            || !CryptoSuites.TryParse(name, out var suite)
            || !fields.TryRead(out var keyParameters)
            || !TryParseKey(keyParameters, suite, out var key, out var hasIdentifier))
        {
            return false;
        }

        crypto = new CryptoAttribute((int)tag, suite, new Redacted<byte[]>(key))
        {
            IsUsable = !hasIdentifier && AreSessionParametersHarmless(fields),
        };
        return true;
    }

    /// <summary>The value of the attribute with the key in the clear: for the wire only.</summary>
    internal string ToWire() =>
        $"{Tag} {Suite.GetName()} {InlineMethod}{Convert.ToBase64String(KeyAndSalt.Reveal())}";

    // inline:<key||salt>["|" lifetime]["|" MKI ":" length]
    private static bool TryParseKey(
        ReadOnlySpan<char> text,
        CryptoSuite suite,
        [NotNullWhen(true)] out byte[]? key,
        out bool hasIdentifier)
    {
        key = null;
        hasIdentifier = false;
        if (!text.StartsWith(InlineMethod, StringComparison.OrdinalIgnoreCase) || text.Contains(';'))
        {
            return false;
        }

        var parameters = text[InlineMethod.Length..];
        var bar = parameters.IndexOf('|');
        hasIdentifier = bar >= 0 && parameters[bar..].Contains(':');
        return TryDecodeKey(bar < 0 ? parameters : parameters[..bar], suite.GetKeyAndSaltBytes(), out key);
    }

    private static bool TryDecodeKey(
        ReadOnlySpan<char> base64, int keyBytes, [NotNullWhen(true)] out byte[]? key)
    {
        // RFC 4568 §6.1: padding may be left out, so it is put back before decoding.
        Span<char> padded = stackalloc char[(CryptoSuites.MaxKeyAndSaltBytes + 2) / 3 * 4];
        Span<byte> decoded = stackalloc byte[CryptoSuites.MaxKeyAndSaltBytes];
        key = null;
        var digits = base64.TrimEnd('=');
        var length = (digits.Length + 3) / 4 * 4;
        if (length > padded.Length)
        {
            return false;
        }

        digits.CopyTo(padded);
        padded[digits.Length..length].Fill('=');
        var isBase64 = Convert.TryFromBase64Chars(padded[..length], decoded, out var count);
        var isRight = isBase64 && count == keyBytes;
        key = isRight ? decoded[..count].ToArray() : null;
        return isRight;
    }

    // Only the window size hint and parameters marked as ignorable ("-") change nothing for us.
    private static bool AreSessionParametersHarmless(FieldReader fields)
    {
        while (fields.TryRead(out var parameter))
        {
            if (!parameter.StartsWith("WSH=", StringComparison.OrdinalIgnoreCase) && parameter[0] != '-')
            {
                return false;
            }
        }

        return true;
    }
}
