using System.Security.Cryptography;
using Farspan.Kernel;
using Farspan.Srtp;

namespace Farspan.Media.Tests;

/// <summary>
/// DTLS without cryptography: a hello with the client's fingerprint and a nonce, an answer with the server's;
/// keys follow from the nonce. Everything a transport sees of the real one: two flights, repetition,
/// verification, keys, close_notify.
/// </summary>
internal sealed class PlainDtls(byte identity) : IDtlsSessionFactory
{
    private byte _nonce;

    public DtlsFingerprint LocalFingerprint { get; } = FingerprintOf(identity);

    public List<Session> Sessions { get; } = [];

    public static DtlsFingerprint FingerprintOf(byte identity) => new(SHA256.HashData([identity]));

    public IDtlsSession Create(DtlsRole role, DtlsFingerprint expectedRemote)
    {
        var session = new Session(role, expectedRemote, identity, ++_nonce);
        Sessions.Add(session);
        return session;
    }

    public void Dispose()
    {
    }

    internal sealed class Session(DtlsRole role, DtlsFingerprint expectedRemote, byte identity, byte nonce)
        : IDtlsSession
    {
        private const byte Handshake = 22;
        private const byte Alert = 21;
        private readonly Queue<byte[]> _out = new();
        private Instant _givesUpAt;

        public DtlsRole Role => role;

        public bool IsDisposed { get; private set; }

        public DtlsState State { get; private set; }

        public Instant? Deadline { get; private set; }

        public DtlsSrtpKeys? Keys { get; private set; }

        public DtlsFailureReason? FailureReason { get; private set; }

        public string? FailureDetail => null;

        public void Start(Instant now)
        {
            State = DtlsState.Handshaking;
            _givesUpAt = now + TimeSpan.FromSeconds(5);
            Deadline = now + DtlsLimits.FirstRetransmission;
            Speak();
        }

        public void Receive(ReadOnlySpan<byte> datagram, Instant now)
        {
            if (datagram[0] == Alert)
            {
                State = DtlsState.Closed;
                Deadline = null;
            }
            else if (State == DtlsState.Handshaking && datagram.Length == 3)
            {
                Finish(datagram[1], datagram[2]);
            }
            else if (State == DtlsState.Connected && role == DtlsRole.Server)
            {
                _out.Enqueue([Handshake, identity, datagram[2]]);
            }
        }

        public void Expire(Instant now)
        {
            if (State != DtlsState.Handshaking)
            {
                return;
            }

            Deadline = now + DtlsLimits.FirstRetransmission;
            Speak();
            if (now >= _givesUpAt)
            {
                Fail(DtlsFailureReason.TimedOut);
            }
        }

        public bool TryTakeDatagram(Span<byte> destination, out int written)
        {
            written = 0;
            if (!_out.TryDequeue(out var datagram))
            {
                return false;
            }

            datagram.CopyTo(destination);
            written = datagram.Length;
            return true;
        }

        public void Close()
        {
            if (State == DtlsState.Connected)
            {
                _out.Enqueue([Alert, 0]);
            }

            State = DtlsState.Closed;
            Deadline = null;
        }

        public void Dispose() => IsDisposed = true;

        private void Speak()
        {
            if (role == DtlsRole.Client)
            {
                _out.Enqueue([Handshake, identity, nonce]);
            }
        }

        private void Finish(byte remote, byte agreed)
        {
            if (FingerprintOf(remote) != expectedRemote)
            {
                Fail(DtlsFailureReason.FingerprintMismatch);
                return;
            }

            State = DtlsState.Connected;
            Deadline = null;
            var profile = SrtpProfile.AeadAes128Gcm;
            var material = new byte[DtlsSrtpKeys.MaterialBytes(profile)];
            new RandomSource(agreed).Fill(material);
            Keys = DtlsSrtpKeys.FromMaterial(profile, role, material);
            if (role == DtlsRole.Server)
            {
                _out.Enqueue([Handshake, identity, agreed]);
            }
        }

        private void Fail(DtlsFailureReason reason)
        {
            State = DtlsState.Failed;
            FailureReason = reason;
            Deadline = null;
        }
    }
}
