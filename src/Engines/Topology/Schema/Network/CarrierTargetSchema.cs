using Farspan.Sip;

namespace Farspan.Topology;

/// <summary>The keys of one of a carrier's <c>targets</c>.</summary>
internal static class CarrierTargetSchema
{
    public static readonly Setting<string> Region = Setting.Required(
        "region", ValueKinds.ReferenceTo("region"), "The region whose edge it is.");

    public static readonly Setting<SipTransport> Transport = Setting.Optional(
        "transport", CloudKinds.SipTransport, "the carrier's first", "How the carrier signals to it.");

    public static readonly Setting<string> Host = Setting.Optional(
        "host", CloudKinds.HostName, "the edge's address if it is written, else its name",
        "What the carrier is told.");

    public static readonly Setting<int> Port = Setting.Optional(
        "port", ValueKinds.Integer(1, 65_535, "5060"), "the edge's for the transport", "Of SIP.");

    public static readonly Setting<int> Priority = Setting.Optional(
        "priority", ValueKinds.Integer(0, 65_535, "10"), "10, 20, … by position",
        "The smallest is tried first (RFC 2782); equal ones share calls.");

    public static readonly Setting<int> Weight = Setting.Optional(
        "weight", ValueKinds.Integer(0, 65_535, "100"), "the region's", "The share among equal priorities.");

    public static Section<Written> Section { get; } = WrittenSection.WithShorthand(
        Region, "A place that a carrier sends calls to.", Region, Transport, Host, Port, Priority, Weight);
}
