using Farspan.Calls;

namespace Farspan.Store;

/// <summary>What a journal had to say when it was opened.</summary>
/// <param name="Open">Contacts whose fate is not settled, oldest first.</param>
/// <param name="Entries">Lines that were good.</param>
/// <param name="DamagedLines">Lines whose checksum or form was wrong; they were skipped.</param>
/// <param name="TornBytes">What a crash in the middle of a write left at the end; cut off.</param>
/// <param name="Outlived">Intents too old to be replayed, whose contacts were never known.</param>
public sealed record JournalReplay(
    IReadOnlyList<OpenContact> Open,
    int Entries,
    int DamagedLines,
    int TornBytes,
    IReadOnlyList<OpenContact> Outlived);
