using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>
/// Which contact a ClientToken of an instance started, for as long as that is remembered (7 days).
/// </summary>
internal sealed class ClientTokens
{
    private readonly Dictionary<(string Instance, string Token), StartedWebRtcContact> _answers = [];
    private readonly Queue<((string Instance, string Token) Key, Instant At)> _order = new();

    public StartedWebRtcContact? Find(string instanceId, string? token, TimeSpan lifetime, Instant now)
    {
        while (_order.TryPeek(out var oldest)
            && (now - oldest.At > lifetime || _order.Count > EmulatorLimits.RetainedClientTokens))
        {
            _answers.Remove(_order.Dequeue().Key);
        }

        return token is null ? null : _answers.GetValueOrDefault((instanceId, token));
    }

    public void Add(string instanceId, string? token, StartedWebRtcContact answer, Instant now)
    {
        if (token is not null && _answers.TryAdd((instanceId, token), answer))
        {
            _order.Enqueue(((instanceId, token), now));
        }
    }
}
