using System.Net;

namespace Farspan.Topology;

/// <summary>The keys of a subnet in AWS.</summary>
internal static class AwsSubnetSchema
{
    public static readonly Setting<string> Name = Setting.Required(
        "name", CloudKinds.ResourceName, "Its name.");

    public static readonly Setting<string> Zone = Setting.Required("zone", CloudKinds.Zone, "Its zone.");

    public static readonly Setting<IPNetwork> Range = Setting.Required(
        "range", NetworkKinds.Network, "Its addresses.");

    public static readonly Setting<AwsSubnetPurpose> Purpose = Setting.Defaulting(
        "purpose",
        ValueKinds.Word(
            ("connector", AwsSubnetPurpose.Connector), ("transit", AwsSubnetPurpose.TransitAttachment),
            ("public", AwsSubnetPurpose.Public)),
        AwsSubnetPurpose.Connector, "What it is for.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "A subnet in AWS.", Name, Zone, Range, Purpose);
}
