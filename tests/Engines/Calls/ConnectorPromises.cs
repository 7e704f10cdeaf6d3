using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Calls.Tests;

/// <summary>What must hold for the effects of every run, whatever happened.</summary>
internal sealed class ConnectorPromises
{
    private readonly Dictionary<string, string> _callOfTag = [];
    private readonly Dictionary<long, string> _callOfMedia = [];
    private readonly HashSet<string> _bridged = [];
    private readonly HashSet<string> _fenced = [];
    private readonly HashSet<string> _ended = [];
    private readonly HashSet<string> _offered = [];
    private readonly HashSet<string> _said = [];
    private string _opening = "";

    public static void AssertKept(IEnumerable<ConnectorEffect> log)
    {
        var promises = new ConnectorPromises();
        foreach (var effect in log)
        {
            promises.Follow(effect);
        }

        Assert.True(promises._offered.SetEquals(promises._ended), "each call has its record");
    }

    private void Follow(ConnectorEffect effect)
    {
        switch (effect)
        {
            case ConnectorEffect.Report { Event: var line }:
                Follow(line);
                break;
            case ConnectorEffect.CommandMedia { Command: MediaCommand.Open open }:
                _callOfMedia.Add(open.MediaId, _opening);
                break;
            case ConnectorEffect.CommandMedia { Command: MediaCommand.Bridge { IsOpen: true } bridge }:
                Assert.True(_bridged.Add(_callOfMedia[bridge.MediaId]), "a call is bridged once");
                break;
            case ConnectorEffect.StopContact stop:
                Assert.DoesNotContain(stop.IntentId, _fenced.Select(id => $"farspan-{id}"));
                break;
            case ConnectorEffect.TransmitSip transmit:
                Assert.True(
                    SipParser.TryParse(transmit.Message.Span, SipFraming.Datagram, out var message, out _));
                Follow(message);
                break;
        }
    }

    private void Follow(CallEvent line)
    {
        switch (line.Kind)
        {
            case CallEventKind.Offered:
                Assert.True(_offered.Add(line.CallId));
                _opening = line.CallId;
                _callOfTag.Add((string)line["localTag"]!, line.CallId);
                break;
            case CallEventKind.Fenced:
                _fenced.Add(line.CallId);
                break;
            case CallEventKind.Ended:
                Assert.True(_ended.Add(line.CallId), "a call ends once");
                break;
            case CallEventKind.Defect:
                Assert.Fail($"{line["exception"]}");
                break;
        }
    }

    private void Follow(SipMessage message)
    {
        var tag = message is SipRequest ? message.From.Tag! : message.To.Tag;
        if (tag is not null && _callOfTag.TryGetValue(tag, out var call))
        {
            FollowCall(message, call);
        }

        _said.Add(message.ToString());
    }

    private void FollowCall(SipMessage message, string call)
    {
        if (message is SipResponse { StatusCode: 200, CSeq: { Method: SipMethod.Invite, Number: 1 } })
        {
            Assert.Contains(call, _bridged);
        }

        // A transaction repeats what was said before; a dialog that nobody remembers is 481, a CANCEL of it
        // 200.
        var isOld = _said.Contains(message.ToString());
        var isTransactional = message is SipResponse { StatusCode: 100 or 481 }
            || (message is SipResponse && message.CSeq.Method == SipMethod.Cancel);
        Assert.True(!_fenced.Contains(call) || isOld || isTransactional, $"a fenced call said: {message}");
    }
}
