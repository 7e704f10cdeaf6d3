using System.Diagnostics.CodeAnalysis;

namespace Farspan.Store;

/// <summary>What a store answered: a value or a fault.</summary>
public readonly record struct StoreAnswer<T>
{
    private readonly T? _value;

    public StoreAnswer(T value)
    {
        _value = value;
        Fault = null;
    }

    public StoreAnswer(StoreFault fault)
    {
        _value = default;
        Fault = fault;
    }

    /// <summary>Null if it did what was asked.</summary>
    public StoreFault? Fault { get; }

    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out StoreFault? fault)
    {
        value = _value;
        fault = Fault;
        return fault is null;
    }
}
