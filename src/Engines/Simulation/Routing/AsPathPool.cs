using System.Runtime.InteropServices;

namespace Farspan.Simulation;

/// <summary>AS paths that share their tails, called by number (RFC 4271 §5.1.2).</summary>
internal sealed class AsPathPool
{
    /// <summary>The path of a route that has crossed no border.</summary>
    public const int Empty = 0;

    private readonly List<Segment> _segments = [default];

    public void Clear() => CollectionsMarshal.SetCount(_segments, 1);

    public int Length(int path) => _segments[path].Length;

    public int Prepend(int path, uint asn, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _segments.Add(new Segment(asn, path, _segments[path].Length + 1));
            path = _segments.Count - 1;
        }

        return path;
    }

    public bool Contains(int path, uint asn)
    {
        for (; path != Empty; path = _segments[path].Tail)
        {
            if (_segments[path].Asn == asn)
            {
                return true;
            }
        }

        return false;
    }

    public bool AreEqual(int left, int right)
    {
        for (; left != right; left = _segments[left].Tail, right = _segments[right].Tail)
        {
            if (left == Empty || right == Empty || _segments[left].Asn != _segments[right].Asn)
            {
                return false;
            }
        }

        return true;
    }

    private readonly record struct Segment(uint Asn, int Tail, int Length);
}
