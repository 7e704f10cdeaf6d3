namespace Farspan.Sip;

/// <summary>The parts of one Via value, as slices.</summary>
internal ref struct ViaSlices
{
    public ReadOnlySpan<byte> Transport;
    public ReadOnlySpan<byte> Host;
    public int? Port;
    public ReadOnlySpan<byte> Parameters;

    /// <summary>Where sent-by ended in the scanned text; white space may still belong to it.</summary>
    public int SentByEnd;
}

/// <summary>Checks and takes apart one Via value (RFC 3261 §20.42).</summary>
internal static class ViaScanner
{
    /// <summary>Takes one value; a comma or the end must follow.</summary>
    public static bool TryScan(scoped ref SipScanner scanner, out ViaSlices via)
    {
        via = default;
        scanner.SkipLws();
        if (scanner.TakeToken().IsEmpty || !scanner.TrySkipSeparator('/')
            || scanner.TakeToken().IsEmpty || !scanner.TrySkipSeparator('/'))
        {
            return false;
        }

        via.Transport = scanner.TakeToken();
        var afterTransport = scanner.Position;
        scanner.SkipLws();
        if (via.Transport.IsEmpty || scanner.Position == afterTransport
            || !SipUriScanner.TryScanHost(ref scanner, out via.Host)
            || !TryScanPort(ref scanner, out via.Port))
        {
            return false;
        }

        via.SentByEnd = scanner.Position;
        if (!SipParameterReader.TryScan(ref scanner, out via.Parameters))
        {
            return false;
        }

        scanner.SkipLws();
        return scanner.IsAtEnd || scanner.IsAt(',');
    }

    private static bool TryScanPort(scoped ref SipScanner scanner, out int? port)
    {
        port = null;
        if (!scanner.TrySkipSeparator(':'))
        {
            return true;
        }

        var isPort = scanner.TryTakeNumber(out var value) && value is > 0 and <= ushort.MaxValue;
        port = (int)value;
        return isPort;
    }
}
