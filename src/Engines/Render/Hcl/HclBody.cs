namespace Farspan.Render;

/// <summary>
/// A file or the inside of a block, built in the order in which it is to be read. Where a blank line belongs is the
/// writer's matter.
/// </summary>
public sealed class HclBody
{
    private readonly List<HclNode> _nodes = [];

    public IReadOnlyList<HclNode> Nodes => _nodes;

    /// <summary>Sets an attribute; null leaves it out.</summary>
    public HclBody Set(string name, HclValue? value)
    {
        if (value is not null)
        {
            _nodes.Add(new HclNode.Attribute(name, value));
        }

        return this;
    }

    /// <summary>Says why what follows is so; an empty text says nothing.</summary>
    public HclBody Comment(string text)
    {
        if (text.Length > 0)
        {
            _nodes.Add(new HclNode.Comment(text));
        }

        return this;
    }

    /// <summary>Goes on only if the condition holds.</summary>
    public HclBody When(bool condition, Action<HclBody> fill)
    {
        if (condition)
        {
            fill(this);
        }

        return this;
    }

    /// <summary>Does the same for each item.</summary>
    public HclBody Each<T>(IEnumerable<T> items, Action<HclBody, T> fill)
    {
        foreach (var item in items)
        {
            fill(this, item);
        }

        return this;
    }

    public HclBody Block(string type, Action<HclBody> fill) => Block(type, [], fill);

    public HclBody Block(string type, string label, Action<HclBody> fill) => Block(type, [label], fill);

    public HclBody Resource(string type, string name, Action<HclBody> fill) =>
        Block("resource", [type, name], fill);

    public HclBody Data(string type, string name, Action<HclBody> fill) => Block("data", [type, name], fill);

    private HclBody Block(string type, string[] labels, Action<HclBody> fill)
    {
        var body = new HclBody();
        fill(body);
        _nodes.Add(new HclNode.Block(type, [.. labels], body));
        return this;
    }
}
