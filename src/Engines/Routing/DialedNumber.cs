using System.Text;

namespace Farspan.Routing;

/// <summary>Brings the user part of a SIP or tel URI into the form that dial plans are written in.</summary>
public static class DialedNumber
{
    /// <summary>Digits looked at; longer user parts are not numbers (ITU-T E.164 has 15).</summary>
    private const int LengthMax = 64;

    /// <summary>
    /// Takes off parameters and visual separators (RFC 3966 §5.1.1) from what looks like a number; leaves
    /// everything else, such as a name, as it is.
    /// </summary>
    public static string Normalize(string user)
    {
        var text = user.Split(';', 2)[0];
        if (text.Length is 0 or > LengthMax || !text.All(IsNumberCharacter))
        {
            return text;
        }

        var digits = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (!IsSeparator(character))
            {
                digits.Append(character);
            }
        }

        return digits.ToString();
    }

    private static bool IsNumberCharacter(char c) => char.IsAsciiDigit(c) || c is '+' or '*' or '#' || IsSeparator(c);

    private static bool IsSeparator(char c) => c is '-' or '.' or '(' or ')' or ' ';
}
