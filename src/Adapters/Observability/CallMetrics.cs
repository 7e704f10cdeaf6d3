using System.Diagnostics.Metrics;
using Farspan.Calls;
using Farspan.Media;

namespace Farspan.Observability;

/// <summary>Counts calls by what their <see cref="CallEvent"/>s say.</summary>
public sealed class CallMetrics
{
    private readonly Counter<long> _offered;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _strangers;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _defects;
    private readonly Counter<long> _rejoins;
    private readonly Counter<long> _digits;
    private readonly Counter<long> _attributes;
    private readonly Counter<long> _stuck;
    private readonly Counter<long> _settled;
    private readonly Histogram<double> _setUp;
    private readonly Histogram<double> _connect;
    private readonly Histogram<double> _talk;
    private readonly MediaMetrics _media;

    public CallMetrics(Meter meter)
    {
        _offered = meter.CreateCounter<long>(
            "farspan.calls.offered", null, "INVITEs that became calls, by trunk.");
        _refused = meter.CreateCounter<long>(
            "farspan.requests.refused", null,
            "SIP requests refused before they became calls, by method and status.");
        _strangers = meter.CreateCounter<long>(
            "farspan.strangers.refused", null,
            "Requests refused because their source belongs to no trunk; all but the first come once a minute.");
        _ended = meter.CreateCounter<long>(
            "farspan.calls.ended", null,
            "Calls that ended, by outcome, trunk and whether they were answered.");
        _defects = meter.CreateCounter<long>(
            "farspan.calls.defects", null, "Calls ended by a defect of Farspan.");
        _rejoins = meter.CreateCounter<long>(
            "farspan.contact.rejoins", null,
            "Contact legs being rebuilt (started) and rebuilt (completed), by step.");
        _digits = meter.CreateCounter<long>(
            "farspan.digits", null, "Batches of DTMF digits, by result: delivered or dropped.");
        _attributes = meter.CreateCounter<long>(
            "farspan.attributes.updates", null,
            "Changes of contact attributes in the call, by result: updated or dropped.");
        _stuck = meter.CreateCounter<long>(
            "farspan.media.stuck", null,
            "Times a media worker had not come back in time when it was looked at from outside.");
        _settled = meter.CreateCounter<long>("farspan.contacts.settled", null, "Contacts settled, by fate.");
        _setUp = Histogram(meter, "farspan.call.setup", "From INVITE to 200, by trunk.", Buckets.SetUp);
        _connect = Histogram(
            meter, "farspan.call.setup.connect", "The part of the set-up in which only Connect could act.",
            Buckets.SetUp);
        _talk = Histogram(meter, "farspan.call.talk", "From 200 to the end, by trunk.", Buckets.Talk);
        _media = new MediaMetrics(meter);
    }

    public void Count(CallEvent happened)
    {
        switch (happened.Kind)
        {
            case CallEventKind.Offered:
                _offered.Add(1, new KeyValuePair<string, object?>("trunk", happened["trunk"]));
                break;
            case CallEventKind.Refused:
                _refused.Add(1, new("method", happened["method"]), new("status", happened["status"]));
                break;
            case CallEventKind.StrangerRefused:
                _strangers.Add(happened["requests"] is int requests ? requests : 1);
                break;
            case CallEventKind.Ended:
                CountEnd(happened);
                break;
            case CallEventKind.Defect:
                _defects.Add(1);
                break;
            case CallEventKind.Rejoining:
                _rejoins.Add(1, new KeyValuePair<string, object?>("step", "started"));
                break;
            case CallEventKind.Rejoined:
                _rejoins.Add(1, new KeyValuePair<string, object?>("step", "completed"));
                break;
            case CallEventKind.DigitsDelivered:
                _digits.Add(1, new KeyValuePair<string, object?>("result", "delivered"));
                break;
            case CallEventKind.DigitsDropped:
                _digits.Add(1, new KeyValuePair<string, object?>("result", "dropped"));
                break;
            case CallEventKind.AttributesUpdated:
                _attributes.Add(1, new KeyValuePair<string, object?>("result", "updated"));
                break;
            case CallEventKind.AttributesDropped:
                _attributes.Add(1, new KeyValuePair<string, object?>("result", "dropped"));
                break;
            case CallEventKind.MediaStalled when happened["isOver"] is false:
                _stuck.Add(1);
                break;
            case CallEventKind.ContactSettled:
                _settled.Add(1, new KeyValuePair<string, object?>("fate", happened["fate"]));
                break;
            default:
                break;
        }
    }

    private static Histogram<double> Histogram(
        Meter meter, string name, string description, InstrumentAdvice<double> buckets) =>
        meter.CreateHistogram(name, "s", description, tags: null, buckets);

    private void CountEnd(CallEvent ended)
    {
        var trunk = new KeyValuePair<string, object?>("trunk", ended["trunk"]);
        var isAnswered = ended["answered"] is true;
        _ended.Add(1, new("outcome", ended["outcome"]), trunk, new("answered", isAnswered ? "yes" : "no"));
        Record(_setUp, ended["setupMs"], trunk);
        Record(_connect, ended["connectMs"], trunk);
        Record(_talk, ended["talkMs"], trunk);
        if (isAnswered && ended["media"] is MediaReport report)
        {
            _media.Count(report);
        }
    }

    private static void Record(
        Histogram<double> histogram, object? milliseconds, KeyValuePair<string, object?> trunk)
    {
        if (milliseconds is double value)
        {
            histogram.Record(value / 1_000, trunk);
        }
    }
}
