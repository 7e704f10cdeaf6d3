namespace Farspan.Sip;

/// <summary>What makes two requests the same transaction (RFC 3261 §17.2.3).</summary>
/// <param name="Branch">The branch of the top Via; for the clients of RFC 2543 what stands in for it.</param>
/// <param name="SentByHost">The host of the top Via.</param>
/// <param name="SentByPort">The port of the top Via; 0 for none.</param>
/// <param name="MethodName">The method, with INVITE for ACK.</param>
internal readonly record struct ServerTransactionKey(
    string Branch, string SentByHost, int SentByPort, string MethodName)
{
    private const string Invite = "INVITE";

    public static ServerTransactionKey Of(SipRequest request) =>
        Of(request, request.Method == SipMethod.Ack ? Invite : request.MethodName);

    /// <summary>The INVITE that a CANCEL takes back (RFC 3261 §9.2).</summary>
    public static ServerTransactionKey OfCancelled(SipRequest cancel) => Of(cancel, Invite);

    /// <summary>Branches are random, or contain the Call-ID: they alone are hashed.</summary>
    public override int GetHashCode() => Branch.GetHashCode(StringComparison.Ordinal);

    public bool Equals(ServerTransactionKey other) =>
        Branch == other.Branch
        && MethodName == other.MethodName
        && SentByPort == other.SentByPort
        && SentByHost.Equals(other.SentByHost, StringComparison.OrdinalIgnoreCase);

    private static ServerTransactionKey Of(SipRequest request, string methodName)
    {
        var via = request.TopVia;
        var branch = via.HasMagicCookie ? via.Branch! : StandIn(request);
        return new ServerTransactionKey(branch, via.Host, via.Port ?? 0, methodName);
    }

    /// <summary>
    /// RFC 2543 clients: Request-URI, From tag, Call-ID, CSeq number and top Via. The To tag is left out,
    /// since the ACK shows the one of our response and the INVITE none.
    /// </summary>
    private static string StandIn(SipRequest request) =>
        $"{request.CallId} {request.CSeq.Number} {request.From.Tag} {request.RequestUri} "
        + request.TopVia.Branch;
}
