using Farspan.Topology;

namespace Farspan.Configuration;

/// <summary>A node and what it would be, written out without aliases.</summary>
/// <param name="Node">The node.</param>
/// <param name="Size">Nodes, itself included.</param>
/// <param name="Height">Lists and mappings inside one another; 0 for a single value.</param>
internal readonly record struct YamlBranch(ConfigurationNode Node, int Size, int Height)
{
    public static YamlBranch Leaf(ConfigurationNode.Scalar node) => new(node, 1, 0);
}
