namespace Farspan.Sip;

/// <summary>What a response must show to belong to a client transaction (RFC 3261 §17.1.3).</summary>
internal readonly record struct ClientTransactionKey(string Branch, string MethodName)
{
    public static ClientTransactionKey Of(SipRequest request) =>
        new(request.TopVia.Branch ?? "", request.MethodName);

    public static ClientTransactionKey Of(SipResponse response) =>
        new(response.TopVia.Branch ?? "", response.CSeq.MethodName);

    /// <summary>Branches are random: the method need not be hashed as well.</summary>
    public override int GetHashCode() => Branch.GetHashCode(StringComparison.Ordinal);

    public bool Equals(ClientTransactionKey other) =>
        Branch == other.Branch && MethodName == other.MethodName;
}
