using System.Diagnostics.Metrics;
using Farspan.Sip;

namespace Farspan.Observability;

/// <summary>
/// Counts SIP messages by method or status. What a stranger makes up is counted as "other".
/// </summary>
public sealed class SipMetrics
{
    private static readonly string[] Methods =
    [
        "INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "INFO", "UPDATE", "PRACK", "REGISTER", "MESSAGE",
        "NOTIFY",
        "SUBSCRIBE", "REFER", "PUBLISH",
    ];

    private readonly Counter<long> _messages;
    private readonly Counter<long> _shed;
    private readonly Counter<long> _strangers;
    private readonly Counter<long> _flowFailures;

    public SipMetrics(Meter meter)
    {
        _messages = meter.CreateCounter<long>(
            "farspan.sip.messages", null,
            "SIP messages, by direction (in, out), transport and kind: method or status.");
        _shed = meter.CreateCounter<long>(
            "farspan.sip.messages.shed", null,
            "SIP messages thrown away unread because the node had too much to do.");
        _strangers = meter.CreateCounter<long>(
            "farspan.sip.strangers.silenced", null,
            "Messages of sources that belong to no trunk which were thrown away unread: too many a second.");
        _flowFailures = meter.CreateCounter<long>(
            "farspan.sip.flow.failures", null,
            "SIP connections and paths that failed, by transport and reason.");
    }

    public void CountReceived(SipTransport transport, ReadOnlySpan<byte> message) =>
        Count("in", transport, message);

    public void CountSent(SipTransport transport, ReadOnlySpan<byte> message) =>
        Count("out", transport, message);

    public void CountShed() => _shed.Add(1);

    public void CountSilenced() => _strangers.Add(1);

    public void CountFailure(SipTransport transport, string reason) =>
        _flowFailures.Add(1, new("transport", transport), new("reason", reason));

    /// <summary>The method of a request or the status of a response, from a closed set.</summary>
    internal static string KindOf(ReadOnlySpan<byte> message)
    {
        if (message.StartsWith("SIP/2.0 "u8))
        {
            return message.Length >= 11 && StatusOf(message[8..11]) is { } status ? status : "other";
        }

        foreach (var method in Methods)
        {
            if (message.Length > method.Length
                && message[method.Length] == ' '
                && System.Text.Ascii.Equals(message[..method.Length], method))
            {
                return method;
            }
        }

        return "other";
    }

    private static string? StatusOf(ReadOnlySpan<byte> digits) =>
        digits[0] is >= (byte)'1' and <= (byte)'6'
            && !digits[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9')
            ? System.Text.Encoding.ASCII.GetString(digits)
            : null;

    private void Count(string direction, SipTransport transport, ReadOnlySpan<byte> message) =>
        _messages.Add(
            1, new("direction", direction), new("transport", transport), new("kind", KindOf(message)));
}
