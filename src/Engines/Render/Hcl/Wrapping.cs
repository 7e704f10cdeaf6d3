using System.Text;

namespace Farspan.Render;

/// <summary>Breaks prose into lines at spaces.</summary>
public static class Wrapping
{
    public static IEnumerable<string> Lines(string text, int columnsMax) =>
        text.Split('\n').SelectMany(paragraph => Wrap(paragraph, columnsMax));

    private static IEnumerable<string> Wrap(string paragraph, int columnsMax)
    {
        var line = new StringBuilder();
        foreach (var word in paragraph.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > columnsMax)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }
}
