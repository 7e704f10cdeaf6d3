using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Farspan.Interop.Tests;

/// <summary>
/// The far end of SIPp's third-party call control: what its calls say with <c>sendCmd</c>, and what they
/// wait for with <c>recvCmd</c>. A call so goes on when the test has seen enough, not after a pause.
/// </summary>
internal sealed class SippCalls : IAsyncDisposable
{
    private const byte EndOfMessage = 27;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<SippNotice> _notices = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _reading;
    private NetworkStream? _stream;

    public SippCalls()
    {
        _listener.Start();
        _reading = ReadAsync();
    }

    /// <summary>For SIPp's option -3pcc.</summary>
    public string Address => _listener.LocalEndpoint.ToString()!;

    /// <summary>Waits until the call of a caller reports an event.</summary>
    public async Task<SippNotice> NoticeAsync(
        string caller, string happened, TimeSpan within, Func<string> state)
    {
        SippNotice? Find() => _notices.FirstOrDefault(each => each["Caller"] == caller
            && each["Event"] == happened);
        await Eventually.TrueAsync(
            () => Find() is not null, within, () => $"{happened} of {caller}:\n{state()}");
        return Find()!;
    }

    /// <summary>Lets the call that gave a notice go on.</summary>
    public async Task GoOnAsync(SippNotice notice)
    {
        var message = Encoding.ASCII.GetBytes($"Call-ID: {notice["Call-ID"]}\r\n\r\n");
        await _stream!.WriteAsync((byte[])[.. message, EndOfMessage]);
    }

    /// <summary>Lets every call go on to its end: for a test that gave up.</summary>
    public async Task ReleaseAllAsync()
    {
        foreach (var notice in _notices)
        {
            await GoOnAsync(notice);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _stream?.Dispose();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync(_end.Token);
            var stream = _stream = client.GetStream();
            var buffer = new byte[16_384];
            var text = new StringBuilder();
            while (await stream.ReadAsync(buffer, _end.Token) is > 0 and var bytes)
            {
                foreach (var character in Encoding.ASCII.GetString(buffer, 0, bytes))
                {
                    Take(character, text);
                }
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The test is over, or SIPp is; what it reported is there.
        }
    }

    private void Take(char character, StringBuilder text)
    {
        if (character != (char)EndOfMessage)
        {
            text.Append(character);
            return;
        }

        _notices.Enqueue(SippNotice.Parse(text.ToString()));
        text.Clear();
    }
}
