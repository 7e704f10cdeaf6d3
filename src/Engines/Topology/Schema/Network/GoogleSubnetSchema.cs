using System.Net;

namespace Farspan.Topology;

/// <summary>The keys of a subnet in Google Cloud.</summary>
internal static class GoogleSubnetSchema
{
    public static readonly Setting<string> Name = Setting.Required(
        "name", CloudKinds.ResourceName, "Its name.");

    public static readonly Setting<IPNetwork> Range = Setting.Required(
        "range", NetworkKinds.Network, "Its addresses.");

    public static readonly Setting<GoogleSubnetPurpose> Purpose = Setting.Defaulting(
        "purpose",
        ValueKinds.Word(
            ("workload", GoogleSubnetPurpose.Workload), ("proxy-only", GoogleSubnetPurpose.ProxyOnly)),
        GoogleSubnetPurpose.Workload, "What it is for.");

    public static readonly Setting<bool> FlowLogs = Setting.Defaulting(
        "flowLogs", ValueKinds.Flag, true, "Whether flows are logged.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "A subnet in Google Cloud.", Name, Range, Purpose, FlowLogs);
}
