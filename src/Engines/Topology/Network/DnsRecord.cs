using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>A record of a zone (RFC 1035 §3.2). Id <c>dns-record/edge-east.calls.example.com/A</c>.</summary>
public sealed record DnsRecord : NetworkElement
{
    /// <summary><c>A</c>, <c>SRV</c>, <c>NAPTR</c> or <c>CNAME</c>.</summary>
    public required string Type { get; init; }

    public required TimeSpan TimeToLive { get; init; }

    /// <summary>As in a zone file; the ids of static addresses for A records.</summary>
    public required ImmutableArray<string> Values { get; init; }

    /// <summary>How the provider finds out that a value is dead; null: it does not.</summary>
    public required Probing? HealthCheck { get; init; }
}
