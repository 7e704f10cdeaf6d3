using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Farspan.StubProvider;

/// <summary>
/// Values as a cloud might have chosen them, repeatable: they depend on the type of the resource and on its
/// planned attributes, nothing else.
/// </summary>
public sealed class Invention(string type, Value planned)
{
    private readonly byte[] _seed =
        SHA256.HashData([.. Encoding.UTF8.GetBytes(type), .. DynamicValue.Encode(planned)]);

    public Value Make(string path, AttributeType wanted) => wanted.Name switch
    {
        "string" => new Value.Text(MakeText(path.Split('.')[^1], path)),
        "number" => new Value.Number(Digest(path) % 1000),
        "bool" => new Value.Boolean(false),
        "map" when path == "tags_all" && planned is Value.Map { } map && map["tags"] is Value.Map tags => tags,
        "map" => new Value.Map(ImmutableSortedDictionary<string, Value>.Empty),
        _ when path.EndsWith("name_servers", StringComparison.Ordinal) =>
            new Value.Sequence([new Value.Text("ns-1.example.net."), new Value.Text("ns-2.example.org.")]),
        _ => new Value.Sequence([]),
    };

    private string MakeText(string name, string path)
    {
        var digest = Digest(path);
        var hexadecimal = digest.ToString("x8", CultureInfo.InvariantCulture);
        return name switch
        {
            "arn" => $"arn:aws:stub:::{type}/{hexadecimal}",
            "self_link" => $"https://stub.example/{type}/{hexadecimal}",
            "availability_zone" => "stub-1a",
            _ when name.EndsWith("_asn", StringComparison.Ordinal) => "64512",
            _ when name.EndsWith("_address", StringComparison.Ordinal) || name is "address" or "public_ip" =>
                $"198.51.100.{digest % 254 + 1}",
            _ => $"{type.Replace('_', '-')}-{hexadecimal}",
        };
    }

    private uint Digest(string path) => BitConverter.ToUInt32(
        SHA256.HashData([.. _seed, .. Encoding.UTF8.GetBytes(path)]));
}
