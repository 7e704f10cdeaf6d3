using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>Where a carrier calls from: networks, or one of two words.</summary>
internal sealed class SourcesKind : ValueKind<ImmutableArray<IPNetwork>>
{
    private static readonly ImmutableArray<IPNetwork> Everywhere = Networks("0.0.0.0/0", "::/0");

    private static readonly ListKind<IPNetwork> List = ValueKinds.NonEmptyListOf(NetworkKinds.Network);

    /// <summary>
    /// Loopback, RFC 1918 §3, RFC 4193 §3.1 and link-local addresses: nobody on the Internet.
    /// </summary>
    public static ImmutableArray<IPNetwork> Private { get; } = Networks(
        "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
        "::1/128", "fc00::/7", "fe80::/10");

    public override string Label =>
        "a list of IP addresses and networks, or `private` (private and loopback addresses), or `any`";

    public override string Example => List.Example;

    public override JsonShape Shape { get; init; } =
        new JsonShape.Either([new JsonShape.OneOf(["private", "any"]), List.Shape]);

    public override bool TryRead(Reading reading, out ImmutableArray<IPNetwork> value)
    {
        value = [];
        if (reading.Node is ConfigurationNode.Sequence)
        {
            return List.TryRead(reading, out value);
        }

        if (!reading.TryGetText(this, out var text))
        {
            return false;
        }

        value = text switch { "any" => Everywhere, "private" => Private, _ => [] };
        if (value.Length == 0)
        {
            reading.Report(
                FindingRules.BadValue, $"{Reading.Quote(text)} is neither `any` nor `private`", Advice);
        }

        return value.Length > 0;
    }

    public override string Write(ImmutableArray<IPNetwork> value) =>
        value == Private ? "private" : value == Everywhere ? "any" : List.Write(value);

    private static ImmutableArray<IPNetwork> Networks(params ReadOnlySpan<string> texts)
    {
        var networks = ImmutableArray.CreateBuilder<IPNetwork>();
        foreach (var text in texts)
        {
            networks.Add(IPNetwork.Parse(text));
        }

        return networks.ToImmutable();
    }
}
