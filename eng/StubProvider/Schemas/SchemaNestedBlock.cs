using System.Text.Json;

namespace Farspan.StubProvider;

/// <summary>A block in a block: how often it may stand there.</summary>
/// <param name="Block">What is in it.</param>
/// <param name="IsSet">Whether the order of several means nothing.</param>
/// <param name="CountMin">At least so many.</param>
/// <param name="CountMax">At most so many; 0: any number.</param>
public sealed record SchemaNestedBlock(SchemaBlock Block, bool IsSet, int CountMin, int CountMax)
{
    private const int ListNesting = 2;
    private const int SetNesting = 3;

    public static SchemaNestedBlock Read(JsonElement json) => new(
        SchemaBlock.Read(json),
        json.TryGetProperty("set", out var set) && set.GetBoolean(),
        json.TryGetProperty("min", out var min) ? min.GetInt32() : 0,
        json.TryGetProperty("max", out var max) ? max.GetInt32() : 0);

    /// <summary>As a <c>Schema.NestedBlock</c> of the plugin protocol.</summary>
    public ProtoWriter ToProto(string name) => new ProtoWriter()
        .Text(1, name)
        .Message(2, Block.ToProto())
        .Integer(3, IsSet ? SetNesting : ListNesting)
        .Integer(4, CountMin)
        .Integer(5, CountMax);
}
