using System.Text.Json.Nodes;
using Farspan.Interop.Tests;

namespace Farspan.Browser.Tests;

/// <summary>The agent page in Chromium, through its <c>window.farspan</c>.</summary>
internal sealed class AgentDesk : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    // The service proper always names TURN servers; the emulator does only where it is told one.
    private const string NoTurnServer = "missing TURN credentials in JoinAckFrame";

    private readonly Chromium _chromium;

    private AgentDesk(Chromium chromium) => _chromium = chromium;

    /// <summary>Opens the page with options such as <c>auto=1</c>; waits for the log-in.</summary>
    public static async Task<AgentDesk> OpenAsync(LabProcess lab, string options)
    {
        var chromium = await Chromium.OpenAsync(new Uri(lab.Addresses.AgentPage, $"/?name=Ada&{options}"));
        var desk = new AgentDesk(chromium);
        await desk.IsAsync("available");
        return desk;
    }

    /// <summary>Waits until the agent's status is so.</summary>
    public async Task IsAsync(string status)
    {
        JsonNode? state = null;
        await Eventually.TrueAsync(
            async () => (string?)(state = await StateAsync())?["status"] == status,
            Soon,
            () => $"the agent is {status}: {state}");
    }

    /// <summary>Waits until the SDK has audio both ways.</summary>
    public async Task HasAudioAsync()
    {
        JsonNode? stats = null;
        await Eventually.TrueAsync(
            async () => (int?)(stats = await StatsAsync())?["packetsReceived"] > 50
                && (int?)stats["packetsSent"] > 50,
            Soon,
            () => $"packets both ways: {stats}");
    }

    public Task<JsonNode?> StateAsync() =>
        _chromium.Page.EvaluateAsync("window.farspan ? window.farspan.state : null");

    public Task<JsonNode?> StatsAsync() => _chromium.Page.EvaluateAsync("window.farspan.stats()");

    public async Task<double> DominantFrequencyHzAsync() =>
        (double?)await _chromium.Page.EvaluateAsync("window.farspan.dominantFrequencyHz()") ?? 0;

    public Task HangUpAsync() => _chromium.Page.EvaluateAsync("window.farspan.hangUp()");

    /// <summary>Waits for a frequency in what the agent hears.</summary>
    public async Task HearsAsync(int frequencyHz)
    {
        var heardHz = 0.0;
        await Eventually.TrueAsync(
            async () => Math.Abs((heardHz = await DominantFrequencyHzAsync()) - frequencyHz) < 15,
            Soon,
            () => $"the agent hears {frequencyHz} Hz, not {heardHz}");
    }

    /// <summary>Whether the SDK had nothing to complain about and nothing to repair in this call.</summary>
    /// <param name="namesTurnServer">Whether JOIN_ACK names one; the SDK logs it as an error if not.</param>
    public async Task<bool> IsUndisturbedAsync(bool namesTurnServer)
    {
        var call = (await StateAsync())!["call"]!;
        return (string?)call["status"] == "connected"
            && (int)call["connects"]! == 1
            && (int)call["reconnects"]! == 0
            && call["errors"]!.AsArray().All(each => !namesTurnServer && (string?)each == NoTurnServer)
            && call["stops"]!.AsArray().Count == 0
            && _chromium.Page.Faults.Count == 0;
    }

    /// <summary>The SDK's status codes with which calls stopped.</summary>
    public async Task<string[]> StopsAsync() =>
        [.. (await StateAsync())!["call"]!["stops"]!.AsArray().Select(stop => (string)stop!)];

    /// <summary>For a failure's message.</summary>
    public async Task<string> DescribeAsync() =>
        $"{await StateAsync()}\n{await StatsAsync()}\n{string.Join('\n', _chromium.Page.Faults)}";

    public ValueTask DisposeAsync() => _chromium.DisposeAsync();
}
