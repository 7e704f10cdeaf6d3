namespace Farspan.Calls;

/// <summary>
/// Folds journal entries into what is still open: after a crash, exactly the contacts whose fate is
/// unknown or that still have to be stopped.
/// </summary>
public sealed class ContactJournal
{
    private readonly OrderedDictionary<string, OpenContact> _open = [];

    /// <summary>Contacts without a settled fate, oldest first.</summary>
    public IReadOnlyList<OpenContact> Open => [.. _open.Values];

    /// <summary>
    /// Takes the next entry; an entry about an unknown intent is ignored (its start was lost with the disk).
    /// </summary>
    public void Apply(ContactJournalEntry entry)
    {
        switch (entry)
        {
            case ContactJournalEntry.StartIntended start:
                _open[start.IntentId] = new OpenContact(
                    start.IntentId, start.CallId, start.Request, null, false);
                break;
            case ContactJournalEntry.Adopted adopted:
                _open[adopted.IntentId] = new OpenContact(
                    adopted.IntentId, adopted.CallId, adopted.Request, adopted.ContactId, false);
                break;
            case ContactJournalEntry.Settled:
                _open.Remove(entry.IntentId);
                break;
            case ContactJournalEntry.Started started when _open.TryGetValue(entry.IntentId, out var contact):
                _open[entry.IntentId] = contact with { ContactId = started.ContactId };
                break;
            case ContactJournalEntry.StopWanted when _open.TryGetValue(entry.IntentId, out var contact):
                _open[entry.IntentId] = contact with { IsStopWanted = true };
                break;
            default:
                break;
        }
    }
}

/// <summary>A contact that the journal has not seen settled.</summary>
/// <param name="IntentId">The ClientToken of its start.</param>
/// <param name="CallId">The call it was started for.</param>
/// <param name="Request">What to replay to learn its id.</param>
/// <param name="ContactId">Null while it is "maybe started".</param>
/// <param name="IsStopWanted">Whether the call had already let go of it.</param>
public sealed record OpenContact(
    string IntentId,
    string CallId,
    StartContactRequest Request,
    string? ContactId,
    bool IsStopWanted);
