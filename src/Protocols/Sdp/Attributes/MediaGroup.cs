using System.Collections.Immutable;

namespace Farspan.Sdp;

/// <summary>m= lines that belong together (a=group, RFC 5888 §5); BUNDLE is RFC 9143.</summary>
public sealed record MediaGroup(string Semantics, ImmutableArray<string> Mids)
{
    public const string Bundle = "BUNDLE";
}
