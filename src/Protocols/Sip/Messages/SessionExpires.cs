using System.Text;

namespace Farspan.Sip;

/// <summary>The Session-Expires header field (RFC 4028 §4).</summary>
/// <param name="Interval">How long the session lives without a refresh; whole seconds.</param>
/// <param name="Refresher">Null while it is to be negotiated.</param>
public readonly record struct SessionExpires(TimeSpan Interval, SessionRefresher? Refresher)
{
    internal static SessionExpires? Read(ReadOnlySpan<byte> value)
    {
        var scanner = new SipScanner(value);
        if (!scanner.TryTakeNumber(out var seconds)
            || !SipParameterReader.TryScan(ref scanner, out var parameters))
        {
            return null;
        }

        SessionRefresher? refresher = null;
        if (SipParameterReader.TryFind(parameters, "refresher"u8, out var name))
        {
            refresher = Ascii.EqualsIgnoreCase(name, "uac"u8) ? SessionRefresher.Uac
                : Ascii.EqualsIgnoreCase(name, "uas"u8) ? SessionRefresher.Uas
                : null;
        }

        return new SessionExpires(TimeSpan.FromSeconds(seconds), refresher);
    }

    public override string ToString() => Refresher switch
    {
        null => $"{Interval.TotalSeconds:F0}",
        SessionRefresher.Uac => $"{Interval.TotalSeconds:F0};refresher=uac",
        _ => $"{Interval.TotalSeconds:F0};refresher=uas",
    };
}
