using System.Globalization;

namespace Farspan.Cluster;

/// <summary>
/// Whose a half of a call is: each take-over counts one up, and of two nodes that count to the same number the one
/// with the higher name wins. The higher epoch fences the lower (decision 0015).
/// </summary>
/// <param name="Number">From 1; 0 is nobody's.</param>
/// <param name="Node">The holder; see <see cref="ClusterName"/>.</param>
public readonly record struct Epoch(uint Number, string Node) : IComparable<Epoch>
{
    /// <summary>More take-overs than any call can live to see: what claims more is not read.</summary>
    public const uint NumberMax = 1_000_000;

    /// <summary>Before anybody held the half.</summary>
    public static Epoch None { get; } = new(0, "");

    public static bool operator <(Epoch left, Epoch right) => left.CompareTo(right) < 0;

    public static bool operator >(Epoch left, Epoch right) => left.CompareTo(right) > 0;

    public static bool operator <=(Epoch left, Epoch right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Epoch left, Epoch right) => left.CompareTo(right) >= 0;

    public static Epoch Max(Epoch left, Epoch right) => left >= right ? left : right;

    /// <summary>The epoch of a node that starts a half.</summary>
    public static Epoch First(string node) => None.Next(node);

    /// <summary>The epoch of a node that takes over from this one.</summary>
    public Epoch Next(string node) => new(Number + 1, node);

    public int CompareTo(Epoch other)
    {
        var order = Number.CompareTo(other.Number);
        return order != 0 ? order : string.CompareOrdinal(Node, other.Node);
    }

    /// <summary>Reads <c>3;node=edge-e1</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Epoch epoch)
    {
        const string Parameter = "node=";
        epoch = None;
        var semicolon = text.IndexOf(';');
        if (semicolon <= 0)
        {
            return false;
        }

        var node = text[(semicolon + 1)..].Trim();
        if (!uint.TryParse(text[..semicolon].Trim(), NumberStyles.None, null, out var number)
            || !node.StartsWith(Parameter, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        epoch = new Epoch(number, node[Parameter.Length..].ToString());
        return number <= NumberMax && epoch.IsHeld;
    }

    /// <summary>Whether it can be somebody's: what strangers send is checked with it.</summary>
    public bool IsHeld => Number > 0 && ClusterName.IsValid(Node);

    public override string ToString() => $"{Number};node={Node}";
}
