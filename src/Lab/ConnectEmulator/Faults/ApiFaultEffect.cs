namespace Farspan.ConnectEmulator;

/// <summary>What an <see cref="ApiFault"/> does to a request.</summary>
public enum ApiFaultEffect
{
    /// <summary>It is refused with a status and an error type.</summary>
    Refuse,

    /// <summary>It is performed, and the answer comes late.</summary>
    Delay,

    /// <summary>It is never performed, and no answer comes.</summary>
    LoseRequest,

    /// <summary>It is performed, and no answer comes.</summary>
    LoseAnswer,
}
