namespace Farspan.Store;

/// <summary>Hears what happens to a <see cref="JournalFile"/>, on its thread.</summary>
public interface IJournalObserver
{
    /// <summary>A group of entries is on disk.</summary>
    void Committed(int entries, TimeSpan took);

    /// <summary>Entries could not be written: calls go on, but a crash now would lose track of contacts.</summary>
    void WriteFailed(Exception failure);

    /// <summary>Everything that is open is on disk again.</summary>
    void Recovered();

    /// <summary>Something that waited for the disk threw.</summary>
    void ActionFailed(Exception failure);
}
