using System.Text;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>
/// Reads the digit of an INFO request: <c>application/dtmf-relay</c> (<c>Signal=5</c>) and
/// <c>application/dtmf</c> (<c>5</c>), the two forms that gateways send without an info package (RFC 6086
/// §2).
/// </summary>
public static class InfoDigit
{
    /// <summary>The types, for the Accept header of a 415.</summary>
    public const string Accept = "application/dtmf-relay, application/dtmf";

    private const int BodyBytesMax = 256;

    /// <summary>Whether the content type is one that carries digits.</summary>
    public static bool IsDigit(SipRequest info)
    {
        var type = (info.ContentType ?? "").Split(';', 2)[0].Trim();
        return type.Equals("application/dtmf-relay", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/dtmf", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The digit: 0-9, *, #, A-D; false if the body has none.</summary>
    public static bool TryRead(SipRequest info, out char digit)
    {
        digit = '\0';
        if (info.Body.Length > BodyBytesMax)
        {
            return false;
        }

        foreach (var line in Encoding.ASCII.GetString(info.Body.Span).Split('\n'))
        {
            var text = line.Trim();
            var equals = text.IndexOf('=');
            var isSignal = equals > 0
                && text[..equals].Trim().Equals("Signal", StringComparison.OrdinalIgnoreCase);
            var value = isSignal ? text[(equals + 1)..].Trim() : text;
            if ((isSignal || equals < 0) && TryReadValue(value, out digit))
            {
                return true;
            }
        }

        return false;
    }

    // Some gateways write the event codes of RFC 4733: 10 is '*', 11 is '#'.
    private static bool TryReadValue(string value, out char digit)
    {
        digit = value switch
        {
            "10" => '*',
            "11" => '#',
            [var single] => char.ToUpperInvariant(single),
            _ => '\0',
        };
        return char.IsAsciiDigit(digit) || digit is '*' or '#' or (>= 'A' and <= 'D');
    }
}
