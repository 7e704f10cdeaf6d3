using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of a DNS record.</summary>
internal static class DnsRecordSchema
{
    public static readonly Setting<string> Name = Setting.Required(
        "name", CloudKinds.HostName, "The whole name.");

    public static readonly Setting<string> Type = Setting.Required(
        "type",
        ValueKinds.Word(("A", "A"), ("AAAA", "AAAA"), ("SRV", "SRV"), ("NAPTR", "NAPTR"), ("CNAME", "CNAME")),
        "Its type.");

    public static readonly Setting<TimeSpan> TimeToLive = Setting.Optional(
        "ttl", DurationKind.Between(TimeSpan.Zero, TimeSpan.FromDays(7)), "the zone's",
        "How long it is kept.");

    public static readonly Setting<ImmutableArray<string>> Values = Setting.Required(
        "values", ValueKinds.NonEmptyListOf(ValueKinds.Text("10 100 5060 edge-east.example.com.", 512)),
        "As in a zone file.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "A DNS record.", Name, Type, TimeToLive, Values);
}
