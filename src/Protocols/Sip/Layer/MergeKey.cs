namespace Farspan.Sip;

/// <summary>What two requests have in common that reached us on two paths (RFC 3261 §8.2.2.2).</summary>
internal readonly record struct MergeKey(string CallId, string FromTag, uint CSeqNumber, string MethodName)
{
    public static MergeKey Of(SipRequest request) =>
        new(request.CallId, request.From.Tag ?? "", request.CSeq.Number, request.MethodName);

    /// <summary>Call-IDs are unique: they alone are hashed.</summary>
    public override int GetHashCode() => CallId.GetHashCode(StringComparison.Ordinal);

    public bool Equals(MergeKey other) =>
        CallId == other.CallId
        && FromTag == other.FromTag
        && CSeqNumber == other.CSeqNumber
        && MethodName == other.MethodName;
}
