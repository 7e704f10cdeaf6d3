using System.Globalization;
using System.Net;
using System.Text;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Bench;

/// <summary>
/// The carrier's messages of one call after the other. They are patched in place, so that only what the
/// receiver does is measured.
/// </summary>
internal sealed class CarrierScript
{
    /// <summary>Stands for the call's number in the templates.</summary>
    private const int Placeholder = 0x7ACE_FACE;
    private const string TagPlaceholder = "tttttttttttttttt";

    private readonly byte[] _invite = InviteSample.Create(Placeholder);
    private readonly byte[] _ack = Encoding.ASCII.GetBytes(InDialog("ACK", 8712));
    private readonly byte[] _bye = Encoding.ASCII.GetBytes(InDialog("BYE", 8713));
    private readonly List<(byte[] Message, int Offset)> _numbers = [];
    private readonly List<(byte[] Message, int Offset)> _tags = [];

    public CarrierScript()
    {
        var number = Encoding.ASCII.GetBytes(Placeholder.ToString("x8", CultureInfo.InvariantCulture));
        foreach (var message in (ReadOnlySpan<byte[]>)[_invite, _ack, _bye])
        {
            Find(message, number, _numbers);
            Find(message, Encoding.ASCII.GetBytes(TagPlaceholder), _tags);
        }

        Invariant.Require(_numbers.Count >= 9 && _tags.Count == 2);
    }

    public static SipFlow Flow { get; } = SipFlow.Udp(
        new IPEndPoint(IPAddress.Parse("203.0.113.7"), 5060),
        new IPEndPoint(IPAddress.Parse("192.0.2.10"), 5060));

    public ReadOnlyMemory<byte> Invite => _invite;

    public ReadOnlyMemory<byte> Ack => _ack;

    public ReadOnlyMemory<byte> Bye => _bye;

    /// <summary>Makes the messages those of another call.</summary>
    public void Begin(int number)
    {
        foreach (var (message, offset) in _numbers)
        {
            Invariant.Require(number.TryFormat(message.AsSpan(offset, 8), out _, "x8"));
        }
    }

    /// <summary>Takes the tag out of a response that has one.</summary>
    public void Learn(ReadOnlySpan<byte> response)
    {
        var to = response[response.IndexOf("\r\nTo: "u8)..];
        var at = to.IndexOf(";tag="u8);
        var end = to[2..].IndexOf("\r\n"u8) + 2;
        if (at < 0 || at > end)
        {
            return;
        }

        var tag = to[(at + ";tag="u8.Length)..end];
        Invariant.Require(tag.Length == TagPlaceholder.Length);
        foreach (var (message, offset) in _tags)
        {
            tag.CopyTo(message.AsSpan(offset));
        }
    }

    private static string InDialog(string method, int cseq) =>
        $"{method} sip:203.0.113.7:5060 SIP/2.0\r\n"
        + $"Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-{Placeholder:x8}-{method};rport\r\n"
        + $"From: \"Ann Caller\" <sip:+12125550{Placeholder % 1000:d3}@192.0.2.10>;"
        + $"tag=gK0{Placeholder:x8}\r\n"
        + $"To: <sip:+18005550100@203.0.113.7>;tag={TagPlaceholder}\r\n"
        + $"Call-ID: {Placeholder:x8}-62ff-1a04@192.0.2.10\r\nCSeq: {cseq} {method}\r\n"
        + "Max-Forwards: 69\r\nContent-Length: 0\r\n\r\n";

    private static void Find(byte[] message, byte[] pattern, List<(byte[] Message, int Offset)> places)
    {
        var at = 0;
        while (message.AsSpan(at).IndexOf(pattern) is >= 0 and var next)
        {
            places.Add((message, at + next));
            at += next + pattern.Length;
        }
    }
}
