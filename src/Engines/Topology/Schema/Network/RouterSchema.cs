using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>The keys of a region's <c>router</c>.</summary>
internal static class RouterSchema
{
    public static readonly Setting<string> Name = Setting.Optional(
        "name", CloudKinds.ResourceName, "`router-` and the region", "What Google calls it.");

    public static readonly Setting<uint> Asn = Setting.Optional(
        "asn", CloudKinds.Asn, "from `addresses.asnFirst`", "Its number.");

    public static readonly Setting<bool> HasAsn = Setting.Defaulting(
        "hasAsn", ValueKinds.Flag, true, "Whether it has a number at all; without one it has no peers.");

    public static readonly Setting<TimeSpan> Keepalive = Setting.Defaulting(
        "keepalive", DurationKind.Between(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
        TimeSpan.FromSeconds(20), "Of its BGP sessions; the hold time is three times as long.");

    public static readonly Setting<IPNetwork> IdentifierRange = Setting.Optional(
        "identifierRange", NetworkKinds.Network, "Google chooses", "Where BGP identifiers come from.");

    public static readonly Setting<AdvertiseMode> Advertise = Setting.Defaulting(
        "advertise",
        ValueKinds.Word(("default", AdvertiseMode.Default), ("custom", AdvertiseMode.Custom)),
        AdvertiseMode.Default, "Whether it tells all subnets, or what is listed.");

    public static readonly Setting<bool> AdvertisesAllSubnets = Setting.Defaulting(
        "advertisesAllSubnets", ValueKinds.Flag, true, "With `custom`: whether subnets are told besides.");

    public static readonly Setting<ImmutableArray<IPNetwork>> AdvertisedRanges = Setting.Defaulting(
        "advertisedRanges", ValueKinds.ListOf(NetworkKinds.Network), [], "With `custom`: what is told.");

    public static readonly Setting<int> Priority = Setting.Defaulting(
        "priority", ValueKinds.Integer(0, 65_535, "100"), 100, "MED of what it tells; lower is better.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "The Cloud Router.",
        Name, Asn, HasAsn, Keepalive, IdentifierRange, Advertise, AdvertisesAllSubnets, AdvertisedRanges,
        Priority);
}
