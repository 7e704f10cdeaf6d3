namespace Farspan.Rtp;

/// <summary>The event codes of the sixteen keys (RFC 4733 §3.2, table 3).</summary>
public static class DtmfDigit
{
    private const string Digits = "0123456789*#ABCD";

    public static bool TryGetCode(char digit, out byte code)
    {
        var index = Digits.IndexOf(char.ToUpperInvariant(digit), StringComparison.Ordinal);
        code = (byte)Math.Max(index, 0);
        return index >= 0;
    }

    public static bool TryGetDigit(byte code, out char digit)
    {
        digit = code < Digits.Length ? Digits[code] : '\0';
        return code < Digits.Length;
    }
}
