using System.Diagnostics.Metrics;
using System.Text;
using CsCheck;
using Farspan.Calls;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Observability.Tests;

public sealed class MetricsTests : IDisposable
{
    private readonly Meter _meter = new("farspan");
    private readonly PrometheusExporter _exporter;

    public MetricsTests() => _exporter = new PrometheusExporter(m => ReferenceEquals(m, _meter));

    public void Dispose()
    {
        _exporter.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void AnAnsweredCall_IsCountedWithItsTimesAndPackets()
    {
        var calls = new CallMetrics(_meter);
        var side = new MediaSideReport(100, 90, 5, 4, 3, 2, 12, 30);
        calls.Count(CallEvent.Create("c", CallEventKind.Offered, ("trunk", "t")));
        calls.Count(CallEvent.Create(
            "c",
            CallEventKind.Ended,
            ("outcome", CallOutcome.CallerHungUp),
            ("answered", true),
            ("setupMs", 400.0),
            ("connectMs", 300.0),
            ("talkMs", 61_000.0),
            ("trunk", "t"),
            ("media", new MediaReport(side, side))));

        Assert.Equal(1, Value("farspan_calls_offered_total"));
        Assert.Equal(1, Value("farspan_calls_ended_total"));
        Assert.Equal(0.4, Value("farspan_call_setup_seconds", "_sum"), 6);
        Assert.Equal(61, Value("farspan_call_talk_seconds", "_sum"), 6);
        Assert.Equal(5, Value("farspan_rtp_packets_lost_total"));
        Assert.Equal(0.012, Value("farspan_rtp_jitter_seconds", "_sum"), 6);
    }

    [Theory]
    [InlineData("INVITE sip:a@b SIP/2.0\r\n", "INVITE")]
    [InlineData("INVITEX sip:a@b SIP/2.0\r\n", "other")]
    [InlineData("INVITE", "other")]
    [InlineData("SIP/2.0 486 Busy Here\r\n", "486")]
    [InlineData("SIP/2.0 4\u00e96 Busy", "other")]
    [InlineData("SIP/2.0 999 Never", "other")]
    [InlineData("SIP/2.0 20", "other")]
    [InlineData("", "other")]
    public void ASipMessage_IsCountedByMethodOrStatus(string message, string kind) =>
        Assert.Equal(kind, SipMetrics.KindOf(Encoding.Latin1.GetBytes(message)));

    [Fact]
    public void ArbitraryBytes_NeverMakeALabelOfTheirOwn() =>
        Gen.Byte.Array[0, 40].Sample(bytes =>
        {
            var kind = SipMetrics.KindOf(bytes);
            return kind == "other" || kind.All(char.IsAsciiLetterUpper) || kind.All(char.IsAsciiDigit);
        });

    [Fact]
    public void RequestsToConnect_AreCountedByOperationAndResult()
    {
        var connect = new ConnectMetrics(_meter);
        connect.Count("StopContact", null, TimeSpan.FromMilliseconds(80));
        connect.Count(
            "StopContact", new ConnectError(ConnectErrorKind.Throttled), TimeSpan.FromMilliseconds(20));

        var samples = ExpositionParser.Parse(_exporter.Export())["farspan_connect_requests_total"].Samples;
        Assert.Equal(["Ok", "Throttled"], samples.Select(s => s.Labels["result"]).Order());
        Assert.Equal(0.1, Value("farspan_connect_request_duration_seconds", "_sum"), 6);
    }

    [Fact]
    public void SipMessages_AreCountedInBothDirections()
    {
        var sip = new SipMetrics(_meter);
        sip.CountReceived(SipTransport.Udp, "OPTIONS sip:a SIP/2.0"u8);
        sip.CountSent(SipTransport.Udp, "SIP/2.0 200 OK"u8);

        var samples = ExpositionParser.Parse(_exporter.Export())["farspan_sip_messages_total"].Samples;
        Assert.Equal(
            [("in", "OPTIONS"), ("out", "200")],
            samples.Select(s => (s.Labels["direction"], s.Labels["kind"])).Order());
    }

    [Fact]
    public void TheLongestPauseOfTheCollector_IsRemembered()
    {
        using var gc = new GcMetrics(_meter);
        Assert.Equal(0, Value("farspan_gc_pause_longest_seconds"));
        for (var i = 0; i < 20 && gc.Longest == TimeSpan.Zero; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        var longest = gc.Longest;
        Assert.InRange(longest, TimeSpan.FromTicks(1), GC.GetTotalPauseDuration());
        GC.Collect(0);
        GC.WaitForPendingFinalizers();
        Assert.True(gc.Longest >= longest);
        Assert.Equal(gc.Longest.TotalSeconds, Value("farspan_gc_pause_longest_seconds"), 6);

        gc.Forget();
        Assert.True(gc.Longest < longest);
    }

    private double Value(string family, string suffix = "") =>
        ExpositionParser.Parse(_exporter.Export())[family].Samples.First(
            s => s.Name == family + suffix).Value;
}
