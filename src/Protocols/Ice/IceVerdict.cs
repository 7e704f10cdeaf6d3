namespace Farspan.Ice;

/// <summary>
/// What <see cref="IceResponder"/> makes of a request: an answer, and whether it counts as a check.
/// </summary>
/// <param name="Answer">The response to send back.</param>
/// <param name="IsAccepted">False if the answer is an error.</param>
/// <param name="SwitchesRole">The peer has the stronger claim to our role (RFC 8445 §7.3.1.1).</param>
/// <param name="Priority">The PRIORITY attribute.</param>
/// <param name="UseCandidate">Whether USE-CANDIDATE was there.</param>
internal readonly record struct IceVerdict(
    ReadOnlyMemory<byte> Answer,
    bool IsAccepted,
    bool SwitchesRole = false,
    uint Priority = 0,
    bool UseCandidate = false);
