namespace Farspan.Identity;

/// <summary>What became of a wish to join; the stranger learns only whether it was granted.</summary>
public enum JoinVerdict
{
    Granted,

    /// <summary>The request is not one.</summary>
    Malformed,

    /// <summary>The invitation was never made, was used, or has expired.</summary>
    NotInvited,

    /// <summary>The code is wrong, or somebody sits in between.</summary>
    WrongProof,
}
