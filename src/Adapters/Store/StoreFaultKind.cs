namespace Farspan.Store;

/// <summary>Why a store did not do what was asked. None of them stops a call.</summary>
public enum StoreFaultKind
{
    /// <summary>Somebody else holds a lock; it goes away by itself.</summary>
    Busy,

    /// <summary>No room is left where it writes.</summary>
    DiskFull,

    /// <summary>The database does not answer, or the file is not there.</summary>
    Unreachable,

    /// <summary>We may not.</summary>
    Denied,

    /// <summary>What is stored is not a database, or no longer a whole one.</summary>
    Damaged,

    /// <summary>A newer version of this program has changed the tables.</summary>
    SchemaTooNew,

    /// <summary>Anything else; the reason says what.</summary>
    Failed,
}
