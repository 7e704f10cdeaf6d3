using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>The keys of a link that are its own: where it is, and its two ends.</summary>
internal static class LinkEndSchema
{
    private static readonly ScalarKind<string> Facility =
        ValueKinds.Identifier("a facility", "iad-zone1-1", "-_./", 64);

    private static readonly ScalarKind<int> AnyVlan = ValueKinds.Integer(0, 65_535, "101");

    public static readonly Setting<string> Metro = Setting.Optional(
        "metro", Facility, "the first part of `googleLocation`", "The city.");

    public static readonly Setting<string> Zone = Setting.Optional(
        "zone", Facility, "the second part of `googleLocation`", "Google's edge availability domain.");

    public static readonly Setting<string> GoogleLocation = Setting.Optional(
        "googleLocation", Facility, "required for interconnects of our own", "Where Google's port is.");

    public static readonly Setting<string> RemoteLocation = Setting.Optional(
        "remoteLocation", Facility, "`aws-` and the location of AWS",
        "What Google calls AWS's facility, for cross-cloud-interconnect.");

    public static readonly Setting<string> AwsLocation = Setting.Optional(
        "awsLocation", Facility, "required for interconnects of our own", "Where AWS's port is.");

    public static readonly Setting<string> AwsDevice = Setting.Defaulting(
        "awsDevice", ValueKinds.Text("EqDC2-1", 64, 0), "", "The router of AWS there.");

    public static readonly Setting<string> Provider = Setting.Defaulting(
        "provider", ValueKinds.Text("Equinix", 64, 0), "", "Who runs the fibre or the colo.");

    public static readonly Setting<int> Vlan = Setting.Optional(
        "vlan", AnyVlan, "101, 102, … by position", "The VLAN on Google's side.");

    public static readonly Setting<int> AwsVlan = Setting.Optional(
        "awsVlan", AnyVlan, "as on Google's side", "The VLAN on AWS's side.");

    public static readonly Setting<InterfaceAddress> GoogleAddress = Setting.Optional(
        "googleAddress", CloudKinds.InterfaceAddress, "from `addresses.linkLocal`", "Of Google's interface.");

    public static readonly Setting<InterfaceAddress> AwsAddress = Setting.Optional(
        "awsAddress", CloudKinds.InterfaceAddress, "the other one of the same subnet", "Of AWS's interface.");

    public static readonly Setting<uint> GoogleAsn = Setting.Optional(
        "googleAsn", CloudKinds.Asn, "the router's", "The number that AWS expects of Google.");

    public static readonly Setting<uint> AwsAsn = Setting.Optional(
        "awsAsn", CloudKinds.Asn, "the gateway's", "The number that Google expects of AWS.");

    public static readonly Setting<ImmutableArray<IPNetwork>> CandidateSubnets = Setting.Optional(
        "candidateSubnets", ValueKinds.NonEmptyListOf(NetworkKinds.Network), "the subnet of the addresses",
        "What Google may take the addresses from.");

    public static readonly Setting<ImmutableArray<IPNetwork>> Learned = Setting.Defaulting(
        "learned", ValueKinds.ListOf(NetworkKinds.Network), [], "Routes that Google takes as if learned.");

    public static readonly Setting<ImmutableArray<IPNetwork>> Advertised = Setting.Defaulting(
        "advertised", ValueKinds.ListOf(NetworkKinds.Network), [],
        "What Google tells on this link alone; empty: what the router tells.");

    public static readonly Setting<string> Interconnect = Setting.Optional(
        "interconnect", CloudKinds.ResourceName, "one of its own", "The ports that several links share.");

    public static readonly Setting<string> Connection = Setting.Optional(
        "connection", CloudKinds.ResourceName, "one of its own", "The Direct Connect port that links share.");

    public static readonly Setting<int> Interface = Setting.Optional(
        "interface", ValueKinds.Integer(0, 9, "0"), "two tunnels each", "Of the HA VPN gateway.");

    public static readonly Setting<int> ExternalInterface = Setting.Optional(
        "externalInterface", ValueKinds.Integer(0, 9, "0"), "by position", "Of AWS's end, for ha-vpn.");

    public static readonly Setting<IPNetwork> InsideRange = Setting.Optional(
        "insideRange", NetworkKinds.Network, "from `addresses.linkLocal`", "The /30 in a tunnel.");

    public static readonly Setting<uint> ColoAsn = Setting.Optional(
        "coloAsn", CloudKinds.Asn, "from `addresses.asnFirst`", "Of the router in the colo.");

    public static ImmutableArray<Setting> Settings { get; } =
    [
        Metro, Zone, GoogleLocation, RemoteLocation, AwsLocation, AwsDevice, Provider, Vlan, AwsVlan,
        GoogleAddress, AwsAddress, GoogleAsn, AwsAsn, CandidateSubnets, Learned, Advertised, Interconnect,
        Connection, Interface, ExternalInterface, InsideRange, ColoAsn,
    ];
}
