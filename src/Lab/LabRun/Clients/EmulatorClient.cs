using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Farspan.LabRun;

/// <summary>Asks the Connect emulator what its side saw.</summary>
internal sealed class EmulatorClient(Uri url) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = url, Timeout = LabLimits.AskPatience };

    /// <summary>Every contact; null if the emulator does not answer.</summary>
    public async Task<IReadOnlyList<ContactSeen>?> GetContactsAsync(CancellationToken stop) =>
        await AskAsync("/contacts", stop).ConfigureAwait(false) is JsonArray contacts
            ? [.. contacts.OfType<JsonObject>().Select(ContactSeen.Read)]
            : null;

    /// <summary>What happened after a sequence number; nothing if the emulator does not answer.</summary>
    public async Task<IReadOnlyList<LabEvent>> GetEventsAsync(long after, CancellationToken stop) =>
        await AskAsync($"/events/log?after={after}", stop).ConfigureAwait(false) is JsonArray events
            ? [.. events.OfType<JsonObject>().Select(LabEvent.Read)]
            : [];

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode?> AskAsync(string path, CancellationToken stop)
    {
        try
        {
            var address = new Uri(path, UriKind.Relative);
            return JsonNode.Parse(await _http.GetStringAsync(address, stop).ConfigureAwait(false));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException
            || (e is TaskCanceledException && !stop.IsCancellationRequested))
        {
            return null;
        }
    }
}
