namespace Farspan.Sip;

/// <summary>One header line of a message, for those who copy or print all of them (RFC 3261 §7.3).</summary>
/// <param name="Header">Which one; <see cref="SipHeader.Other"/> for one we do not know.</param>
/// <param name="Name">As written, compact form and all.</param>
/// <param name="Value">Unfolded and trimmed; lists are not split.</param>
public readonly record struct SipHeaderLine(SipHeader Header, string Name, string Value);
