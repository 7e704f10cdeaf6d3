using System.Collections.Immutable;
using Farspan.Topology;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Farspan.Configuration;

/// <summary>
/// Turns the events of a YAML parser into a tree. Aliases share the node they name; what they would be
/// written out is counted, so that a small file cannot stand for a huge one.
/// </summary>
internal sealed class YamlTreeBuilder(IParser parser, string file)
{
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<string, YamlBranch> _anchors = [];
    private int _size;
    private bool _isTooLarge;

    public ImmutableArray<Finding> Findings => [.. _findings];

    /// <summary>Where the parser is.</summary>
    public Mark Position => parser.Current?.End ?? Mark.Empty;

    /// <summary>The tree; null for an empty text, and for one that breaks a limit.</summary>
    /// <exception cref="YamlException">The text is not YAML.</exception>
    public ConfigurationNode? Build()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            return null;
        }

        parser.Consume<DocumentStart>();
        var root = ReadNode(1);
        if (_isTooLarge)
        {
            return null;
        }

        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
        {
            var place = PlaceOf(second);
            Report(FindingRules.NotYaml, place, "a second document begins here", "Remove the line '---'.");
        }

        return root.Node;
    }

    private YamlBranch ReadNode(int depth)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Follow(alias, depth);
        }

        var place = PlaceOf(parser.Current!);
        var anchor = parser.Accept<NodeEvent>(out var node) && !node.Anchor.IsEmpty
            ? node.Anchor.Value
            : null;
        if (node is { Tag.IsEmpty: false })
        {
            Report(FindingRules.NotYaml, place, "tags mean nothing here", "Remove what begins with '!'.");
        }

        Charge(1, depth, place);
        var branch = node switch
        {
            SequenceStart => ReadSequence(place, depth),
            MappingStart => ReadMapping(place, depth),
            _ => ReadScalar(place),
        };
        if (anchor is not null)
        {
            _anchors[anchor] = branch;
        }

        return branch;
    }

    private YamlBranch ReadScalar(ConfigurationPlace place)
    {
        var scalar = parser.Consume<Scalar>();
        return YamlBranch.Leaf(
            new ConfigurationNode.Scalar(place, scalar.Value, scalar.Style != ScalarStyle.Plain));
    }

    private YamlBranch ReadSequence(ConfigurationPlace place, int depth)
    {
        parser.Consume<SequenceStart>();
        var items = ImmutableArray.CreateBuilder<ConfigurationNode>();
        var (size, height) = (1, 0);
        while (!_isTooLarge && !parser.TryConsume<SequenceEnd>(out _))
        {
            var item = ReadNode(depth + 1);
            items.Add(item.Node);
            (size, height) = (size + item.Size, Math.Max(height, item.Height));
        }

        return new YamlBranch(new ConfigurationNode.Sequence(place, items.ToImmutable()), size, height + 1);
    }

    private YamlBranch ReadMapping(ConfigurationPlace place, int depth)
    {
        parser.Consume<MappingStart>();
        var entries = new YamlEntries();
        var (size, height) = (1, 0);
        while (!_isTooLarge && !parser.TryConsume<MappingEnd>(out _))
        {
            var isMerge = parser.Accept<Scalar>(out var next)
                && next is { Value: "<<", Style: ScalarStyle.Plain };
            var key = ReadNode(depth + 1);
            if (_isTooLarge)
            {
                break;
            }

            var value = ReadNode(depth + 1);
            (size, height) = (size + key.Size + value.Size, Math.Max(height, value.Height));
            Add(key.Node, value.Node, isMerge, entries);
        }

        return new YamlBranch(new ConfigurationNode.Mapping(place, entries.ToImmutable()), size, height + 1);
    }

    private void Add(ConfigurationNode key, ConfigurationNode value, bool isMerge, YamlEntries entries)
    {
        if (isMerge)
        {
            Merge(value, entries);
        }
        else if (key is ConfigurationNode.Scalar scalar)
        {
            entries.Add(new ConfigurationEntry(scalar.Text, scalar.Place, value));
        }
        else
        {
            Report(FindingRules.WrongShape, key.Place, "this key is not a word", "Write a word as the key.");
        }
    }

    /// <summary>
    /// The merge key of YAML 1.1: a mapping, or a list of them, whose keys count where no key is written.
    /// </summary>
    private void Merge(ConfigurationNode value, YamlEntries entries)
    {
        var sources = value is ConfigurationNode.Sequence sequence ? sequence.Items : [value];
        foreach (var source in sources)
        {
            if (source is ConfigurationNode.Mapping mapping)
            {
                entries.Merge(mapping.Entries);
            }
            else
            {
                Report(
                    FindingRules.WrongShape,
                    source.Place,
                    "only mappings can be merged",
                    "Name a mapping after '<<:'.");
            }
        }
    }

    private YamlBranch Follow(AnchorAlias alias, int depth)
    {
        var place = PlaceOf(alias);
        if (_anchors.TryGetValue(alias.Value.Value, out var branch))
        {
            Charge(branch.Size, depth + branch.Height, place);
            return branch;
        }

        Report(
            FindingRules.NotYaml,
            place,
            "there is no complete anchor of this name before this alias",
            "Write the anchor first, or quote the value if '*' is part of it.");
        return YamlBranch.Leaf(new ConfigurationNode.Scalar(place, ""));
    }

    /// <summary>Counts what is read against the limits; beyond them nothing more is read.</summary>
    private void Charge(int nodes, int depth, ConfigurationPlace place)
    {
        _size += nodes;
        if (_isTooLarge || (_size <= TopologyLimits.NodesMax && depth <= TopologyLimits.DepthMax))
        {
            return;
        }

        _isTooLarge = true;
        var what = depth > TopologyLimits.DepthMax
            ? $"more than {TopologyLimits.DepthMax} lists and mappings are inside one another"
            : $"the file has more than {TopologyLimits.NodesMax} values, aliases written out";
        Report(FindingRules.TooLarge, place, what, "Make it simpler; no configuration needs this.");
    }

    private void Report(FindingRule rule, ConfigurationPlace place, string what, string fix)
    {
        if (_findings.Count < TopologyLimits.FindingsMax)
        {
            _findings.Add(new Finding(rule, place, "", what, fix));
        }
    }

    private ConfigurationPlace PlaceOf(ParsingEvent parsed) =>
        new(file, (int)parsed.Start.Line, (int)parsed.Start.Column);
}
