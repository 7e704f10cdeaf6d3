using System.Net;
using Farspan.Sip;

namespace Farspan.Edges;

/// <summary>How an edge speaks to its connectors.</summary>
public sealed record InnerLegSettings
{
    /// <summary>Where connectors reach this edge.</summary>
    public required IPEndPoint Local { get; init; }

    /// <summary>The User-Agent header; empty: none.</summary>
    public string Product { get; init; } = "Farspan";

    /// <summary>A connector on the same network answers an INVITE with 100 within this, or is passed
    /// over.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long it may ring (RFC 3261 §16.6, Timer C).</summary>
    public TimeSpan RingLimit { get; init; } = TimeSpan.FromMinutes(4);

    public SessionTimerPolicy SessionTimer { get; init; } = SessionTimerPolicy.Default;
}
