using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Farspan.Interop.Tests;

/// <summary>
/// A caller made of text over UDP, beside all parsers of ours, so that it can also say what no client would.
/// Repeats requests that are not answered (RFC 3261 §17.1) and acknowledges.
/// </summary>
internal sealed class SipProbe : IAsyncDisposable
{
    private static readonly TimeSpan T1 = TimeSpan.FromMilliseconds(500);

    private readonly IPEndPoint _server;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly ConcurrentDictionary<string, Channel<SipAnswer>> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SipAnswer> _byes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (SipCall Call, SipAnswer Answer)> _open =
        new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _listening;
    private int _callsMade;

    public SipProbe(IPEndPoint server)
    {
        _server = server;
        _socket.ReceiveBufferSize = 4 << 20;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listening = ListenAsync();
    }

    private IPEndPoint Local => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Calls and returns the final response, which it acknowledges.</summary>
    public async Task<SipAnswer> InviteAsync(SipCall call, TimeSpan within)
    {
        var callId = NewCallId();
        var final = await RequestAsync(callId, Invite(call, callId), within);
        await SendAsync(Ack(call, final));
        if (final.StatusCode < 300)
        {
            _open[callId] = (call, final);
        }

        return final;
    }

    /// <summary>Sends OPTIONS and returns the response.</summary>
    public Task<SipAnswer> OptionsAsync(TimeSpan within)
    {
        var callId = NewCallId();
        return RequestAsync(callId, string.Join("\r\n",
            $"OPTIONS sip:{_server} SIP/2.0",
            $"Via: SIP/2.0/UDP {Local};branch=z9hG4bK{callId}",
            $"From: <sip:probe@{Local}>;tag=probe",
            $"To: <sip:{_server}>",
            $"Call-ID: {callId}",
            "CSeq: 1 OPTIONS",
            "Max-Forwards: 70",
            "Content-Length: 0",
            "",
            ""), within);
    }

    /// <summary>Ends a call that was answered.</summary>
    public async Task ByeAsync(SipCall call, SipAnswer answer, TimeSpan within)
    {
        var bye = InDialog("BYE", 2, call, answer);
        _open.TryRemove(answer.CallId, out _);
        var final = await RequestAsync(answer.CallId, bye, within);
        Assert.Equal(200, final.StatusCode);
    }

    /// <summary>Waits for the other side's BYE, which is answered.</summary>
    public async Task<SipAnswer> ByeOfOtherSideAsync(SipAnswer answer, TimeSpan within)
    {
        await Eventually.TrueAsync(
            () => _byes.ContainsKey(answer.CallId), within, () => $"a BYE in {answer.CallId}");
        return _byes[answer.CallId];
    }

    public Task SendAsync(string message) => SendAsync(Encoding.ASCII.GetBytes(message));

    public async Task SendAsync(byte[] datagram) => await _socket.SendToAsync(datagram, _server);

    /// <summary>An INVITE of this probe that is never answered to anybody: to be damaged.</summary>
    public string Invite(SipCall call) => Invite(call, NewCallId());

    /// <summary>Hangs up where a test that failed has not.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var (call, answer) in _open.Values)
        {
            await SendAsync(InDialog("BYE", 2, call, answer));
        }

