using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>A request (RFC 3261 §7.1).</summary>
public sealed class SipRequest : SipMessage
{
    private readonly SipMethod _method;
    private SipUri? _requestUri;
    private string? _methodName;

    internal SipRequest(byte[] bytes, SipHeaderField[] fields, in SipLayout layout)
        : base(bytes, fields, layout) =>
        _method = layout.Method;

    public SipMethod Method => _method;

    public string MethodName => _methodName ??= SipMethodTable.Name(_method, View.MethodName);

    public SipUri RequestUri => _requestUri ??= ReadRequestUri();

    /// <summary>
    /// Null if absent or out of range: as good as <see cref="SipLimits.DefaultMaxForwards"/>.
    /// </summary>
    public int? MaxForwards => View.MaxForwards;

    /// <summary>Options a proxy must support; 420 if it does not.</summary>
    public IReadOnlyList<string> ProxyRequire => GetHeaders(SipHeader.ProxyRequire);

    private SipUri ReadRequestUri()
    {
        Invariant.Require(SipUri.TryParse(View.RequestUri, out var uri));
        return uri;
    }
}
