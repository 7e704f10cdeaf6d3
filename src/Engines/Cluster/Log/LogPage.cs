using System.Collections.Immutable;

namespace Farspan.Cluster;

/// <summary>Some of the changes that somebody lacks, in the order of writer and sequence.</summary>
/// <param name="Changes">At most <see cref="ClusterLimits.ChangesPerAnswerMax"/>.</param>
/// <param name="Through">What the reader has been shown when it has read this page.</param>
/// <param name="HasMore"> Whether pages follow. Only after the last one does <paramref name="Through"/> say
/// what the reader knows: a change may be missing because a later page holds what replaced it. </param>
public sealed record LogPage(
    ImmutableArray<ConfigurationChange> Changes, VersionVector Through, bool HasMore)
{
    internal static LogPage Read(
        IEnumerable<(string Writer, IReadOnlyList<ConfigurationChange> Changes)> writers,
        VersionVector seen,
        VersionVector have,
        int changesMax)
    {
        var page = ImmutableArray.CreateBuilder<ConfigurationChange>();
        var through = have;
        var characters = 0;
        foreach (var (writer, changes) in writers)
        {
            for (var i = WriterLog.IndexAfter(changes, have[writer]); i < changes.Count; i++)
            {
                var change = changes[i];
                characters += change.Key.Length + (change.Value?.Length ?? 0);
                if (page.Count > 0
                    && (page.Count >= changesMax
                        || characters > ClusterLimits.CharactersPerAnswerMax))
                {
                    return new LogPage(page.ToImmutable(), through, HasMore: true);
                }

                page.Add(change);
                through = through.With(writer, change.Sequence);
            }
        }

        return new LogPage(page.ToImmutable(), through.Merge(seen), HasMore: false);
    }
}
