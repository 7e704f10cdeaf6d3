using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>The keys of <c>policies</c>.</summary>
internal static class PoliciesSchema
{
    public static readonly Setting<bool> LinkEncryption = Setting.Defaulting(
        "linkEncryption", ValueKinds.Flag, false, "Whether links between the clouds must be encrypted.");

    public static readonly Setting<bool> CarrierEncryption = Setting.Defaulting(
        "carrierEncryption", ValueKinds.Flag, false, "Whether carriers must use TLS and SRTP.");

    public static readonly Setting<bool> InnerEncryption = Setting.Defaulting(
        "innerEncryption", ValueKinds.Flag, true, "Whether edges and connectors speak TLS and SRTP.");

    public static readonly Setting<string> NamePrefix = Setting.Optional(
        "namePrefix", CloudKinds.ResourceName, "the cluster's name", "Before every name.");

    public static readonly Setting<ImmutableArray<KeyValuePair<string, string>>> Tags = Setting.Defaulting(
        "tags",
        new MapKind<string>(CloudKinds.ResourceName, ValueKinds.Text("contact-centre", 256)), [],
        "On everything that takes tags or labels.");

    public static readonly Setting<ImmutableArray<IPNetwork>> AdminSources = Setting.Defaulting(
        "adminSources", ValueKinds.ListOf(NetworkKinds.Network), [], "Where administrators come from.");

    public static readonly Setting<bool> Segmentation = Setting.Defaulting(
        "segmentation", ValueKinds.Flag, true, "Whether attachments see only what they need.");

    public static readonly Setting<bool> GuardsDestruction = Setting.Defaulting(
        "guardsDestruction", ValueKinds.Flag, true, "Whether changes that destroy need approval.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "Rules of the house.",
        LinkEncryption, CarrierEncryption, InnerEncryption, NamePrefix, Tags, AdminSources, Segmentation,
        GuardsDestruction);
}
