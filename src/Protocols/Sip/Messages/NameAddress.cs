using System.Diagnostics.CodeAnalysis;
using System.Text;
using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>
/// An address with display name and header parameters, as in From, To, Contact and Route (RFC 3261
/// §20.10).
/// </summary>
public sealed class NameAddress
{
    private string? _text;

    public NameAddress(SipUri uri, string? displayName = null)
    {
        Uri = uri;
        DisplayName = string.IsNullOrEmpty(displayName) ? null : displayName;
        Parameters = SipParameters.Empty;
    }

    private NameAddress(in NameAddressSlices slices, SipUri uri)
        : this(uri, SipText.DecodeQuoted(slices.DisplayName)) =>
        Parameters = SipParameters.FromHeader(slices.Parameters);

    /// <summary>Without quotes and escapes; null if there is none.</summary>
    public string? DisplayName { get; }

    public SipUri Uri { get; }

    /// <summary>The parameters of the header field, not those of the URI.</summary>
    public SipParameters Parameters { get; private init; }

    /// <summary>The dialog tag of a From or To; null if there is none.</summary>
    public string? Tag => Parameters["tag"];

    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out NameAddress? address)
    {
        var scanner = new SipScanner(text);
        return TryRead(ref scanner, out address) && scanner.IsAtEnd;
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out NameAddress? address) =>
        TryParse(Encoding.UTF8.GetBytes(text), out address);

    /// <summary>
    /// Sets a header parameter; null sets one without a value. The value is plain text and quoted as
    /// needed.
    /// </summary>
    public NameAddress WithParameter(string name, string? value = null)
    {
        Invariant.Require(SipCharacters.IsToken(name));
        var wireValue = value is null ? null : SipText.QuoteUnlessToken(value);
        return new NameAddress(Uri, DisplayName) { Parameters = Parameters.With(name, wireValue) };
    }

    public NameAddress WithoutParameter(string name) =>
        new(Uri, DisplayName) { Parameters = Parameters.Without(name) };

    public NameAddress WithTag(string tag)
    {
        Invariant.Require(SipCharacters.IsToken(tag));
        return WithParameter("tag", tag);
    }

    public override string ToString() => _text ??= Write();

    /// <summary>Reads one value of a list and leaves the cursor at its comma or at the end.</summary>
    internal static bool TryRead(scoped ref SipScanner scanner, [NotNullWhen(true)] out NameAddress? address)
    {
        address = null;
        if (NameAddressScanner.TryScan(ref scanner, out var slices)
            && SipUri.TryParse(slices.Uri, out var uri))
        {
            address = new NameAddress(slices, uri);
        }

        return address is not null;
    }

    private string Write()
    {
        var text = new StringBuilder(64);
        if (DisplayName is not null)
        {
            text.Append(SipText.Quote(DisplayName)).Append(' ');
        }

        text.Append('<').Append(Uri.ToString()).Append('>');
        foreach (var parameter in Parameters)
        {
            text.Append(';').Append(parameter.ToString());
        }

        return text.ToString();
    }
}
