using System.Collections.Immutable;

namespace Farspan.StubProvider;

/// <summary>
/// A value of Terraform's type system: what a configuration, a plan or a state holds. Sets are lists here;
/// objects are maps.
/// </summary>
public abstract record Value
{
    private Value()
    {
    }

    /// <summary>Not set.</summary>
    public sealed record Null : Value
    {
        public static readonly Null Instance = new();
    }

    /// <summary>Known after apply.</summary>
    public sealed record Unknown : Value
    {
        public static readonly Unknown Instance = new();
    }

    public sealed record Boolean(bool Is) : Value;

    public sealed record Number(double Of) : Value;

    public sealed record Text(string Of) : Value;

    public sealed record Sequence(ImmutableArray<Value> Items) : Value;

    /// <summary>A map or an object; the keys are sorted, so that equal values look equal.</summary>
    public sealed record Map(ImmutableSortedDictionary<string, Value> Entries) : Value
    {
        /// <summary>The entry; null-valued where there is none.</summary>
        public Value this[string key] => Entries.GetValueOrDefault(key, Null.Instance);
    }

    public bool IsNull => this is Null;

    /// <summary>Whether it, or anything in it, is known only after apply.</summary>
    public bool HasUnknown => this switch
    {
        Unknown => true,
        Sequence sequence => sequence.Items.Any(i => i.HasUnknown),
        Map map => map.Entries.Values.Any(v => v.HasUnknown),
        _ => false,
    };
}
