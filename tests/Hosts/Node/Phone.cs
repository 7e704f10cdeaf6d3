using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Farspan.Node.Tests;

/// <summary>A telephone over UDP: says what a test tells it to, and remembers the tag it was given.</summary>
internal sealed class Phone : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly IPEndPoint _peer;
    private readonly string _callId = $"{Guid.NewGuid():N}";
    private string _toTag = "";

    public Phone(string address) => _peer = IPEndPoint.Parse(address["udp:".Length..]);

    /// <summary>The last request of the node, as it came.</summary>
    public string LastRequest { get; private set; } = "";

    /// <summary>The last final response of the node, as it came.</summary>
    public string LastResponse { get; private set; } = "";

    private int Port => ((IPEndPoint)_socket.Client.LocalEndPoint!).Port;

    /// <summary>INVITE until a final response, which is acknowledged; its status.</summary>
    public async Task<int> InviteAsync()
    {
        var offer = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n"
            + $"c=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {Port + 1} RTP/AVP 0\r\n";
        await SendAsync("INVITE", 1, offer);
        var status = await ReceiveFinalAsync();
        await SendAsync("ACK", 1);
        return status;
    }

    /// <param name="method">Within the dialog, once there is one.</param>
    /// <param name="cseq">Its number.</param>
    /// <param name="headers">Further header lines.</param>
    public async Task<int> RequestAsync(string method, int cseq, string headers = "")
    {
        await SendAsync(method, cseq, headers: headers);
        return await ReceiveFinalAsync();
    }

    /// <summary>Waits for a request of the node, answers it with 200 and returns its method.</summary>
    public async Task<string> AnswerRequestAsync()
    {
        while (true)
        {
            var message = await ReceiveAsync();
            if (!message.StartsWith("SIP/2.0", StringComparison.Ordinal))
            {
                LastRequest = message;
                var head = message.Split("\r\n").Where(
                    l => Copied.Any(c => l.StartsWith(c, StringComparison.OrdinalIgnoreCase)));
                var answer = $"SIP/2.0 200 OK\r\n{string.Join("\r\n", head)}\r\nContent-Length: 0\r\n\r\n";
                await _socket.SendAsync(Encoding.UTF8.GetBytes(answer), _peer);
                return message.Split(' ')[0];
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private static readonly string[] Copied = ["Via:", "From:", "To:", "Call-ID:", "CSeq:"];

    private async Task SendAsync(string method, int cseq, string body = "", string headers = "")
    {
        var tag = _toTag.Length > 0 ? $";tag={_toTag}" : "";
        var message = $"{method} sip:+18005550100@127.0.0.1 SIP/2.0\r\n"
            + $"Via: SIP/2.0/UDP 127.0.0.1:{Port};branch=z9hG4bK{method}{cseq}{_callId}\r\n"
            + "Max-Forwards: 70\r\n"
            + "From: <sip:phone@127.0.0.1>;tag=phone\r\n"
            + $"To: <sip:+18005550100@127.0.0.1>{tag}\r\nCall-ID: {_callId}\r\n"
            + $"CSeq: {cseq} {method}\r\nContact: <sip:phone@127.0.0.1:{Port}>\r\n{headers}"
            + (body.Length > 0 ? "Content-Type: application/sdp\r\n" : "")
            + $"Content-Length: {body.Length}\r\n\r\n{body}";
        await _socket.SendAsync(Encoding.UTF8.GetBytes(message), _peer);
    }

    private async Task<int> ReceiveFinalAsync()
    {
        while (true)
        {
            var message = await ReceiveAsync();
            var status = message.StartsWith("SIP/2.0 ", StringComparison.Ordinal)
                ? int.Parse(message[8..11])
                : 0;
            if (status >= 200)
            {
                LastResponse = message;
                var to = message.Split("\r\n").First(
                    l => l.StartsWith("To:", StringComparison.OrdinalIgnoreCase));
                _toTag = to.Split(";tag=").ElementAtOrDefault(1) ?? "";
                return status;
            }
        }
    }

    private async Task<string> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return Encoding.UTF8.GetString((await _socket.ReceiveAsync(patience.Token)).Buffer);
    }
}
