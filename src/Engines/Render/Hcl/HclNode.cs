using System.Collections.Immutable;

namespace Farspan.Render;

/// <summary>What stands in a body, in order: attributes, blocks and comments.</summary>
public abstract record HclNode
{
    private HclNode()
    {
    }

    /// <summary><c>name = value</c>.</summary>
    public sealed record Attribute(string Name, HclValue Value) : HclNode;

    /// <summary><c>type "label" { … }</c>.</summary>
    public sealed record Block(string Type, ImmutableArray<string> Labels, HclBody Body) : HclNode;

    /// <summary>Lines that begin with <c>#</c>; they belong to what follows.</summary>
    public sealed record Comment(string Text) : HclNode;
}
