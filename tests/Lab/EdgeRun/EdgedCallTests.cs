using Farspan.Audio;
using Farspan.CarrierSimulator;

namespace Farspan.EdgeRun.Tests;

/// <summary>Calls over real sockets: carrier, edge, connector, emulator; each side hears the other.</summary>
public sealed class EdgedCallTests : IDisposable
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(1));

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task CallsOfEveryCodec_AreHeardBothWaysThroughTheEdge()
    {
        await using var lab = await EdgedLab.StartAsync(_patience.Token);
        (AudioCodec Codec, bool IsSecure)[] kinds =
        [
            (AudioCodec.Pcmu, false), (AudioCodec.Pcma, true), (AudioCodec.G722, false), (AudioCodec.Pcmu, true),
        ];
        var calls = kinds.Index().Select(kind => PlaceAsync(lab, kind.Index + 11, kind.Item.Codec, kind.Item.IsSecure));

        var reports = await Task.WhenAll(calls);

        Assert.All(reports, report => Assert.Equal(CallResult.Completed, report.Result));
        Assert.All(reports, report => Assert.True(report.IsAgentHeard));
        Assert.All(reports, report => Assert.Empty(report.Audio!.StrangerCodes));
        Assert.All(reports, report => Assert.InRange(report.Audio!.LossRatio, 0, 0.05));
        Assert.Equal([11, 12, 13, 14], lab.HeardByAgents().Order());
        var status = await lab.Edge.GetStatusAsync();
        Assert.Equal(["connector-1", "connector-2"], status.Connectors.Select(c => c.Name));
        Assert.All(status.Connectors, connector => Assert.Equal("Up", connector.Health));
        Assert.Contains("farspan_edge_connector_up", await lab.Edge.ExportMetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhenAConnectorEnds_NewCallsGoToTheOther()
    {
        await using var lab = await EdgedLab.StartAsync(_patience.Token);
        await lab.Connectors[0].DisposeAsync();

        var reports = await Task.WhenAll(
            PlaceAsync(lab, 21, AudioCodec.Pcmu, false), PlaceAsync(lab, 22, AudioCodec.Pcmu, false));

        Assert.All(reports, report => Assert.True(report.IsAgentHeard));
    }

    [Fact]
    public async Task AConnectorThatStopsInTheMiddleOfACall_LeavesItToTheOther()
    {
        await using var lab = await EdgedLab.StartAsync(_patience.Token);
        var call = PlaceAsync(lab, 31, AudioCodec.Pcmu, false, seconds: 14);
        var holder = await FindHolderAsync(lab, except: "");
        await lab.Connectors[holder == "connector-1" ? 0 : 1].DisposeAsync();
        await FindHolderAsync(lab, except: holder);
        var report = await call;

        Assert.Equal(CallResult.Completed, report.Result);
        Assert.True(report.Audio!.AgentHeardCount > 2);
        Assert.Single(lab.HeardByAgents());
    }

    // Whose media the call has, once that is another than the one before.
    private async Task<string> FindHolderAsync(EdgedLab lab, string except)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await beat.WaitForNextTickAsync(_patience.Token))
        {
            var status = await lab.Edge.GetStatusAsync();
            var holder = status.Connectors.FirstOrDefault(connector => connector.Calls == 1)?.Name;
            if (status.Calls.Talking == 1 && holder is not null && holder != except)
            {
                return holder;
            }
        }

        throw new OperationCanceledException();
    }

    private async Task<CallReport> PlaceAsync(
        EdgedLab lab, int code, AudioCodec codec, bool isSecure, int seconds = 7)
    {
        using var carrier = new SimulatedCarrier(new CarrierSettings
        {
            Target = lab.SipAddress,
            Codec = codec,
            UsesSrtp = isSecure,
            FirstPort = (ushort)(30_000 + (code * 20)),
            LastPort = (ushort)(30_019 + (code * 20)),
        });
        return await carrier.PlaceAsync(new CallPlan(code, TimeSpan.FromSeconds(seconds)), _patience.Token);
    }
}
