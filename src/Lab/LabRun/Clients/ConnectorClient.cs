using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Farspan.LabRun;

/// <summary>Asks the connector how it is.</summary>
internal sealed class ConnectorClient : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="url">The administration API, whose certificate the connector made itself.</param>
    /// <param name="user">Its user.</param>
    /// <param name="password">Its password.</param>
    public ConnectorClient(Uri url, string user, string password)
    {
        var handler = new SocketsHttpHandler();

        // It is our own child on loopback, and no secret but the lab's own password crosses.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => url.IsLoopback;
        _http = new HttpClient(handler) { BaseAddress = url, Timeout = LabLimits.AskPatience };
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
    }

    /// <summary>Null if the connector does not answer.</summary>
    public async Task<ConnectorSeen?> GetStatusAsync(CancellationToken stop)
    {
        try
        {
            var path = new Uri("/api/v1/status", UriKind.Relative);
            var text = await _http.GetStringAsync(path, stop).ConfigureAwait(false);
            return JsonNode.Parse(text) is JsonObject status ? ConnectorSeen.Read(status) : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException
            || (e is TaskCanceledException && !stop.IsCancellationRequested))
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>What the connector said of itself.</summary>
/// <param name="Calls">Live calls.</param>
/// <param name="Ringing">Those that ring.</param>
/// <param name="QuotaLeft">Concurrent calls that Amazon Connect would still take.</param>
/// <param name="Waiting">Callers who wait for quota.</param>
public sealed record ConnectorSeen(int Calls, int Ringing, int QuotaLeft, int Waiting)
{
    internal static ConnectorSeen Read(JsonObject status)
    {
        var instance = status["instances"] is JsonArray { Count: > 0 } instances ? instances[0] : null;
        return new ConnectorSeen(
            (int?)status["calls"]?["total"] ?? 0,
            (int?)status["calls"]?["ringing"] ?? 0,
            (int?)instance?["slotsLeft"] ?? 0,
            (int?)instance?["waiting"] ?? 0);
    }
}
