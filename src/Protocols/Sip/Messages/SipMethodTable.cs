using System.Text;

namespace Farspan.Sip;

/// <summary>Names of methods and back; case-sensitive (RFC 3261 §7.1).</summary>
internal static class SipMethodTable
{
    private static readonly string[] _names =
    [
        "", "INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER", "PRACK",
        "UPDATE", "INFO", "SUBSCRIBE", "NOTIFY", "REFER", "MESSAGE", "PUBLISH",
    ];

    /// <summary>The name; empty for <see cref="SipMethod.Other"/>.</summary>
    public static string Name(SipMethod method) => _names[(int)method];

    public static string Name(SipMethod method, ReadOnlySpan<byte> text) =>
        method == SipMethod.Other ? Encoding.UTF8.GetString(text) : Name(method);

    public static SipMethod Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when name.SequenceEqual("ACK"u8) => SipMethod.Ack,
        3 when name.SequenceEqual("BYE"u8) => SipMethod.Bye,
        4 when name.SequenceEqual("INFO"u8) => SipMethod.Info,
        5 when name.SequenceEqual("PRACK"u8) => SipMethod.Prack,
        5 when name.SequenceEqual("REFER"u8) => SipMethod.Refer,
        6 when name.SequenceEqual("INVITE"u8) => SipMethod.Invite,
        6 when name.SequenceEqual("CANCEL"u8) => SipMethod.Cancel,
        6 when name.SequenceEqual("UPDATE"u8) => SipMethod.Update,
        6 when name.SequenceEqual("NOTIFY"u8) => SipMethod.Notify,
        7 when name.SequenceEqual("OPTIONS"u8) => SipMethod.Options,
        7 when name.SequenceEqual("MESSAGE"u8) => SipMethod.Message,
        7 when name.SequenceEqual("PUBLISH"u8) => SipMethod.Publish,
        8 when name.SequenceEqual("REGISTER"u8) => SipMethod.Register,
        9 when name.SequenceEqual("SUBSCRIBE"u8) => SipMethod.Subscribe,
        _ => SipMethod.Other,
    };

    public static SipMethod Find(string name)
    {
        var index = Array.IndexOf(_names, name);
        return index > 0 ? (SipMethod)index : SipMethod.Other;
    }
}
