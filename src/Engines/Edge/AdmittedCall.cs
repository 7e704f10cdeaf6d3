using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Edge;

/// <summary>A call that a carrier may make: what is known before a connector is chosen.</summary>
public sealed record AdmittedCall
{
    /// <summary>Our id of the call, the same at the connector.</summary>
    public required string CallId { get; init; }

    public required long MediaId { get; init; }

    public required Trunk Trunk { get; init; }

    /// <summary>The carrier's INVITE.</summary>
    public required SipRequest Invite { get; init; }

    /// <summary>The caller's number, for records; empty if withheld.</summary>
    public Personal<string> Calling => new(Caller.Uri.User ?? "");

    /// <summary>The number called, for records.</summary>
    public Personal<string> Called => new(Invite.RequestUri.User ?? "");

    /// <summary>As asserted by the carrier, else as the caller says (RFC 3325 §9.1).</summary>
    public NameAddress Caller =>
        Invite.GetAddresses(SipHeader.PAssertedIdentity) is [var asserted, ..] ? asserted : Invite.From;
}
