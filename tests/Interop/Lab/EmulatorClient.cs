using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Farspan.Interop.Tests;

/// <summary>What the emulator of Amazon Connect saw, and what it shall do wrong.</summary>
internal sealed class EmulatorClient(Uri address) : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(10) };

    public async Task<ContactSeen[]> ContactsAsync()
    {
        var contacts = await _http.GetFromJsonAsync<JsonArray>("/contacts");
        return [.. contacts!.Select(contact => new ContactSeen(contact!))];
    }

    /// <summary>The latest contact of a caller; null while there is none.</summary>
    public async Task<ContactSeen?> ContactOfAsync(string callerNumber) =>
        (await ContactsAsync()).LastOrDefault(contact => contact.Caller == callerNumber);

    /// <summary>Waits until the caller's contact is so.</summary>
    public async Task<ContactSeen> ContactAsync(
        string callerNumber, Func<ContactSeen, bool> isSo, string what, TimeSpan? within = null)
    {
        ContactSeen? contact = null;
        await Eventually.TrueAsync(
            async () => (contact = await ContactOfAsync(callerNumber)) is not null && isSo(contact),
            within ?? Soon,
            () => $"the contact of {callerNumber} {what}:\n{contact?.Json}");
        return contact!;
    }

    /// <summary>Everything that the emulator remembers having seen.</summary>
    public async Task<string> EventsAsync() => await _http.GetStringAsync("/events/log?after=0");

    public Task InjectAsync(string faults) => SendAsync(HttpMethod.Post, "/faults", faults);

    public Task ClearFaultsAsync() => SendAsync(HttpMethod.Delete, "/faults", "");

    public Task PatchSettingsAsync(string patch) => SendAsync(HttpMethod.Patch, "/settings", patch);

    /// <summary>So many calls are answered at once.</summary>
    public Task SetBuiltInAgentsAsync(int count) => PatchSettingsAsync(new JsonObject
    {
        ["agents"] = new JsonArray(
            [.. Enumerable.Range(1, count).Select(i => new JsonObject { ["name"] = $"built-in {i}" })]),
    }.ToJsonString());

    /// <summary>Disturbs the established signalling connection of a contact.</summary>
    public Task DisturbAsync(string contactId, string disturbance) =>
        SendAsync(HttpMethod.Post, $"/contacts/{contactId}/signaling", disturbance);

    /// <summary>The agent of a contact hangs up, which ends the contact.</summary>
    public Task HangUpAsync(ContactSeen contact) =>
        SendAsync(HttpMethod.Post, $"/agent/{contact.AgentId}/hangup", "");

    public void Dispose() => _http.Dispose();

    private async Task SendAsync(HttpMethod method, string path, string json)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
