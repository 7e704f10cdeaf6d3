using System.Net;
using CsCheck;
using Farspan.Calls;
using Farspan.Routing;
using Farspan.Topology;

namespace Farspan.Topology.Tests;

/// <summary>Whatever tree is written: findings or a model, and every model makes a plan.</summary>
public sealed class HostileConfigurationTests
{
    private static readonly ConfigurationPlace Place = new(Written.File, 1, 1);

    private static readonly ConfigurationNode Rich = Written.Parse(Written.With(
        """
        "sip": { "listen": ["udp:[::1]:5060"],
            "trunks": [{ "name": "acme", "sources": ["10.0.0.0/8"], "dtmf": [] }] },
        "routes": [{ "match": { "called": "/^[+]1/", "trunk": "acme", "headers": { "X-A": "a*" } },
            "to": { "displayName": "{header:X-A}", "attributes": { "k": "{calling}" } } }],
        "attributes": { "headers": ["X-B"] }, "media": { "ports": "20000-20100", "dscp": 0 },
        "admin": { "password": "env:PW" }, "calls": { "ringingLimit": "1.5s" }
        """));

    private static readonly ConfigurationNode RichNetwork = Written.Parse(WrittenNetworks.WithKeys(
        """
        "addresses": { "pool": "10.0.0.0/8", "asnFirst": 64600 },
        "links": { "transport": "colo-interconnect" },
        "crossRegion": { "kind": "peering" }, "dns": { "zone": "example.com" },
        "contactCenters": { "queues": ["a"], "flows": [{ "name": "in" }], "hours": ["always"] },
        "objectives": [{ "failure": "any", "headroom": 25 }],
        "accept": [{ "rule": "A-1", "reason": "x", "until": "2027-01-01" }]
        """,
        WrittenNetworks.Extend(
            WrittenNetworks.East,
            """
            "links": [{ "googleLocation": "iad-zone1-1", "awsLocation": "x",
            "googleAddress": "169.254.1.1/30" }],
            "transitGateway": { "asn": 1, "tables": [{ "routes": [{ "prefix": "10.0.0.0/9",
            "to": "vpc" }] }] },
            "vpc": { "subnets": [{ "name": "a", "zone": "b", "range": "10.1.0.0/24" }] },
            "awsRange": "10.1.0.0/16", "supernet": "10.0.0.0/12",
            "edge": { "loadBalancer": { "ports": [5060] } }
            """),
        WrittenNetworks.West));

    private static readonly Gen<ConfigurationNode> AnyScalar = Gen.OneOf(
        Gen.String,
        Gen.OneOf(
            "", "~", "*", "/(/", "/(a+)+$/", "{", "{x}", "1e999", "-1", "0", "99999999999999999999", "1h",
            "h",
            "9999999999999999999999h", "udp:", "udp:1:1", "::/129", "0.0.0.0/33", "10.0.0.1/8",
            "::ffff:1.2.3.4/120",
            "0-0", "65535-65536", "0.0.0.0/0", "::/0", "169.254.0.1/32", "ha-vpn", "none", "east",
            "4294967295", "http://", "file:", "env:", "literal:", "arn:", "arn:instance/", "true",
            "acme"))
        .Select(text => (ConfigurationNode)new ConfigurationNode.Scalar(Place, text));

    private static readonly Gen<ConfigurationNode> AnyNode = Gen.Recursive<ConfigurationNode>(
        (depth, inner) => depth > 3 ? AnyScalar : Gen.OneOf(AnyScalar, AnyList(inner), AnyMapping(inner)));

    [Fact]
    public void AnyTree_GivesFindingsOrAModel_AndEveryModelMakesAPlan() =>
        AnyNode.Sample(Check, iter: 500);

    [Fact]
    public void AFile_InWhichAnythingStandsForOneOfItsValues_GivesFindingsOrAModel() =>
        Gen.Select(Gen.Int[0, 60], AnyNode).Sample(
            (position, node) => Check(new Replacement(position, node).In(Rich)), iter: 1_500);

    [Fact]
    public void ANetwork_InWhichAnythingStandsForOneOfItsValues_GivesFindingsOrANetwork() =>
        Gen.Select(Gen.Int[0, 110], AnyNode).Sample(
            (position, node) => CheckNetwork(new Replacement(position, node).In(RichNetwork)), iter: 1_500);

    [Fact]
    public void EveryPatternThatTheLoaderTakes_TheDialPlanTakes() =>
        Gen.OneOf(
                Gen.String, Gen.String.Select(text => $"/{text}/"), Gen.OneOf("/a(?=b)/", "/\\1(a)/", "/[/"))
            .Sample(
                text =>
                {
                    var match = new ConfigurationNode.Scalar(Place, text, true);
                    var outcome = ConfigurationLoader.Load(
                        new Replacement("called", match).In(Rich), Written.File);
                    return outcome.Model is null || TextPattern.TryParse(text, out _, out _);
                },
                iter: 500);

    private static Gen<ConfigurationNode> AnyList(Gen<ConfigurationNode> item) =>
        item.Array[0, 3]
            .Select(items => (ConfigurationNode)new ConfigurationNode.Sequence(Place, [.. items]));

    private static Gen<ConfigurationNode> AnyMapping(Gen<ConfigurationNode> item) =>
        Gen.Select(Gen.String, item, (key, value) => new ConfigurationEntry(key, Place, value))
            .Array[0, 3]
            .Select(entries => (ConfigurationNode)new ConfigurationNode.Mapping(Place, [.. entries]));

    private static bool Check(ConfigurationNode node)
    {
        var outcome = ConfigurationLoader.Load(node, Written.File);
        if (outcome.Model is { } model)
        {
            Assert.Equal(
                model.Sip.Trunks.Length, ConnectorPlan.Create(model, IPAddress.Loopback).Trunks.Length);
        }

        return outcome.Model is not null || outcome.Findings.Any(finding => finding.Place.Line > 0);
    }

    private static bool CheckNetwork(ConfigurationNode node)
    {
        var outcome = ConfigurationLoader.Load(node, Written.File);
        if (outcome.Model?.Network is { } network)
        {
            var ids = network.Elements.Select(element => element.Id).ToArray();
            Assert.Equal(ids.Length, ids.Distinct().Count());
            Assert.NotEmpty(NetworkListing.TablesOf(network));
        }

        return outcome.Model is not null || outcome.Findings.Any(finding => finding.Place.Line > 0);
    }

    /// <summary>Puts a node in the place of the n-th one, or of the one behind a key.</summary>
    private sealed class Replacement(int position, ConfigurationNode replacement, string? key = null)
    {
        private int _left = position;

        public Replacement(string key, ConfigurationNode replacement)
            : this(int.MaxValue, replacement, key)
        {
        }

        public ConfigurationNode In(ConfigurationNode node)
        {
            if (_left-- == 0)
            {
                return replacement;
            }

            return node switch
            {
                ConfigurationNode.Sequence sequence =>
                    new ConfigurationNode.Sequence(Place, [.. sequence.Items.Select(In).ToArray()]),
                ConfigurationNode.Mapping mapping =>
                    new ConfigurationNode.Mapping(Place, [.. mapping.Entries.Select(In).ToArray()]),
                _ => node,
            };
        }

        private ConfigurationEntry In(ConfigurationEntry entry) =>
            entry with { Value = entry.Key == key ? replacement : In(entry.Value) };
    }
}
