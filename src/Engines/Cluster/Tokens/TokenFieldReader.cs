using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>Reads what <see cref="TokenFieldWriter"/> wrote, here or in another version of us; ids that are not known
/// stay unasked.</summary>
internal sealed class TokenFieldReader
{
    private readonly Dictionary<byte, List<byte[]>> _fields = [];

    private TokenFieldReader(byte version) => Version = version;

    /// <summary>Of the writer.</summary>
    public byte Version { get; }

    public static bool TryRead(
        ReadOnlySpan<byte> content, byte ownVersion, [NotNullWhen(true)] out TokenFieldReader? fields,
        out TokenError error)
    {
        fields = null;
        error = TokenError.Malformed;
        var reader = new SpanReader(content);
        if (!reader.TryReadByte(out var version) || !reader.TryReadByte(out var lowestReader) || version == 0)
        {
            return false;
        }

        if (lowestReader > ownVersion)
        {
            error = TokenError.UnknownVersion;
            return false;
        }

        var read = new TokenFieldReader(version);
        if (!read.TryReadFields(ref reader))
        {
            return false;
        }

        (fields, error) = (read, TokenError.None);
        return true;
    }

    /// <summary>Null if it is not there.</summary>
    public string? Text(byte id) => First(id) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>Every value of a field that repeats, in their order.</summary>
    public IEnumerable<string> Texts(byte id) =>
        _fields.TryGetValue(id, out var values) ? values.Select(v => Encoding.UTF8.GetString(v)) : [];

    /// <summary>Null if it is not there, or no number.</summary>
    public ulong? Number(byte id) =>
        First(id) is { Length: sizeof(ulong) } bytes ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : null;

    /// <summary>Null if it is not there, or larger than the limit.</summary>
    public uint? Number32(byte id, uint max = uint.MaxValue) => Number(id) is { } n && n <= max ? (uint)n : null;

    public bool Flag(byte id) => _fields.ContainsKey(id);

    public DateTimeOffset? Time(byte id) =>
        Number(id) is { } ms && ms <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)ms)
            : null;

    public Redacted<string>? Secret(byte id) => Text(id) is { } text ? new Redacted<string>(text) : null;

    public IPEndPoint? Address(byte id) =>
        Text(id) is { } text && TransportAddress.TryParse(text, out var address) ? address.ToIPEndPoint() : null;

    private bool TryReadFields(ref SpanReader reader)
    {
        var count = 0;
        while (reader.Remaining > 0)
        {
            if (!reader.TryReadByte(out var id) || !reader.TryReadUInt16(out var length)
                || !reader.TryReadBytes(length, out var value) || ++count > TokenLimits.FieldsMax)
            {
                return false;
            }

            if (!_fields.TryGetValue(id, out var values))
            {
                _fields.Add(id, values = []);
            }

            values.Add(value.ToArray());
        }

        return true;
    }

    private byte[]? First(byte id) => _fields.TryGetValue(id, out var values) ? values[0] : null;
}
