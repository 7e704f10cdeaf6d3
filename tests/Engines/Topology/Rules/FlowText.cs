using System.Collections.Immutable;

namespace Farspan.Topology.Tests;

/// <summary>
/// Configuration nodes out of YAML's flow style, as far as tests need it: <c>{ a: 1, b: [x, 'y'] }</c>. Scalars
/// without quotes end at a comma or bracket; a key ends at a colon and a space.
/// </summary>
internal sealed class FlowText
{
    private static readonly ConfigurationPlace Place = new(Written.File, 1, 1);

    private readonly string _text;
    private int _at;

    private FlowText(string text) => _text = text;

    public static ConfigurationNode Parse(string text)
    {
        var reader = new FlowText(text);
        var node = reader.ReadNode();
        reader.SkipSpace();
        Assert.True(reader._at == text.Length, $"'{text[reader._at..]}' is left over.");
        return node;
    }

    private ConfigurationNode ReadNode()
    {
        SkipSpace();
        return Peek() switch
        {
            '{' => ReadMapping(),
            '[' => ReadSequence(),
            '\'' => new ConfigurationNode.Scalar(Place, ReadQuoted(), isQuoted: true),
            _ => new ConfigurationNode.Scalar(Place, ReadUntil(",]}").Trim()),
        };
    }

    private ConfigurationNode.Mapping ReadMapping()
    {
        var entries = new List<ConfigurationEntry>();
        foreach (var _ in Items('}'))
        {
            var key = ReadKey();
            entries.Add(new ConfigurationEntry(key, Place, ReadNode()));
        }

        return new ConfigurationNode.Mapping(Place, [.. entries]);
    }

    private ConfigurationNode.Sequence ReadSequence()
    {
        var items = new List<ConfigurationNode>();
        foreach (var _ in Items(']'))
        {
            items.Add(ReadNode());
        }

        return new ConfigurationNode.Sequence(Place, [.. items]);
    }

    /// <summary>Once for each item, which the caller reads; then the closing bracket is behind.</summary>
    private IEnumerable<int> Items(char end)
    {
        _at++;
        for (var index = 0; ; index++)
        {
            SkipSpace();
            if (Peek() == end)
            {
                _at++;
                yield break;
            }

            yield return index;
            SkipSpace();
            if (Peek() == ',')
            {
                _at++;
            }
        }
    }

    private string ReadKey()
    {
        var end = _text.IndexOf(": ", _at, StringComparison.Ordinal);
        var key = _text[_at..end];
        _at = end + 2;
        return key;
    }

    private string ReadQuoted()
    {
        _at++;
        var text = ReadUntil("'");
        _at++;
        return text;
    }

    private string ReadUntil(string ends)
    {
        var start = _at;
        while (_at < _text.Length && !ends.Contains(Peek()))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private char Peek()
    {
        Assert.True(_at < _text.Length, $"'{_text}' ends too early.");
        return _text[_at];
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }
}
