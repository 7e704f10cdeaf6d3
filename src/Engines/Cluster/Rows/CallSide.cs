namespace Farspan.Cluster;

/// <summary>The half of a call that a token can rebuild.</summary>
public enum CallSide
{
    /// <summary>The carrier's half: a caller token.</summary>
    Caller,

    /// <summary>Amazon Connect's half: a resume token.</summary>
    Contact,
}
