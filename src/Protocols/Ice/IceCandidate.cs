using System.Diagnostics.CodeAnalysis;
using Farspan.Kernel;

namespace Farspan.Ice;

/// <summary>
/// A transport address where a peer may be reached over UDP, with what RFC 8445 §5.1 knows about it.
/// Its text is the value of <c>a=candidate</c> (RFC 8839 §5.1).
/// </summary>
/// <param name="Kind">How the address was learned.</param>
/// <param name="Address">What is put into the description.</param>
/// <param name="Priority">See <see cref="IcePriority"/>.</param>
/// <param name="Foundation">Equal for candidates that probably work or fail together.</param>
/// <param name="Related">What reflexive and relayed candidates are derived from; none if not told.</param>
public sealed record IceCandidate(
    IceCandidateKind Kind,
    TransportAddress Address,
    uint Priority,
    string Foundation,
    TransportAddress Related = default)
{
    /// <summary>Reads the value of an attribute, with or without the leading <c>candidate:</c>.</summary>
    public static bool TryParse(
        ReadOnlySpan<char> text,
        [NotNullWhen(true)] out IceCandidate? candidate,
        out IceCandidateError error) =>
        IceCandidateText.TryParse(text, out candidate, out error);

    /// <summary>The value of an attribute, beginning with <c>candidate:</c>.</summary>
    public override string ToString() => IceCandidateText.Write(this);
}