        await _end.CancelAsync();
        await _listening;
        _socket.Dispose();
        _end.Dispose();
    }

    private async Task<SipAnswer> RequestAsync(string callId, string request, TimeSpan within)
    {
        var answers = _calls.GetOrAdd(callId, _ => Channel.CreateUnbounded<SipAnswer>());
        using var limit = new CancellationTokenSource(within);
        var repeating = RepeatAsync(request, answers.Reader, limit.Token);
        try
        {
            while (true)
            {
                var answer = await answers.Reader.ReadAsync(limit.Token);
                if (answer.IsFinal)
                {
                    return answer;
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"No final response within {within} to\n{request}");
        }
        finally
        {
            await limit.CancelAsync();
            await repeating;
            _calls.TryRemove(callId, out _);
        }
    }

    private async Task RepeatAsync(string request, ChannelReader<SipAnswer> answers, CancellationToken end)
    {
        try
        {
            var interval = T1;
            do
            {
                await SendAsync(request);
                await Task.Delay(interval, end);
                interval *= 2;
            }
            while (answers.Count == 0 && !answers.Completion.IsCompleted);
        }
        catch (OperationCanceledException)
        {
            // It was answered, or time is over.
        }
    }

    private async Task ListenAsync()
    {
        var datagram = new byte[65_536];
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var bytes = await _socket.ReceiveAsync(datagram, SocketFlags.None, _end.Token);
                await TakeAsync(new SipAnswer(Encoding.UTF8.GetString(datagram, 0, bytes)));
            }
            catch (SocketException)
            {
                // The far port is closed (ICMP): whoever waits will say that no answer came.
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task TakeAsync(SipAnswer message)
    {
        if (message.StatusCode > 0)
        {
            if (_calls.TryGetValue(message.CallId, out var call))
            {
                await call.Writer.WriteAsync(message);
            }
        }
        else if (message.Text.StartsWith("BYE ", StringComparison.Ordinal))
        {
            _byes[message.CallId] = message;
            _open.TryRemove(message.CallId, out _);
            await SendAsync(Ok(message));
        }
    }

    private string NewCallId() =>
        $"{Interlocked.Increment(ref _callsMade)}-{Local.Port}-{Environment.ProcessId}";

    private string Invite(SipCall call, string callId) => string.Join("\r\n",
        $"INVITE sip:{call.Called}@{_server} SIP/2.0",
        $"Via: SIP/2.0/UDP {Local};branch=z9hG4bK{callId}",
        $"From: <sip:{call.Caller}@{Local}>;tag={callId}",
        $"To: <sip:{call.Called}@{_server}>",
        $"Call-ID: {callId}",
        "CSeq: 1 INVITE",
        $"Contact: <sip:{call.Caller}@{Local}>",
        "Max-Forwards: 70",
        "Content-Type: application/sdp",
        $"Content-Length: {call.Sdp.Length}",
        "",
        call.Sdp);

    private string Ack(SipCall call, SipAnswer final) => final.StatusCode < 300
        ? InDialog("ACK", 1, call, final)
        : string.Join("\r\n",
            $"ACK sip:{call.Called}@{_server} SIP/2.0",
            $"Via: SIP/2.0/UDP {Local};branch=z9hG4bK{final.CallId}",
            $"From: {final.Header("From")}",
            $"To: {final.Header("To")}",
            $"Call-ID: {final.CallId}",
            "CSeq: 1 ACK",
            "Max-Forwards: 70",
            "Content-Length: 0",
            "",
            "");

    private string InDialog(string method, int sequence, SipCall call, SipAnswer answer) => string.Join(
        "\r\n",
        $"{method} {answer.Header("Contact").Split('<', '>')[1]} SIP/2.0",
        $"Via: SIP/2.0/UDP {Local};branch=z9hG4bK{answer.CallId}{method}",
        $"From: {answer.Header("From")}",
        $"To: {answer.Header("To")}",
        $"Call-ID: {answer.CallId}",
        $"CSeq: {sequence} {method}",
        $"Contact: <sip:{call.Caller}@{Local}>",
        "Max-Forwards: 70",
        "Content-Length: 0",
        "",
        "");

    private static string Ok(SipAnswer request) => string.Join("\r\n",
        "SIP/2.0 200 OK",
        $"Via: {request.Header("Via")}",
        $"From: {request.Header("From")}",
        $"To: {request.Header("To")}",
        $"Call-ID: {request.CallId}",
        $"CSeq: {request.Header("CSeq")}",
        "Content-Length: 0",
        "",
        "");
}
