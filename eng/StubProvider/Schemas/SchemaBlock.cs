using System.Text.Json;

namespace Farspan.StubProvider;

/// <summary>What a block may hold: attributes, and blocks in it.</summary>
public sealed record SchemaBlock(
    IReadOnlyDictionary<string, SchemaAttribute> Attributes, IReadOnlyDictionary<string, SchemaNestedBlock> Blocks)
{
    public static SchemaBlock Read(JsonElement json)
    {
        var attributes = json.TryGetProperty("attributes", out var written)
            ? written.EnumerateObject().ToDictionary(a => a.Name, a => SchemaAttribute.Parse(a.Value.GetString()!))
            : [];
        var blocks = json.TryGetProperty("blocks", out var nested)
            ? nested.EnumerateObject().ToDictionary(b => b.Name, b => SchemaNestedBlock.Read(b.Value))
            : [];
        return new SchemaBlock(attributes, blocks);
    }

    /// <summary>
    /// The same block, with an attribute changed; the path goes through blocks: <c>bfd.multiplier</c>.
    /// </summary>
    public SchemaBlock With(string path, Func<SchemaAttribute, SchemaAttribute> change)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return Attributes.TryGetValue(path, out var attribute)
                ? this with { Attributes = Replace(Attributes, path, change(attribute)) }
                : throw new InvalidDataException($"There is no attribute {path}.");
        }

        return Blocks.TryGetValue(path[..dot], out var block)
            ? this with
            {
                Blocks = Replace(
                    Blocks, path[..dot], block with { Block = block.Block.With(path[(dot + 1)..], change) }),
            }
            : throw new InvalidDataException($"There is no block {path[..dot]}.");
    }

    /// <summary>As a <c>Schema.Block</c> of the plugin protocol.</summary>
    public ProtoWriter ToProto()
    {
        var message = new ProtoWriter();
        foreach (var (name, attribute) in Attributes)
        {
            message.Message(2, new ProtoWriter()
                .Text(1, name)
                .Text(2, attribute.Type.ToJson())
                .Flag(4, attribute.IsRequired)
                .Flag(5, attribute.IsOptional)
                .Flag(6, attribute.IsComputed)
                .Flag(7, attribute.IsSensitive));
        }

        foreach (var (name, nested) in Blocks)
        {
            message.Message(3, nested.ToProto(name));
        }

        return message;
    }

    private static Dictionary<string, T> Replace<T>(IReadOnlyDictionary<string, T> all, string key, T value) =>
        new(all) { [key] = value };
}
