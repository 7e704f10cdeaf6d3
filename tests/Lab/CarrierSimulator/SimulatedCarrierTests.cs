using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Farspan.Audio;
using Farspan.Sip;
using Farspan.Tones;

namespace Farspan.CarrierSimulator.Tests;

public sealed class SimulatedCarrierTests : IDisposable
{
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3.2);

    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(40));

    public void Dispose() => _patience.Dispose();

    [Theory]
    [InlineData(SipTransport.Udp, AudioCodec.Pcmu, false)]
    [InlineData(SipTransport.Tcp, AudioCodec.Pcma, false)]
    [InlineData(SipTransport.Tls, AudioCodec.G722, true)]
    [InlineData(SipTransport.Udp, AudioCodec.Opus, true)]
    public async Task Both_sides_of_each_call_hear_each_other_and_nobody_else(
        SipTransport transport, AudioCodec codec, bool usesSrtp)
    {
        using var phone = new AnsweringPhone(transport);
        using var carrier = new SimulatedCarrier(Settings(phone) with
        {
            Transport = transport,
            TargetCertificate = phone.Certificate,
            Codec = codec,
            UsesSrtp = usesSrtp,
        });

        var campaign = new CallCampaign(Calls: 5, CallsPerSecond: 20, Talk);
        var seen = new List<CallReport>();
        var reports = await campaign.RunAsync(carrier, seen.Add, _patience.Token);

        Assert.Equal(5, reports.Count);
        Assert.Equal(5, seen.Count);
        Assert.All(reports, report =>
        {
            Assert.Equal(CallResult.Completed, report.Result);
            Assert.Equal(200, report.StatusCode);
            Assert.True(report.IsAgentHeard);
            Assert.Empty(report.Audio!.StrangerCodes);
            Assert.Equal(0, report.Audio.PacketsRefused);
            Assert.InRange(report.Audio.PacketsReceived, 100, 200);
            Assert.InRange(report.Audio.Delays[0].TotalMilliseconds, 0, 200);
            Assert.InRange(report.SetupTime!.Value.TotalMilliseconds, 0, 5_000);
        });
        Assert.Equal(Enumerable.Range(0, 5).Select(CallCampaign.CodeOf).Order(), phone.Heard.Keys.Order());
        Assert.Equal(0, carrier.ActiveCalls);
    }

    [Fact]
    public async Task A_refused_call_is_reported_and_frees_its_port()
    {
        using var phone = new AnsweringPhone { Status = 486 };
        using var carrier = new SimulatedCarrier(Settings(phone) with { LastPort = 30_003 });

        for (var i = 0; i < 4; i++)
        {
            var report = await carrier.PlaceAsync(new CallPlan(i, Talk), _patience.Token);
            Assert.Equal((CallResult.Rejected, 486), (report.Result, report.StatusCode));
            Assert.Null(report.Audio);
        }
    }

    [Fact]
    public async Task Giving_up_ends_a_call_that_talks()
    {
        using var phone = new AnsweringPhone();
        using var carrier = new SimulatedCarrier(Settings(phone));
        using var giveUp = new CancellationTokenSource();
        var call = carrier.PlaceAsync(new CallPlan(9, TimeSpan.FromMinutes(5)), giveUp.Token);
        await phone.FirstHeard.Task.WaitAsync(_patience.Token);

        await giveUp.CancelAsync();
        var report = await call.WaitAsync(_patience.Token);

        Assert.Equal(CallResult.Abandoned, report.Result);
        Assert.True(report.IsAnswered);
        Assert.True(report.Audio!.PacketsSent > 40);
    }

    [Fact]
    public async Task A_carrier_that_is_stopped_reports_its_calls()
    {
        using var phone = new AnsweringPhone();
        var carrier = new SimulatedCarrier(Settings(phone));
        var call = carrier.PlaceAsync(new CallPlan(9, TimeSpan.FromMinutes(5)), CancellationToken.None);
        await phone.FirstHeard.Task.WaitAsync(_patience.Token);
        Assert.Equal((1, 1), (carrier.ActiveCalls, carrier.TalkingCalls));

        carrier.Dispose();

        Assert.Equal(CallResult.Abandoned, (await call.WaitAsync(_patience.Token)).Result);
    }

    [Fact]
    public async Task A_certificate_that_is_not_the_targets_fails_the_call()
    {
        using var phone = new AnsweringPhone(SipTransport.Tls);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = new CertificateRequest("CN=phone", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var carrier = new SimulatedCarrier(
            Settings(phone) with { Transport = SipTransport.Tls, TargetCertificate = other });

        var report = await carrier.PlaceAsync(new CallPlan(1, Talk), _patience.Token);

        Assert.Equal(CallResult.TransportFailed, report.Result);
    }

    private static CarrierSettings Settings(AnsweringPhone phone) => new() { Target = phone.Address };
}
