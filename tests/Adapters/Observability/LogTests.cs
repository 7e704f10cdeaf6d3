using System.Text;
using System.Text.Json;
using CsCheck;
using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Topology;
using Microsoft.Extensions.Logging;

namespace Farspan.Observability.Tests;

public sealed class LogTests
{
    [Fact]
    public void ACallEvent_IsOneJsonLineWithTheCallFirst()
    {
        var line = WriteJson(CallEvent.Create(
            "c1",
            CallEventKind.Answered,
            ("setupMs", 812.5),
            ("outcome", CallOutcome.CallerHungUp),
            ("names", new[] { "a", "b" }),
            ("nothing", null),
            ("token", new Redacted<string>("secret"))));

        var root = line.RootElement;
        Assert.Equal(
            ["time", "level", "event", "call", "setupMs", "outcome", "names", "nothing", "token"],
            root.EnumerateObject().Select(p => p.Name));
        Assert.Equal("call.answered", root.GetProperty("event").GetString());
        Assert.Equal(812.5, root.GetProperty("setupMs").GetDouble());
        Assert.Equal("CallerHungUp", root.GetProperty("outcome").GetString());
        Assert.Equal(2, root.GetProperty("names").GetArrayLength());
        Assert.Equal("[redacted]", root.GetProperty("token").GetString());
    }

    [Fact]
    public void AMediaReport_IsWrittenWithBothSides()
    {
        var line = WriteJson(CallEvent.Create("c1", CallEventKind.Ended, ("media", MediaReport.Empty)));

        Assert.Equal(
            0, line.RootElement.GetProperty("media").GetProperty("carrier").GetProperty(
                "packetsLost").GetInt64());
    }

    [Fact]
    public void AnyText_StaysInsideItsLine() =>
        Gen.String.Sample(text =>
        {
            var happened = CallEvent.Create(
                "c1", CallEventKind.Ended, ("detail", text + "\n{\"event\":\"forged\"}"));
            var json = Write(LogFormat.Json, happened);
            var plain = Write(LogFormat.Text, happened);
            using var parsed = JsonDocument.Parse(json);
            return json.Count(c => c == '\n') == 1
                && plain.Count(c => c == '\n') == 1
                && !plain.Contains('\r');
        });

    [Fact]
    public void BelowTheMinimum_NothingIsWritten()
    {
        var output = new MemoryStream();
        using (var writer = new LogWriter(output))
        {
            using var provider = new LineLoggerProvider(
                writer, new LoggingModel(LogSeverity.Error, LogFormat.Json, false), TimeProvider.System);
            new CallEventLog(provider.CreateLogger("calls")).Write(
                CallEvent.Create("c", CallEventKind.Offered));
        }

        Assert.Empty(output.ToArray());
    }

    [Fact]
    public void AReaderThatHasGone_StopsNobody()
    {
        using var writer = new LogWriter(new BrokenStream());
        writer.Add([1]);
        writer.Dispose();
        writer.Add([2]);

        Assert.Equal(2, writer.Dropped);
    }

    [Theory]
    [InlineData(LogFormat.Json, false, "[redacted]")]
    [InlineData(LogFormat.Text, false, "[redacted]")]
    [InlineData(LogFormat.Json, true, "+12125550123")]
    [InlineData(LogFormat.Text, true, "+12125550123")]
    public void ACallersNumber_IsShownOnlyWhereTheOperatorSaysSo_ASecretNever(
        LogFormat format, bool showsPersonalData, string expected)
    {
        var happened = CallEvent.Create(
            "c1",
            CallEventKind.Offered,
            ("calling", new Personal<string>("+12125550123")),
            ("token", new Redacted<string>("secret")));

        var line = Write(format, happened, showsPersonalData);

        var separator = format == LogFormat.Json ? "\"calling\":\"" : "calling=";
        Assert.Equal(expected, line.Split(separator)[1][..expected.Length]);
        Assert.Equal(showsPersonalData, line.Contains("+1212", StringComparison.Ordinal));
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }

    private static JsonDocument WriteJson(CallEvent happened) =>
        JsonDocument.Parse(Write(LogFormat.Json, happened));

    private static string Write(LogFormat format, CallEvent happened, bool showsPersonalData = false)
    {
        var output = new MemoryStream();
        using (var writer = new LogWriter(output))
        {
            using var provider = new LineLoggerProvider(
                writer, new LoggingModel(LogSeverity.Trace, format, showsPersonalData), TimeProvider.System);
            new CallEventLog(provider.CreateLogger("calls")).Write(happened);
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe");
    }
}
