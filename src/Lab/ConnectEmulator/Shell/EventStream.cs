using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Farspan.ConnectEmulator;

/// <summary>Writes server-sent events (HTML Living Standard §9.2).</summary>
internal static class EventStream
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public static async Task OpenAsync(HttpContext http)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    public static async Task WriteAsync<T>(HttpContext http, string name, long? id, T data)
    {
        var text = $"event: {name}\n{(id is null ? "" : $"id: {id}\n")}"
            + $"data: {JsonSerializer.Serialize(data, EmulatorJson.OwnLine)}\n\n";
        await http.Response.WriteAsync(text, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    /// <summary>
    /// Waits for the next item; while there is none, a comment now and then finds out who has gone.
    /// </summary>
    public static async Task<bool> WaitAsync<T>(HttpContext http, ChannelReader<T> reader)
    {
        var waiting = reader.WaitToReadAsync(http.RequestAborted).AsTask();
        while (await Task.WhenAny(waiting, Task.Delay(KeepAlive, http.RequestAborted)) != waiting)
        {
            await http.Response.WriteAsync(":\n\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }

        return await waiting;
    }
}
