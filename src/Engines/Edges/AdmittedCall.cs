using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Edges;

/// <summary>A call that a carrier may make: what is known before a connector is chosen.</summary>
public sealed record AdmittedCall
{
    /// <summary>Our id of the call, the same at the connector.</summary>
    public required string CallId { get; init; }

    public required long MediaId { get; init; }

    public required Trunk Trunk { get; init; }

    /// <summary>The caller's display name; null: none.</summary>
    public required string? CallerName { get; init; }

    /// <summary>The user part of the caller's address; null: withheld.</summary>
    public required string? Caller { get; init; }

    /// <summary>The user part of the address called.</summary>
    public required string CalledUser { get; init; }

    /// <summary>The carrier's own Call-ID.</summary>
    public required string SipCallId { get; init; }

    /// <summary>Header lines that go inside.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The caller's number, for records; empty if withheld.</summary>
    public Personal<string> Calling => new(Caller ?? "");

    /// <summary>The number called, for records.</summary>
    public Personal<string> Called => new(CalledUser);

    /// <summary>A call that begins with an INVITE.</summary>
    public static AdmittedCall Of(SipRequest invite, Trunk trunk, string callId, long mediaId)
    {
        // As asserted by the carrier, else as the caller says (RFC 3325 §9.1).
        var caller = invite.GetAddresses(SipHeader.PAssertedIdentity) is [var asserted, ..]
            ? asserted
            : invite.From;
        return new AdmittedCall
        {
            CallId = callId,
            MediaId = mediaId,
            Trunk = trunk,
            CallerName = caller.DisplayName,
            Caller = caller.Uri.User,
            CalledUser = invite.RequestUri.User ?? "",
            SipCallId = invite.CallId,
            Headers = EdgeHeaders.ToForward(invite),
        };
    }
}
