using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Farspan.Browser.Tests;

/// <summary>
/// One page of Chromium over the DevTools protocol: commands with ids one way, results and events the other.
/// </summary>
internal sealed class DevToolsPage : IAsyncDisposable
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _commands = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly CancellationTokenSource _end = new();
    private Task _reading = Task.CompletedTask;
    private int _lastId;

    private DevToolsPage()
    {
    }

    /// <summary>Exceptions that nobody on the page caught.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    public static async Task<DevToolsPage> ConnectAsync(Uri address)
    {
        var page = new DevToolsPage();
        using var limit = new CancellationTokenSource(AnswersWithin);
        await page._socket.ConnectAsync(address, limit.Token);
        page._reading = page.ReadAsync();
        await page.CommandAsync("Runtime.enable", []);
        await page.CommandAsync("Page.enable", []);
        return page;
    }

    public Task NavigateAsync(Uri address) =>
        CommandAsync("Page.navigate", new JsonObject { ["url"] = address.ToString() });

    /// <summary>The value of a JavaScript expression; null for null and undefined.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var answer = await CommandAsync("Runtime.evaluate", new JsonObject
        {
            ["expression"] = expression,
            ["awaitPromise"] = true,
            ["returnByValue"] = true,
        });
        Assert.True(answer["exceptionDetails"] is null, $"{expression}: {answer}");
        return answer["result"]!["value"]?.DeepClone();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _socket.Dispose();
        _end.Dispose();
    }

    private async Task<JsonNode> CommandAsync(string method, JsonObject parameters)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = _commands[id] =
            new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        var command = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        var json = JsonSerializer.SerializeToUtf8Bytes(command);
        await _socket.SendAsync(json, WebSocketMessageType.Text, endOfMessage: true, _end.Token);
        return await answer.Task.WaitAsync(AnswersWithin);
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        try
        {
            while (await _socket.ReceiveAsync(buffer, _end.Token) is { } part
                && part.MessageType == WebSocketMessageType.Text)
            {
                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    Take(JsonNode.Parse(message.ToArray())!);
                    message.SetLength(0);
                }
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // Chromium is put away; whoever waits for an answer has a limit.
        }
    }

    private void Take(JsonNode message)
    {
        if ((int?)message["id"] is { } id && _commands.TryRemove(id, out var command))
        {
            command.SetResult(message["result"] ?? message);
        }
        else if ((string?)message["method"] == "Runtime.exceptionThrown")
        {
            _faults.Enqueue(message["params"]!.ToJsonString());
        }
    }
}
