namespace Farspan.Routing;

/// <summary>What the dial plan looks at: a call before anything is decided about it.</summary>
public sealed record CallAttempt
{
    /// <summary>The number called, as in the Request-URI; see <see cref="DialedNumber"/>.</summary>
    public required string Called { get; init; }

    /// <summary>The caller's number, as in P-Asserted-Identity or From; empty if withheld.</summary>
    public required string Calling { get; init; }

    /// <summary>The name of the trunk it came over.</summary>
    public required string Trunk { get; init; }

    /// <summary>The SIP Call-ID.</summary>
    public required string SipCallId { get; init; }

    /// <summary>Gives the value of a SIP header by name; null if the request has none.</summary>
    public Func<string, string?> Header { get; init; } = _ => null;
}
