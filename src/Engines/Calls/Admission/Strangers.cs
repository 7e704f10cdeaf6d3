using System.Net;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>
/// Answers sources that belong to no trunk: one 403 a request, of which nothing is kept (RFC 3261 §8.2.7),
/// and in the log a line when a source begins and one a minute with how often it went on.
/// </summary>
/// <remarks>
/// What a stranger sends costs him more than us: no 100, no transaction, no timer of his own. Their requests
/// reach no dialog; a response is looked at, for its branch is a secret that we have drawn.
/// </remarks>
public sealed class Strangers(
    SipTransactionLayer sip, Outbox<SipLayerEffect> effects, Action<CallEvent> report)
{
    /// <summary>From a source's first line to the one that sums up.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Sources with lines of their own in one period; all others share one.</summary>
    public const int SourcesMax = 64;

    private static readonly IPAddress Others = IPAddress.Any;

    private readonly OrderedDictionary<IPAddress, Visit> _visits = [];
    private readonly SipCause _cause = SipCauseTable.For(CallOutcome.UnknownSource);

    /// <summary>When to call <see cref="Expire"/>; null while nobody has been refused lately.</summary>
    public Instant? Deadline { get; private set; }

    public void Receive(in SipFlow flow, ReadOnlySpan<byte> bytes, Instant now)
    {
        var framing = flow.IsReliable ? SipFraming.Stream : SipFraming.Datagram;
        if (SipParser.TryParse(bytes, framing, out var message, out _) && message is SipRequest request)
        {
            sip.RefuseStateless(flow, request, _cause.StatusCode, _cause.ReasonHeader, effects);
            Note(flow, request, now);
        }
        else
        {
            sip.Receive(flow, bytes, now, effects);
        }
    }

    /// <summary>Sums up the period that is over.</summary>
    public void Expire(Instant now)
    {
        if (!(Deadline <= now))
        {
            return;
        }

        foreach (var (source, visit) in _visits)
        {
            if (visit.Unreported > 0)
            {
                Report(visit.CallId, source, visit.MethodName, visit.Unreported);
            }
        }

        _visits.Clear();
        Deadline = null;
    }

    private void Note(in SipFlow flow, SipRequest request, Instant now)
    {
        var source = flow.Remote.Address;
        if (!_visits.ContainsKey(source) && _visits.Count >= SourcesMax)
        {
            source = Others;
        }

        Deadline ??= now + Period;
        if (_visits.TryGetValue(source, out var visit))
        {
            visit.Unreported++;
        }
        else
        {
            _visits.Add(source, new Visit(request.CallId, request.MethodName));
            Report(request.CallId, source, request.MethodName, 1);
        }
    }

    private void Report(string callId, IPAddress source, string method, int requests) =>
        report(CallEvent.Create(
            callId,
            CallEventKind.StrangerRefused,
            ("source", source.Equals(Others) ? "others" : source.ToString()),
            ("method", method),
            ("status", _cause.StatusCode),
            ("requests", requests)));

    private sealed class Visit(string callId, string methodName)
    {
        /// <summary>The SIP Call-ID of the first request; the period's lines share it.</summary>
        public string CallId { get; } = callId;

        public string MethodName { get; } = methodName;

        /// <summary>Requests after the first.</summary>
        public int Unreported { get; set; }
    }
}
