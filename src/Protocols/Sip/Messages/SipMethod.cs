namespace Farspan.Sip;

/// <summary>The methods we know by name (RFC 3261 §7.1 and its extensions).</summary>
public enum SipMethod : byte
{
    /// <summary>An extension method; its name is in <see cref="SipRequest.MethodName"/>.</summary>
    Other,
    Invite,
    Ack,
    Bye,
    Cancel,
    Options,
    Register,
    Prack,
    Update,
    Info,
    Subscribe,
    Notify,
    Refer,
    Message,
    Publish,
}
