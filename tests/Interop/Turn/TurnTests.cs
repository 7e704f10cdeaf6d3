using System.Net;

namespace Farspan.Interop.Tests;

/// <summary>A call whose audio goes through coturn, because JOIN_ACK names it.</summary>
[Collection(LabGroup.Name)]
public sealed class TurnTests(LabFixture fixture) : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private LabProcess Lab => fixture.Lab;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Lab.Emulator.PatchSettingsAsync("""{"signaling":{"turn":null}}""");

    [NeedsTheory(Programs.TurnServer)]
    [InlineData("udp", 6_001)]
    [InlineData("tcp", 6_002)]
    public async Task ACall_IsRelayed_AndHeardBothWays(string transport, int code)
    {
        await using var server = new TurnServerProcess(transport, IPAddress.Loopback);
        await server.StartsAsync();
        await Lab.Emulator.PatchSettingsAsync(server.EmulatorSetting);
        await using var phone = new RtpPhone(new RtpPhoneSettings(code));
        await using var probe = new SipProbe(Lab.Addresses.Sip);
        var call = SipCall.From(phone, Lab);

        var answer = await probe.InviteAsync(call, Soon);
        Assert.Equal(200, answer.StatusCode);
        phone.TalkTo(answer.Media);
        await phone.HearsAsync(phone.AgentCode, Soon);
        await Lab.Emulator.ContactAsync(
            phone.Settings.Number, seen => seen.HeardCode == code, "heard the caller");
        await probe.ByeAsync(call, answer, Soon);
        await Lab.IsIdleAsync(Soon);

        // A second of audio are 50 packets, and it took more than one to recognise a sequence.
        var (fromPeers, toPeers) = await server.RelayedAsync();
        Assert.True(fromPeers > 50 && toPeers > 50, $"relayed {fromPeers} and {toPeers} packets");
    }
}
