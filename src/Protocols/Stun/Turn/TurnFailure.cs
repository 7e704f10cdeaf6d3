namespace Farspan.Stun;

/// <summary>Why there is no allocation, or no longer one (RFC 8656 §7.4, §8.3).</summary>
public enum TurnFailure
{
    /// <summary>The server does not answer.</summary>
    TimedOut,

    /// <summary>401 or 441: the credentials are wrong or expired.</summary>
    Unauthorized,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>
    /// 437 to an Allocate: the server remembers another one of this address; try from another port.
    /// </summary>
    AllocationMismatch,

    /// <summary>486: the user has too many allocations.</summary>
    QuotaReached,

    /// <summary>508: the server has no relay address left.</summary>
    InsufficientCapacity,

    /// <summary>300: see <see cref="TurnEffect.Redirected"/>, which comes first.</summary>
    Redirected,

    /// <summary>The server no longer knows our allocation.</summary>
    AllocationLost,

    /// <summary>Any other error code.</summary>
    Rejected,

    /// <summary>A success without an address or a lifetime that we could use.</summary>
    BadResponse,
}
