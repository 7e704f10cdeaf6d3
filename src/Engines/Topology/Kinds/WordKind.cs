using System.Diagnostics.CodeAnalysis;

namespace Farspan.Topology;

/// <summary>
/// One of a few words. There are many types of them and each costs its own code, so it does little by itself.
/// </summary>
internal sealed class WordKind<T> : ValueKind<T>
    where T : notnull
{
    private readonly string[] _words;
    private readonly T[] _values;

    /// <param name="words">As they are written.</param>
    /// <param name="values">What they mean, in the same order.</param>
    public WordKind(string[] words, T[] values)
    {
        _words = words;
        _values = values;
        Shape = new JsonShape.OneOf([.. words]);
    }

    public override string Label => $"one of {WordList.Of(_words)}";

    public override string Example => _words[0];

    public override bool TryRead(Reading reading, [MaybeNullWhen(false)] out T value)
    {
        var index = WordList.Read(reading, this, _words);
        value = index < 0 ? default : _values[index];
        return index >= 0;
    }

    public override string Write(T value) => _words[Array.IndexOf(_values, value)];
}
