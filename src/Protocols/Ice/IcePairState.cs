namespace Farspan.Ice;

/// <summary>The state of one pair in the checklist (RFC 8445 §6.1.2.6).</summary>
internal enum IcePairState
{
    Frozen,
    Waiting,
    InProgress,
    Succeeded,
    Failed,
}
