namespace Farspan.Sip;

/// <summary>
/// The sequence number and method of a request, repeated in its responses (RFC 3261 §20.16).
/// </summary>
/// <param name="Number">Read up to 32 bits; what we originate stays below 2**31 (§8.1.1.5).</param>
/// <param name="Method">Known method, or <see cref="SipMethod.Other"/>.</param>
/// <param name="MethodName">The method as written.</param>
public readonly record struct CSeq(uint Number, SipMethod Method, string MethodName)
{
    public CSeq(uint number, SipMethod method)
        : this(number, method, SipMethodTable.Name(method))
    {
    }

    public override string ToString() => $"{Number} {MethodName}";
}
