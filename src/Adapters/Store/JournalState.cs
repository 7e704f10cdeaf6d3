using System.Buffers;
using Farspan.Calls;

namespace Farspan.Store;

/// <summary>
/// What a journal says in all: folds its lines, and writes what is still open as the fewest lines.
/// </summary>
internal sealed class JournalState
{
    private readonly ContactJournal _journal = new();
    private readonly Dictionary<string, DateTimeOffset> _begun = [];

    public IReadOnlyList<OpenContact> Open => _journal.Open;

    public void Apply(ContactJournalEntry entry, DateTimeOffset at)
    {
        _journal.Apply(entry);
        if (entry is ContactJournalEntry.Settled)
        {
            _begun.Remove(entry.IntentId);
        }
        else if (entry is ContactJournalEntry.StartIntended or ContactJournalEntry.Adopted)
        {
            _begun[entry.IntentId] = at;
        }
    }

    /// <summary>Reads every line; never fails, whatever the bytes are.</summary>
    public (int Entries, int Damaged, int Torn) Read(ReadOnlySpan<byte> file)
    {
        var (entries, damaged) = (0, 0);
        while (file.IndexOf((byte)'\n') is >= 0 and var end)
        {
            if (JournalLine.TryRead(file[..end], out var entry, out var at))
            {
                Apply(entry, at);
                entries++;
            }
            else if (end > 0)
            {
                damaged++;
            }

            file = file[(end + 1)..];
        }

        return (entries, damaged, file.Length);
    }

    /// <summary>Lets go of intents from before a moment whose contacts never became known.</summary>
    public IReadOnlyList<OpenContact> Outlive(DateTimeOffset before)
    {
        var outlived = Open.Where(o => o.ContactId is null && _begun[o.IntentId] < before).ToArray();
        foreach (var open in outlived)
        {
            Apply(new ContactJournalEntry.Settled(open.IntentId, ContactFate.Unknown), before);
        }

        return outlived;
    }

    /// <summary>Writes a journal that means the same.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        foreach (var open in Open)
        {
            var at = _begun[open.IntentId];
            JournalLine.Write(
                new ContactJournalEntry.StartIntended(open.IntentId, open.CallId, open.Request), at, output);
            if (open.ContactId is { } contactId)
            {
                JournalLine.Write(new ContactJournalEntry.Started(open.IntentId, contactId), at, output);
            }

            if (open.IsStopWanted)
            {
                JournalLine.Write(new ContactJournalEntry.StopWanted(open.IntentId), at, output);
            }
        }
    }
}
