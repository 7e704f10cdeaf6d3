using System.Net;
using System.Text;
using Farspan.Chime;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Calls.Tests;

/// <summary>
/// A connector among carriers, a Connect, a Chime and a media plane that do anything at any time: answers
/// come late, out of order, as failures; carriers send
/// requests that fit and requests that do not; connections break.
/// </summary>
internal sealed class ConnectorWalk
{
    private const int CallsMax = 3;
    private const string To = "To: <sip:+18005550100@127.0.0.1>";
    private static readonly ConnectErrorKind[] Kinds = Enum.GetValues<ConnectErrorKind>();
    private static readonly string[] Methods =
    [
        "INVITE", "INVITE", "ACK", "ACK", "BYE", "CANCEL", "UPDATE", "INFO", "OPTIONS", "PRACK", "REFER",
        "FROBNICATE",
    ];

    private static readonly IPEndPoint Ephemeral = new(IPAddress.Parse("192.0.2.1"), 40_111);

    private static readonly string[] Bodies =
    [
        ConnectorHarness.Offer,
        ConnectorHarness.Offer + "a=sendonly\r\n",
        ConnectorHarness.Offer.Replace("40000", "40100", StringComparison.Ordinal),
        ConnectorHarness.Offer.Replace("AVP 0 101", "AVP 18", StringComparison.Ordinal),
        "",
        "v=0\r\n",
    ];

    private static readonly string[] Headers =
    [
        "",
        "",
        "Supported: timer\r\nSession-Expires: 90;refresher=uas\r\nAllow: UPDATE\r\n",
        "Supported: timer\r\nSession-Expires: 90;refresher=uas\r\n",
        "Supported: timer\r\nSession-Expires: 90;refresher=uac\r\n",
        "Supported: timer\r\nSession-Expires: 60\r\n",
        "Require: 100rel\r\n",
        "Record-Route: <sip:192.0.2.77;lr>\r\n",
    ];

    private readonly RandomSource _random;
    private readonly ConnectorHarness _connector;
    private readonly WalkedConnect _connect = new();
    private readonly List<ConnectorInput> _late = [];
    private readonly List<SipMessage> _sent = [];
    private readonly HashSet<SocketId> _sockets = [];
    private readonly uint[] _sequence = new uint[CallsMax];
    private int _read;
    private bool _isPrompt;

    public ConnectorWalk(ulong seed)
    {
        _random = new RandomSource(seed);
        var quota = new QuotaSettings { StartsPerSecond = 2, StartBurst = 2, ConcurrentContactsMax = 2 };
        _connector = new ConnectorHarness(quota, seed: seed);
        _connector.OnStart = start => Deliver(Start(start)).FirstOrDefault();
        _connector.OnStop = stop => Deliver(Stop(stop)).FirstOrDefault();
        _connector.OnFrame = AnswerFrame;
        _connector.OnMedia = command =>
            Deliver(AnswerMedia(command)).Cast<ConnectorInput.MediaReported>().Select(m => m.Event).ToArray();
    }

    public IEnumerable<CallEvent> Events => _connector.Events;

