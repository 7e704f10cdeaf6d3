using System.Buffers.Binary;

namespace Farspan.Stun;

/// <summary>
/// Walks the attributes of a message that was checked by <see cref="StunMessageView"/> (RFC 8489 §14).
/// </summary>
public ref struct StunAttributeEnumerator
{
    internal const int HeaderBytes = 4;

    private readonly ReadOnlySpan<byte> _attributes;
    private int _next;

    internal StunAttributeEnumerator(ReadOnlySpan<byte> attributes) => _attributes = attributes;

    public StunAttributeView Current { get; private set; }

    public bool MoveNext()
    {
        if (_next >= _attributes.Length)
        {
            return false;
        }

        var header = _attributes[_next..];
        var length = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
        var type = (StunAttribute)BinaryPrimitives.ReadUInt16BigEndian(header);
        Current = new StunAttributeView(type, header.Slice(HeaderBytes, length));
        _next += HeaderBytes + PaddedLength(length);
        return true;
    }

    internal static int PaddedLength(int length) => (length + 3) & ~3;
}
