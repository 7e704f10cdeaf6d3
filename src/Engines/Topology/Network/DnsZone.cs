using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>A public zone in which carriers find the edges. Id <c>dns/calls.example.com</c>.</summary>
public sealed record DnsZone : NetworkElement
{
    public required DnsProvider Provider { get; init; }

    public required ImmutableArray<DnsRecord> Records { get; init; }
}

/// <summary>Who serves a zone.</summary>
public enum DnsProvider
{
    Google,
    Route53,
}
