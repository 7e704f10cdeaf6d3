namespace Farspan.Cluster;

/// <summary>What a row is about. The numbers are stored and sent.</summary>
public enum RowKind
{
    /// <summary>A node's registration: <see cref="NodeRegistration"/>.</summary>
    Node = 1,

    /// <summary>The record of one attempt of a call.</summary>
    CallRecord = 2,

    /// <summary>The last sealed token of one half of a call.</summary>
    SealedToken = 3,

    /// <summary>A copy of an entry of another node's contact journal.</summary>
    JournalCopy = 4,
}
