using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>
/// A SIP, SIPS or tel URI, or one of a scheme we do not know; immutable (RFC 3261 §19.1, RFC 3966).
/// </summary>
/// <remarks>
/// Texts are kept as they go on the wire, with needless escapes decoded and the others in upper case: so
/// equal URIs have equal texts. Equality follows <see cref="SipUriEquality">RFC 3261 §19.1.4</see>, which
/// is not transitive.
/// </remarks>
public sealed class SipUri : IEquatable<SipUri>
{
    private string? _text;

    /// <summary>Makes a SIP or SIPS URI; the user is plain text and is escaped as needed.</summary>
    /// <param name="user">Null for a URI of a host alone.</param>
    /// <param name="host">A name or an address; an IPv6 address may come without its brackets.</param>
    /// <param name="port">Null for the default of the transport.</param>
    /// <param name="scheme">SIP or SIPS.</param>
    public SipUri(string? user, string host, int? port = null, SipUriScheme scheme = SipUriScheme.Sip)
    {
        Invariant.Require(scheme is SipUriScheme.Sip or SipUriScheme.Sips);
        Invariant.Require(port is null or (> 0 and <= ushort.MaxValue));

        Scheme = scheme;
        SchemeName = scheme == SipUriScheme.Sip ? "sip" : "sips";
        User = string.IsNullOrEmpty(user) ? null : SipText.Escape(user, SipCharacters.User);
        Host = SipHost.Bracket(host);
        Port = port;
        Parameters = SipParameters.Empty;
    }

    /// <inheritdoc cref="SipUri(string, string, int?, SipUriScheme)"/>
    public SipUri(string? user, IPAddress host, int? port = null, SipUriScheme scheme = SipUriScheme.Sip)
        : this(user, host.ToWireText(), port, scheme)
    {
    }

    private SipUri(in SipUriSlices slices)
    {
        Scheme = slices.Scheme;
        SchemeName = SipText.Decode(slices.SchemeName).ToLowerInvariant();
        User = slices.HasUser ? SipText.NormalizeEscapes(slices.User) : null;
        Password = slices.HasPassword ? SipText.NormalizeEscapes(slices.Password) : null;
        Host = SipText.Decode(slices.Host);
        Port = slices.Port;
        Parameters = SipParameters.FromUri(slices.Parameters);
        Headers = slices.Headers.IsEmpty ? null : SipText.NormalizeEscapes(slices.Headers);
        Opaque = slices.Scheme == SipUriScheme.Other ? SipText.Decode(slices.User) : null;
    }

    private SipUri(SipUri source)
    {
        Scheme = source.Scheme;
        SchemeName = source.SchemeName;
        User = source.User;
        Password = source.Password;
        Host = source.Host;
        Port = source.Port;
        Parameters = source.Parameters;
        Headers = source.Headers;
        Opaque = source.Opaque;
    }

    public SipUriScheme Scheme { get; }

    /// <summary>In lower case.</summary>
    public string SchemeName { get; }

    /// <summary>
    /// The user of a SIP URI, the number of a tel URI; escapes in place. Null if there is none.
    /// </summary>
    public string? User { get; private init; }

    /// <summary>The user with all escapes decoded; for people and dial plans, not for the wire.</summary>
    public string? UnescapedUser => User is null ? null : SipText.Unescape(User);

    public string? Password { get; }

    /// <summary>
    /// IPv6 addresses have their brackets; empty in a tel URI and one of an unknown scheme.
    /// </summary>
    public string Host { get; private init; }

    /// <summary>Null if not given.</summary>
    public int? Port { get; private init; }

    public SipParameters Parameters { get; private init; }

    /// <summary>What follows the question mark; null if there is none. Never obeyed by us.</summary>
    public string? Headers { get; private init; }

    /// <summary>All after the colon in a URI of an unknown scheme; else null.</summary>
    public string? Opaque { get; }

    /// <summary>The <c>transport</c> parameter, such as <c>tcp</c>; null if not given.</summary>
    public string? Transport => Parameters["transport"];

    /// <summary>Whether the URI is a loose router's (RFC 3261 §16.12).</summary>
    public bool IsLooseRouter => Parameters.Contains("lr");

    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = SipUriScanner.TryScan(text, out var slices) ? new SipUri(slices) : null;
        return uri is not null;
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out SipUri? uri) =>
        TryParse(Encoding.UTF8.GetBytes(text), out uri);

    /// <summary>Sets a parameter; null sets one without a value. The value is plain text.</summary>
    public SipUri WithParameter(string name, string? value = null)
    {
        Invariant.Require(SipCharacters.IsToken(name));
        var wireValue = value is null ? null : SipText.Escape(value, SipCharacters.UriParameter);
        return new SipUri(this) { Parameters = Parameters.With(name, wireValue) };
    }

    public SipUri WithoutParameter(string name) => new(this) { Parameters = Parameters.Without(name) };

    public SipUri WithoutParameters() => new(this) { Parameters = SipParameters.Empty, Headers = null };

    public SipUri WithUser(string? user) =>
        new(this) { User = string.IsNullOrEmpty(user) ? null : SipText.Escape(user, SipCharacters.User) };

    public SipUri WithHost(string host, int? port) => new(this) { Host = SipHost.Bracket(host), Port = port };

    public bool Equals(SipUri? other) => other is not null && SipUriEquality.AreEqual(this, other);

    public override bool Equals(object? obj) => Equals(obj as SipUri);

    /// <summary>Of scheme, user and port alone: the rest may differ between equal URIs.</summary>
    public override int GetHashCode() => Scheme == SipUriScheme.Tel
        ? SipUriEquality.Digits(User).GetHashCode(StringComparison.Ordinal)
        : (User ?? Opaque ?? SchemeName).GetHashCode(StringComparison.Ordinal) ^ (Port ?? 0);

    public override string ToString() => _text ??= Write();

    private string Write()
    {
        var text = new StringBuilder(64).Append(SchemeName).Append(':').Append(Opaque).Append(User);
        if (Password is not null)
        {
            text.Append(':').Append(Password);
        }

        if (User is not null && Scheme != SipUriScheme.Tel)
        {
            text.Append('@');
        }

        text.Append(Host);
        if (Port is { } port)
        {
            text.Append(':').Append(port);
        }

        foreach (var parameter in Parameters)
        {
            text.Append(';').Append(parameter.ToString());
        }

        return Headers is null ? text.ToString() : text.Append('?').Append(Headers).ToString();
    }
}
