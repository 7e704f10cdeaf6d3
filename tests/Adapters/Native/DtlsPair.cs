using Farspan.Kernel;
using Farspan.Media;

namespace Farspan.Native.Tests;

/// <summary>Two DTLS sessions and the datagrams between them; the test says which arrive.</summary>
internal sealed class DtlsPair : IDisposable
{
    private const int MaxSteps = 10_000;

    private readonly List<(IDtlsSession To, byte[] Datagram)> _inFlight = [];
    private readonly Func<Instant> _clock;

    public DtlsPair(IDtlsSessionFactory clients, IDtlsSessionFactory servers, Func<Instant>? clock = null)
    {
        _clock = clock ?? (() => Instant.Zero);
        Client = clients.Create(DtlsRole.Client, servers.LocalFingerprint);
        Server = servers.Create(DtlsRole.Server, clients.LocalFingerprint);
    }

    public IDtlsSession Client { get; init; }

    public IDtlsSession Server { get; init; }

    /// <summary>
    /// What becomes of a datagram on its way: how often it arrives, and whether before those in front of
    /// it.
    /// </summary>
    public Func<(int Copies, bool Overtakes)> Fate { get; init; } = () => (1, false);

    public int LongestDatagramBytes { get; private set; }

    /// <summary>Handshakes until both sides are through or failed.</summary>
    public void Run()
    {
        var now = _clock();
        Server.Start(now);
        Client.Start(now);
        for (var step = 0; step < MaxSteps && !(IsOver(Client) && IsOver(Server)); step++)
        {
            Collect(Client, Server);
            Collect(Server, Client);
            if (_inFlight.Count == 0 && !Expire())
            {
                return;
            }

            Deliver();
        }
    }

    /// <summary>Delivers what is on its way, until nothing is.</summary>
    public void Settle()
    {
        do
        {
            Collect(Client, Server);
            Collect(Server, Client);
            Deliver();
        }
        while (_inFlight.Count > 0);
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }

    private static bool IsOver(IDtlsSession session) =>
        session.State is not (DtlsState.New or DtlsState.Handshaking);

    private void Collect(IDtlsSession from, IDtlsSession to)
    {
        var buffer = new byte[DtlsLimits.MaxDatagramBytes];
        while (from.TryTakeDatagram(buffer, out var length))
        {
            LongestDatagramBytes = Math.Max(LongestDatagramBytes, length);
            var (copies, overtakes) = Fate();
            for (var i = 0; i < copies; i++)
            {
                _inFlight.Insert(overtakes ? 0 : _inFlight.Count, (to, buffer[..length]));
            }
        }
    }

    private void Deliver()
    {
        if (_inFlight.Count > 0)
        {
            var (to, datagram) = _inFlight[0];
            _inFlight.RemoveAt(0);
            to.Receive(datagram, _clock());
        }
    }

    /// <summary>Waits for the next deadline of either side; OpenSSL's timers run on the real clock.</summary>
    private bool Expire()
    {
        if (Instant.Earlier(Client.Deadline, Server.Deadline) is not { } deadline)
        {
            return false;
        }

        SpinWait.SpinUntil(() => _clock() >= deadline);
        var now = _clock();
        foreach (var session in (IDtlsSession[])[Client, Server])
        {
            if (session.Deadline <= now)
            {
                session.Expire(now);
            }
        }

        return true;
    }
}
