namespace Farspan.Topology;

/// <summary>Finds the word that was meant, for "did you mean".</summary>
internal static class Spelling
{
    /// <summary>Longer words are not compared: nobody misspells a word of this length by accident.</summary>
    private const int LengthMax = 40;

    /// <summary>The candidate that is nearest; null if none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        var limit = 1 + (word.Length / 4);
        return candidates
            .Select(candidate => (candidate, distance: Distance(word, candidate)))
            .Where(pair => pair.distance <= limit)
            .OrderBy(pair => pair.distance)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    /// <summary>
    /// Insertions, deletions and replacements between two words (V. Levenshtein, 1965); case counts nothing.
    /// </summary>
    private static int Distance(string a, string b)
    {
        if (a.Length > LengthMax || b.Length > LengthMax)
        {
            return int.MaxValue;
        }

        Span<int> row = stackalloc int[LengthMax + 1];
        for (var column = 0; column <= b.Length; column++)
        {
            row[column] = column;
        }

        for (var i = 0; i < a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < b.Length; j++)
            {
                var isSame = char.ToLowerInvariant(a[i]) == char.ToLowerInvariant(b[j]);
                var replaced = diagonal + (isSame ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, 1 + Math.Min(row[j], diagonal));
            }
        }

        return row[b.Length];
    }
}
