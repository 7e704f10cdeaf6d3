namespace Farspan.Sip;

/// <summary>
/// One header line of an indexed message: which header, and where its name and trimmed value lie.
/// </summary>
internal readonly record struct SipHeaderField(SipHeader Id, bool IsFolded, SipRange Name, SipRange Value);