    public void Run(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            Step();
            Read();
        }
    }

    /// <summary>Everybody answers what is still open, and then nobody says anything for hours.</summary>
    public void Settle()
    {
        _isPrompt = true;
        _connector.OnFrame = _ => [];
        while (_late.Count > 0)
        {
            TakeLate();
        }

        _connector.Pass(TimeSpan.FromHours(3));
        Read();
    }

    public void AssertPromises()
    {
        _connector.AssertNothingIsLeft();
        Assert.Empty(_connect.Alive);
        ConnectorPromises.AssertKept(_connector.Log);
    }

    private void Step()
    {
        switch (_random.NextInt32(20))
        {
            case < 5:
                SendRequest();
                break;
            case < 8:
                Acknowledge();
                break;
            case < 12 when _late.Count > 0:
                TakeLate();
                break;
            case < 14:
                _connector.Pass(TimeSpan.FromMilliseconds(Math.Pow(10, _random.NextDouble() * 5)));
                break;
            case < 16:
                AnswerOurRequest();
                break;
            case 16:
                _connector.Take(new ConnectorInput.DrainRequested(_random.NextInt32(4) == 0));
                break;
            case 17:
                _connector.Take(new ConnectorInput.SipFlowFailed(_connector.CarrierFlow, "reset"));
                break;
            case 18:
                DisturbMedia();
                break;
            default:
                DisturbSignalling();
                break;
        }
    }

    private void SendRequest()
    {
        var call = _random.NextInt32(CallsMax);
        var method = Pick(Methods);
        var isFirst = _sequence[call] == 0;
        if (isFirst)
        {
            method = "INVITE";
            _connector.CarrierFlow = _random.NextInt32(2) == 0
                ? ConnectorHarness.Flow
                : new SipFlow(SipTransport.Tls, ConnectorHarness.Flow.Local, Ephemeral, call + 1);
        }

        var repeats = isFirst || _random.NextInt32(4) == 0 || method is "ACK" or "CANCEL";
        var sequence = repeats ? Math.Max(1, _sequence[call]) : _sequence[call] + 1;
        _sequence[call] = sequence;
        var tag = TagOf(call);
        var isInDialog = tag is not null && (method != "INVITE" || sequence > 1) && method != "CANCEL";
        var body = method is "INVITE" or "UPDATE" or "ACK" && _random.NextInt32(3) > 0 ? Pick(Bodies) : "";
        body = isFirst ? ConnectorHarness.Offer : body;
        var headers = Pick(isFirst ? Headers[..5] : Headers);
        var text = _connector
            .Request(method, (int)sequence, body, headers, BranchOf(method, sequence, call))
            .Replace("call-1@", $"call-{call}@", StringComparison.Ordinal)
            .Replace($";tag={_connector.ToTag ?? "none"}", "", StringComparison.Ordinal);
        _connector.SendSip(isInDialog ? text.Replace(To, $"{To};tag={tag}", StringComparison.Ordinal) : text);
    }

    // What a carrier does that is in order: the ACK of a 200.
    private void Acknowledge()
    {
        var answered = _sent.OfType<SipResponse>()
            .Where(r => r.StatusCode == 200 && r.CSeq.Method == SipMethod.Invite).TakeLast(3).ToArray();
        if (answered.Length > 0)
        {
            var ok = Pick(answered);
            var body = ok.Body.Length > 0 && _random.NextInt32(2) == 0 ? Pick(Bodies) : "";
            _connector.SendSip(_connector
                .Request("ACK", (int)ok.CSeq.Number, body, branch: $"z9hG4bK-{ok.To.Tag}-{ok.CSeq.Number}")
                .Replace($";tag={_connector.ToTag}", "", StringComparison.Ordinal)
                .Replace(To, $"{To};tag={ok.To.Tag}", StringComparison.Ordinal)
                .Replace("call-1@192.0.2.1", ok.CallId, StringComparison.Ordinal));
        }
    }

    private string BranchOf(string method, uint sequence, int call) => method switch
    {
        "CANCEL" => $"z9hG4bK-INVITE-{sequence}-{call}",
        "ACK" when _random.NextInt32(2) == 0 => $"z9hG4bK-INVITE-{sequence}-{call}",
        _ => $"z9hG4bK-{method}-{sequence}-{call}",
    };

    private string? TagOf(int call)
    {
        var callId = $"call-{call}@192.0.2.1";
        return _sent.OfType<SipResponse>().FirstOrDefault(r =>
            r.StatusCode > 100 && r.CallId == callId && r.CSeq.Method == SipMethod.Invite)?.To.Tag;
    }

    private void AnswerOurRequest()
    {
        var open = _sent.OfType<SipRequest>()
            .Where(r => r.Method is not (SipMethod.Ack or SipMethod.Cancel)).ToArray();
        if (open.Length > 0)
        {
            int[] statuses = [100, 200, 200, 405, 408, 422, 481, 488, 491, 500, 503];
            var status = Pick(statuses);
            var request = open[_random.NextInt32(open.Length)];
            _connector.Reply(
                request, status, request.Method == SipMethod.Invite && status == 200 ? Pick(Bodies) : "",
                status == 422 ? [("Min-SE", "120")] : status >= 500 ? [("Retry-After", "1")] : []);
        }
    }

    private void DisturbMedia()
    {
        var id = 1 + _random.NextInt32(CallsMax);
        MediaEvent media = _random.NextInt32(6) switch
        {
            0 => new MediaEvent.ContactLost(id, Pick(Enum.GetValues<ContactLoss>()), "walk"),
            1 => new MediaEvent.DigitDetected(id, '5', DigitSource.InBand),
            2 => new MediaEvent.CarrierSilent(id, TimeSpan.FromSeconds(60)),
            3 => new MediaEvent.ContactConnected(id, "late"),
            4 => new MediaEvent.DigitDetected(id, '5', DigitSource.TelephoneEvent),
            _ => new MediaEvent.ContactLost(id, ContactLoss.ConsentLost, "walk"),
        };
        if (_connector.OpenMedia.Contains(id))
        {
            _connector.Take(new ConnectorInput.MediaReported(media));
        }
    }

    private void DisturbSignalling()
    {
        if (_sockets.Count == 0)
        {
            return;
        }

        var socket = _random.NextInt32(2) == 0
            ? _sockets.Last()
            : _sockets.ElementAt(_random.NextInt32(_sockets.Count));
        uint[] statuses = [200, 301, 301, 302, 403, 409, 410, 411, 500];
        var status = Pick(statuses);
        ConnectorInput input = _random.NextInt32(4) switch
        {
            0 => new ConnectorInput.SocketClosed(socket, Pick([1000, 1006, 4410, 4500]), "walk"),
            1 => new ConnectorInput.SocketRefused(socket, Pick([403, 410, 503])),
            2 => new ConnectorInput.SocketReceived(socket, Encoding.ASCII.GetBytes("nonsense")),
            _ => new ConnectorInput.SocketReceived(
                socket, new AudioStatusFrame(status).Encode(SignalDirection.ServerToClient)),
        };
        if (input is ConnectorInput.SocketClosed { Code: 4410 }
            or ConnectorInput.SocketRefused { HttpStatus: 410 }
            || (input is ConnectorInput.SocketReceived && status is 301 or 410))
        {
            // The contact is over, or another node's: for us it is not there any more.
            _connect.End($"farspan-{socket.CallId}");
        }

        _connector.Take(input);
    }

    private IEnumerable<ConnectorInput> Start(ConnectorEffect.StartContact start)
    {
        var kind = Fault();
        var contact = _connect.Start(start.Request.ClientToken, kind, _random);
        return kind is { } failed
            ? [new ConnectorInput.ContactStartFailed(start.IntentId, new ConnectError(failed))]
            : [new ConnectorInput.ContactStarted(start.IntentId, ConnectorHarness.Contact(contact!))];
    }

    private IEnumerable<ConnectorInput> Stop(ConnectorEffect.StopContact stop)
    {
        var kind = Fault() is { } fault and not (
            ConnectErrorKind.ContactNotFound or ConnectErrorKind.ResourceNotFound)
            ? fault
            : (ConnectErrorKind?)null;
        kind = _connect.Stop(stop.ContactId, kind, _random);
        var error = kind is { } failed ? new ConnectError(failed) : null;
        return [new ConnectorInput.ContactStopCompleted(stop.IntentId, error)];
    }

    private ConnectErrorKind? Fault() => !_isPrompt && _random.NextInt32(3) == 0 ? Pick(Kinds) : null;

    private SignalFrame?[] AnswerFrame(SignalFrame frame) => _random.NextInt32(8) == 0 ? [] : frame switch
    {
        PingPongFrame { IsPong: false } ping => [new PingPongFrame(IsPong: true, ping.PingId)],
        JoinFrame => [new JoinAckFrame(), new IndexFrame()],
        SubscribeFrame => [ConnectorHarness.SubscribeAck],
        LeaveFrame => [new LeaveAckFrame()],
        _ => [],
    };

    private IEnumerable<ConnectorInput> AnswerMedia(MediaCommand command)
    {
        var failure = _isPrompt ? 1 : _random.NextInt32(12);
        IEnumerable<MediaEvent> answers = (command, failure) switch
        {
            (MediaCommand.Open, 0) => [new MediaEvent.OpenFailed(command.MediaId, "walk")],
            (MediaCommand.Gather, 0) =>
                [new MediaEvent.ContactLost(command.MediaId, ContactLoss.RelayUnavailable, "walk")],
            (MediaCommand.ConnectContact, 0) => [],
            (MediaCommand.Close, _) when !_connector.OpenMedia.Contains(command.MediaId) => [],
            _ => _connector.AnswerMedia(command),
        };
        return answers.Select(answer => new ConnectorInput.MediaReported(answer)).ToArray();
    }

    // Now, or some time; but whoever was asked always answers.
    private IEnumerable<ConnectorInput> Deliver(IEnumerable<ConnectorInput> inputs)
    {
        List<ConnectorInput> now = [];
        foreach (var input in inputs)
        {
            if (_isPrompt || _random.NextInt32(3) > 0)
            {
                now.Add(input);
            }
            else
            {
                _late.Add(input);
            }
        }

        return now;
    }

    private void TakeLate()
    {
        var index = _random.NextInt32(_late.Count);
        var input = _late[index];
        _late.RemoveAt(index);
        _connector.Take(input);
    }

    private void Read()
    {
        for (; _read < _connector.Log.Count; _read++)
        {
            if (_connector.Log[_read] is ConnectorEffect.TransmitSip transmit)
            {
                Assert.True(
                    SipParser.TryParse(transmit.Message.Span, SipFraming.Datagram, out var message, out _));
                _sent.Add(message);
            }
            else if (_connector.Log[_read] is ConnectorEffect.OpenSocket open)
            {
                _sockets.Add(open.Socket);
            }
        }
    }

    private T Pick<T>(T[] values) => values[_random.NextInt32(values.Length)];
}
