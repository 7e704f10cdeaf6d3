using System.Text;

namespace Farspan.Cluster;

/// <summary>
/// One entry of the configuration log: what a writer changed, and when. It is never changed itself.
/// </summary>
/// <param name="Writer">One start of one node; nobody else uses this id, before or after.</param>
/// <param name="Sequence">Counts the writer's changes from 1.</param>
/// <param name="At">Orders changes of the same key.</param>
/// <param name="Key">What was changed.</param>
/// <param name="Value">Null: the key was removed.</param>
public sealed record ConfigurationChange(
    string Writer, long Sequence, HybridTimestamp At, string Key, string? Value)
{
    /// <summary>
    /// Whether it is what counts where both are known: later, or equally late by the greater writer.
    /// </summary>
    public bool Supersedes(ConfigurationChange other)
    {
        var order = At.CompareTo(other.At);
        order = order != 0 ? order : string.CompareOrdinal(Writer, other.Writer);
        return (order != 0 ? order : Sequence.CompareTo(other.Sequence)) > 0;
    }

    /// <summary>Looks at what a stranger could have made of it.</summary>
    /// <returns>Null if it is well formed.</returns>
    public LogFault? Check()
    {
        var isWell = Writer is { Length: > 0 and <= ClusterLimits.WriterCharactersMax }
            && Ascii.IsValid(Writer)
            && Sequence > 0
            && At.Packed >= 0
            && Key is { Length: > 0 and <= ClusterLimits.KeyCharactersMax }
            && ClusterText.IsStorable(Key)
            && (Value is null
                || (Value.Length <= ClusterLimits.ValueCharactersMax && ClusterText.IsStorable(Value)));
        return isWell
            ? null
            : new LogFault(LogFaultKind.Malformed, $"change {Sequence} of {Shorten(Writer)}");
    }

    private static string Shorten(string? name) =>
        name is null ? "nobody" : name[..Math.Min(name.Length, ClusterLimits.NameCharactersMax)];
}
