namespace Farspan.Sip;

/// <summary>The parts of a name-addr or addr-spec with its parameters, as slices.</summary>
internal ref struct NameAddressSlices
{
    /// <summary>Without quotes, escapes still in place; empty if there is none.</summary>
    public ReadOnlySpan<byte> DisplayName;
    public ReadOnlySpan<byte> Uri;
    public ReadOnlySpan<byte> Parameters;
}

/// <summary>
/// Checks and takes apart one address of From, To, Contact, Route and their like (RFC 3261 §20.10,
/// §25.1).
/// </summary>
internal static class NameAddressScanner
{
    /// <summary>Takes one address; a comma or the end of the value must follow.</summary>
    public static bool TryScan(scoped ref SipScanner scanner, out NameAddressSlices address)
    {
        address = default;
        scanner.SkipLws();
        var isGood = IsNameAddress(scanner)
            ? TryScanNameAddress(ref scanner, out address.DisplayName, out address.Uri)
            : TryScanAddressSpec(ref scanner, out address.Uri);
        if (!isGood
            || !SipUriScanner.TryScan(address.Uri, out _)
            || !SipParameterReader.TryScan(ref scanner, out address.Parameters))
        {
            return false;
        }

        scanner.SkipLws();
        return scanner.IsAtEnd || scanner.IsAt(',');
    }

    private static bool IsNameAddress(SipScanner scanner)
    {
        var mark = scanner.Rest.IndexOfAny(SipCharacters.AddressMarks);
        return mark >= 0 && scanner.Rest[mark] is (byte)'<' or (byte)'"';
    }

    private static bool TryScanNameAddress(
        scoped ref SipScanner scanner,
        out ReadOnlySpan<byte> displayName,
        out ReadOnlySpan<byte> uri)
    {
        uri = default;
        if (!TryScanDisplayName(ref scanner, out displayName) || !scanner.TrySkip('<'))
        {
            return false;
        }

        uri = scanner.TakeWhile(SipCharacters.Uri);
        return scanner.TrySkip('>');
    }

    private static bool TryScanDisplayName(scoped ref SipScanner scanner, out ReadOnlySpan<byte> displayName)
    {
        if (scanner.IsAt('"'))
        {
            var isClosed = scanner.TryTakeQuoted(out displayName);
            scanner.SkipLws();
            return isClosed;
        }

        // Wider than the RFC's *(token LWS): unquoted UTF-8 and brackets are seen in the field.
        displayName = SipCharacters.TrimLws(scanner.TakeUntil(SipCharacters.NotInDisplayName));
        return true;
    }

    private static bool TryScanAddressSpec(scoped ref SipScanner scanner, out ReadOnlySpan<byte> uri)
    {
        uri = scanner.TakeUntil(SipCharacters.AddressSpecEnd);
        return !uri.Contains((byte)'?');
    }
}
