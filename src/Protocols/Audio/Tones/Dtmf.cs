namespace Farspan.Audio;

/// <summary>
/// The sixteen signals of push-button telephones: two tones each, one of a row and one of a column (ITU-T
/// Q.23).
/// </summary>
public static class Dtmf
{
    /// <summary>Digits by their event code of RFC 4733 §3.2.</summary>
    public const string Digits = "0123456789*#ABCD";

    // By row and column of the keypad.
    private const string Keypad = "123A456B789C*0#D";

    /// <summary>Four rows, then four columns.</summary>
    internal static ReadOnlySpan<float> FrequenciesHz => [697, 770, 852, 941, 1209, 1336, 1477, 1633];

    public static bool IsDigit(char digit) => Digits.Contains(digit);

    /// <summary>The event code of RFC 4733 §3.2, or -1 if it is not a digit.</summary>
    public static int ToEvent(char digit) => Digits.IndexOf(digit);

    /// <summary>The digit of an event code; false if the event is another one, such as flash.</summary>
    public static bool TryFromEvent(int telephoneEvent, out char digit)
    {
        var isDigit = telephoneEvent >= 0 && telephoneEvent < Digits.Length;
        digit = isDigit ? Digits[telephoneEvent] : default;
        return isDigit;
    }

    internal static char DigitAt(int row, int column) => Keypad[(4 * row) + column];

    internal static (float RowHz, float ColumnHz) FrequenciesOf(char digit)
    {
        var key = Keypad.IndexOf(digit);
        return (FrequenciesHz[key / 4], FrequenciesHz[4 + (key % 4)]);
    }
}
