using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of <c>dns</c>.</summary>
internal static class DnsSchema
{
    public static readonly Setting<string> Zone = Setting.Required(
        "zone", CloudKinds.HostName, "The zone.");

    public static readonly Setting<DnsProvider> Provider = Setting.Defaulting(
        "provider",
        ValueKinds.Word(("google", DnsProvider.Google), ("route53", DnsProvider.Route53)), DnsProvider.Google,
        "Who serves it.");

    public static readonly Setting<TimeSpan> TimeToLive = Setting.Defaulting(
        "ttl", DurationKind.Between(TimeSpan.Zero, TimeSpan.FromDays(7)), TimeSpan.FromSeconds(30),
        "How long answers are kept.");

    public static readonly Setting<Written> HealthCheck = WrittenSection.Optional(
        "healthCheck", ProbingSchema.Section, "none: carriers probe by themselves");

    public static readonly Setting<ImmutableArray<Written>> Records = Setting.Defaulting(
        "records", ValueKinds.ListOf(DnsRecordSchema.Section), [],
        "Further records; one of the same name and type replaces what is derived.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "The zone in which carriers find the edges: an A record for each, and SRV records (RFC 3263).",
        Zone, Provider, TimeToLive, HealthCheck, Records);
}
