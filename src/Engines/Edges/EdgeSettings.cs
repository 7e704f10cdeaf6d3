using System.Net;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Edges;

/// <summary>What every call of an edge shares.</summary>
public sealed record EdgeSettings
{
    /// <summary>The node's name: who holds the caller's half of its calls.</summary>
    public required string Node { get; init; }

    public required InnerLegSettings Inner { get; init; }

    /// <summary>Where carriers reach this edge: what goes to a carrier that it adopts comes from there.</summary>
    public IReadOnlyList<(SipTransport Transport, IPEndPoint Local)> Outer { get; init; } = [];

    /// <summary>Until a token that the connector did not take is offered again.</summary>
    public TimeSpan TokenRetry { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The local address whose media ports face the connectors.</summary>
    public required IPAddress InnerMediaAddress { get; init; }

    /// <summary>Whether media with connectors is encrypted (SDES under the signalling's TLS).</summary>
    public SrtpPolicy InnerSrtp { get; init; } = SrtpPolicy.Require;

    public DistributionSettings Distribution { get; init; } = new();

    public ProbeSettings Probe { get; init; } = new();

    /// <summary>Calls at once on this node.</summary>
    public int CallsMax { get; init; } = 4_000;

    /// <summary>Connectors that a new call is offered to before the carrier hears that it failed.</summary>
    public int AttemptsMax { get; init; } = 4;

    /// <summary>Between rounds of asking all connectors to take over a call in progress.</summary>
    public TimeSpan TakeoverPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>From then on a contact without its customer is gone: a new one is asked for.</summary>
    public TimeSpan ContactLife { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a caller in progress is kept without a connector, hearing comfort audio.</summary>
    public TimeSpan TakeoverLimit { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Calls that are taken over at once when a connector dies; the rest follows.</summary>
    public int TakeoverBurst { get; init; } = 50;

    /// <summary>How many of the rest a second.</summary>
    public double TakeoversPerSecond { get; init; } = 200;
}
