namespace Farspan.Sip;

/// <summary>One part of a multipart body (RFC 5621 §3).</summary>
/// <param name="ContentType">With its parameters.</param>
/// <param name="Content">Binary: SIP carries eight bits (RFC 3261 §7.4.2).</param>
public sealed record SipBodyPart(string ContentType, ReadOnlyMemory<byte> Content)
{
    /// <summary>Compares the type without its parameters, as RFC 2045 §5.1 has it.</summary>
    public bool IsOfType(string type) => IsType(ContentType, type);

    internal static bool IsType(string contentType, string expected) =>
        contentType.Split(';', 2)[0].Trim().Equals(expected, StringComparison.OrdinalIgnoreCase);
}
