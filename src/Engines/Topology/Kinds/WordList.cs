namespace Farspan.Topology;

/// <summary>Finds the word that is written among those that may be.</summary>
internal static class WordList
{
    /// <summary>For people.</summary>
    public static string Of(string[] words) => string.Join(", ", words.Select(word => $"`{word}`"));

    /// <summary>The number of the word; -1, with a finding, for anything else.</summary>
    public static int Read(Reading reading, ValueKind kind, string[] words)
    {
        if (!reading.TryGetText(kind, out var text))
        {
            return -1;
        }

        var index = Array.IndexOf(words, text);
        if (index < 0)
        {
            var near = Spelling.Nearest(text, words);
            reading.Report(
                FindingRules.BadValue,
                $"{Reading.Quote(text)} is none of {Of(words)}",
                near is null ? kind.Advice : $"Did you mean '{near}'?");
        }

        return index;
    }
}
