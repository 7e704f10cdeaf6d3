namespace Farspan.Sip;

/// <summary>
/// Where the start line and the body of a message lie; the header lines are kept beside it.
/// </summary>
internal struct SipLayout
{
    public SipMethod Method;

    /// <summary>0 in a request.</summary>
    public ushort StatusCode;

    /// <summary>Method name of a request.</summary>
    public SipRange MethodName;

    /// <summary>Request-URI of a request, reason phrase of a response.</summary>
    public SipRange Target;

    public SipRange Body;

    public int FieldCount;

    public readonly bool IsRequest => StatusCode == 0;
}
