using System.Text;

namespace Farspan.Render;

/// <summary>A text that grows line by line.</summary>
internal sealed class TextLines
{
    private readonly StringBuilder _text = new();

    public TextLines Add(string line = "")
    {
        _text.Append(line).Append('\n');
        return this;
    }

    public TextLines Add(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Add(line);
        }

        return this;
    }

    /// <summary>Adds a text of several lines, further to the right.</summary>
    public TextLines AddIndented(string text, int columns)
    {
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            Add(line.Length == 0 ? "" : new string(' ', columns) + line);
        }

        return this;
    }

    public override string ToString() => _text.ToString();
}
