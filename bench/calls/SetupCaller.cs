using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Farspan.Sip;

namespace Farspan.Bench;

/// <summary>
/// A carrier that only signals: sends INVITEs at a steady rate, notes when the first 100 comes, answers a
/// 200 with ACK and, after a while, BYE.
/// </summary>
internal sealed class SetupCaller : IDisposable
{
    private const int DatagramBytes = 65_535;
    private static readonly TimeSpan TalkTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Socket _sip = Open();
    private readonly Socket _rtp = Open();
    private readonly IPEndPoint _target;
    private readonly ConcurrentDictionary<string, Placed> _calls = new();
    private readonly ConcurrentQueue<(long Due, byte[] Bye)> _byes = new();
    private volatile bool _isStopping;
    private readonly ConcurrentDictionary<int, int> _refusals = new();
    private volatile int _answered;

    /// <param name="target">The connector's UDP listener.</param>
    public SetupCaller(IPEndPoint target) => _target = target;

    /// <summary>Calls that were answered and ended by us, as far as we heard.</summary>
    public int Answered => _answered;

    /// <summary>Which other final responses calls got, such as <c>3 x 503</c>; empty for none.</summary>
    public string Refusals =>
        string.Join(", ", _refusals.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} x {pair.Key}"));

    /// <summary>Places the calls and returns how many milliseconds each waited for its 100.</summary>
    /// <param name="firstNumber">Names the first call: no two calls that are up together share a name.</param>
    public List<double> Run(int firstNumber, int calls, int callsPerSecond)
    {
        var receiver = new Thread(Receive) { IsBackground = true };
        receiver.Start();
        var start = Stopwatch.GetTimestamp();
        for (var i = 1; i <= calls; i++)
        {
            Pause(start, TimeSpan.FromSeconds((double)i / callsPerSecond));
            Invite(firstNumber + i - 1);
        }

        var last = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(last) < Patience && (Answered < calls || !_byes.IsEmpty))
        {
            Pause(Stopwatch.GetTimestamp(), TimeSpan.FromMilliseconds(100));
        }

        _isStopping = true;
        receiver.Join();
        return [.. _calls.Values.Select(call => call.TryingMilliseconds).Where(waited => waited > 0)];
    }

    public void Dispose()
    {
        _sip.Dispose();
        _rtp.Dispose();
    }

    private static Socket Open()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.ReceiveTimeout = 100;
        return socket;
    }

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    private void Pause(long since, TimeSpan duration)
    {
        do
        {
            while (_byes.TryPeek(out var next) && next.Due <= Stopwatch.GetTimestamp())
            {
                _sip.SendTo(next.Bye, _target);
                _byes.TryDequeue(out _);
            }

            Thread.Sleep(1);
        }
        while (Stopwatch.GetElapsedTime(since) < duration);
    }

    private void Invite(int number)
    {
        var invite = InviteSample.Create(number, $"127.0.0.1:{PortOf(_sip)}", PortOf(_rtp));
        if (!SipParser.TryParse(invite, SipFraming.Datagram, out var message, out var error))
        {
            throw new InvalidOperationException($"our own INVITE: {error}");
        }

        _calls[message.CallId] = new Placed((SipRequest)message, Stopwatch.GetTimestamp());
        _sip.SendTo(invite, _target);
    }

    private void Receive()
    {
        var buffer = new byte[DatagramBytes];
        var from = new SocketAddress(AddressFamily.InterNetwork);
        while (!_isStopping)
        {
            if (!_sip.Poll(TimeSpan.FromMilliseconds(100), SelectMode.SelectRead))
            {
                continue;
            }

            var length = _sip.ReceiveFrom(buffer, SocketFlags.None, from);
            var now = Stopwatch.GetTimestamp();
            if (SipParser.TryParse(buffer.AsSpan(0, length), SipFraming.Datagram, out var message, out _)
                && message is SipResponse response && _calls.TryGetValue(response.CallId, out var call))
            {
                Take(response, call, now);
            }
        }
    }

    private void Take(SipResponse response, Placed call, long now)
    {
        if (response.StatusCode == 100 && call.TryingMilliseconds == 0)
        {
            call.TryingMilliseconds = Stopwatch.GetElapsedTime(call.SentAt, now).TotalMilliseconds;
        }
        else if (response.StatusCode >= 200 && response.CSeq.Method == SipMethod.Invite)
        {
            _sip.SendTo(InDialog("ACK", 0, call, response), _target);
            if (response.StatusCode >= 300)
            {
                _refusals.AddOrUpdate(response.StatusCode, 1, (_, count) => count + 1);
            }
            else if (!call.IsAnswered)
            {
                call.IsAnswered = true;
                var due = now + (long)(TalkTime.TotalSeconds * Stopwatch.Frequency);
                _byes.Enqueue((due, InDialog("BYE", 1, call, response)));

                // Written by this thread only.
                _answered++;
            }
        }
    }

    // The ACK of a failure stays in the INVITE's transaction, so it keeps the branch (RFC 3261 §17.1.1.3).
    private byte[] InDialog(string method, uint cseqStep, Placed call, SipResponse response)
    {
        var invite = call.Invite;
        var keepsBranch = response.StatusCode >= 300;
        var branch = keepsBranch ? invite.TopVia.Branch : $"{invite.TopVia.Branch}-{method}";
        var uri = keepsBranch ? invite.RequestUri : response.Contact?.Uri ?? invite.RequestUri;
        return Encoding.ASCII.GetBytes(
            $"{method} {uri} SIP/2.0\r\n"
            + $"Via: SIP/2.0/UDP 127.0.0.1:{PortOf(_sip)};branch={branch};rport\r\n"
            + $"From: {invite.From}\r\nTo: {response.To}\r\nCall-ID: {invite.CallId}\r\n"
            + $"CSeq: {invite.CSeq.Number + cseqStep} {method}\r\nMax-Forwards: 70\r\n"
            + "Content-Length: 0\r\n\r\n");
    }

    private sealed class Placed(SipRequest invite, long sentAt)
    {
        public SipRequest Invite { get; } = invite;

        public long SentAt { get; } = sentAt;

        /// <summary>0 as long as nothing came.</summary>
        public double TryingMilliseconds { get; set; }

        public bool IsAnswered { get; set; }
    }
}
