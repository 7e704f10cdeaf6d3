using System.Text;

namespace Farspan.Amazon;

/// <summary>Splits a command line into words as a POSIX shell does (XCU §2.2), expanding nothing.</summary>
internal static class CommandLine
{
    /// <returns>The words; none if a quote is open at the end.</returns>
    public static string[] Split(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '\\' && quote != '\'' && i + 1 < line.Length && IsEscaped(line[i + 1], quote))
            {
                (word ??= new StringBuilder()).Append(line[++i]);
            }
            else if (quote != '\0' ? c == quote : c is '\'' or '"')
            {
                word ??= new StringBuilder();
                quote = quote == '\0' ? c : '\0';
            }
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                Finish(words, ref word);
            }
            else
            {
                (word ??= new StringBuilder()).Append(c);
            }
        }

        Finish(words, ref word);
        return quote == '\0' ? [.. words] : [];
    }

    private static bool IsEscaped(char next, char quote) =>
        quote == '\0' || next is '\\' or '"' or '$' or '`';

    private static void Finish(List<string> words, ref StringBuilder? word)
    {
        if (word is not null)
        {
            words.Add(word.ToString());
            word = null;
        }
    }
}
