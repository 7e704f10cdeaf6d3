using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Srtp;

namespace Farspan.Native;

/// <summary>
/// One DTLS 1.2 association by OpenSSL between two memory BIOs (RFC 6347, RFC 5764). A datagram goes in
/// whole, records come
/// out and are packed into datagrams again.
/// </summary>
/// <remarks>
/// OpenSSL times its retransmissions by its own reading of the clock: <see cref="Deadline"/> is asked of
/// it after every
/// step, and an <see cref="Expire"/> that comes before its time does nothing but ask again.
/// </remarks>
internal sealed unsafe class OpenSslDtlsSession : IDtlsSession
{
    private const int RecordHeaderBytes = 13;
    private const int RecordLengthPosition = 11;
    private const int MaxDatagramsPerReceive = 16;

    /// <summary>Added to what OpenSSL says, so that its timer has run out when ours has.</summary>
    private static readonly TimeSpan TimerGrain = TimeSpan.FromMilliseconds(1);

    private readonly SslHandle _ssl;
    private readonly DtlsRole _role;
    private readonly DtlsFingerprint _expectedRemote;
    private readonly nint _input;
    private readonly nint _output;
    private Instant _givesUpAt;

    public OpenSslDtlsSession(SslContextHandle context, DtlsRole role, DtlsFingerprint expectedRemote)
    {
        OpenSslNative.ClearErrors();
        _role = role;
        _expectedRemote = expectedRemote;
        _ssl = OpenSslNative.New(context);
        OpenSslErrors.ThrowUnless(!_ssl.IsInvalid, "SSL_new");
        _input = OpenSslNative.BioNew(OpenSslNative.BioMemoryMethod());
        _output = OpenSslNative.BioNew(OpenSslNative.BioMemoryMethod());
        OpenSslErrors.ThrowUnless(_input != 0 && _output != 0, "BIO_new");
        // An empty BIO means "later", not the end of a stream.
        OpenSslNative.BioControl(_input, OpenSslNative.BioCtrlSetEofReturn, -1, null);
        OpenSslNative.BioControl(_output, OpenSslNative.BioCtrlSetEofReturn, -1, null);
        OpenSslNative.SetBio(_ssl, _input, _output);
        OpenSslNative.Control(_ssl, OpenSslNative.CtrlSetLinkMtu, DtlsLimits.MaxDatagramBytes, null);
        OpenSslNative.SetTimerCallback(_ssl, &NextRetransmission);
    }

    public DtlsState State { get; private set; }

    public Instant? Deadline { get; private set; }

    public DtlsSrtpKeys? Keys { get; private set; }

    public DtlsFailureReason? FailureReason { get; private set; }

    public string? FailureDetail { get; private set; }

    public void Start(Instant now)
    {
        Invariant.Require(State == DtlsState.New);
        State = DtlsState.Handshaking;
        _givesUpAt = now + DtlsLimits.HandshakeTimeout;
        if (_role == DtlsRole.Client)
        {
            OpenSslNative.SetConnectState(_ssl);
        }
        else
        {
            OpenSslNative.SetAcceptState(_ssl);
        }

        Advance(now);
    }

    public void Receive(ReadOnlySpan<byte> datagram, Instant now)
    {
        if (State is not (DtlsState.Handshaking or DtlsState.Connected)
            || datagram.Length is 0 or > DtlsLimits.MaxReceivedBytes)
        {
            return;
        }

        // What is left of the datagram before was no whole record: it must not be glued to this one.
        OpenSslNative.BioControl(_input, OpenSslNative.BioCtrlReset, 0, null);
        fixed (byte* data = datagram)
        {
            _ = OpenSslNative.BioWrite(_input, data, datagram.Length);
        }

        Advance(now);
    }

    public void Expire(Instant now)
    {
        if (State == DtlsState.Handshaking && now >= _givesUpAt)
        {
            Fail(DtlsFailureReason.TimedOut, null);
            return;
        }

        if (State is not (DtlsState.Handshaking or DtlsState.Connected))
        {
            return;
        }

        OpenSslNative.ClearErrors();
        var result = OpenSslNative.Control(_ssl, OpenSslNative.CtrlHandleTimeout, 0, null);
        if (result < 0 && State == DtlsState.Handshaking)
        {
            Fail(DtlsFailureReason.TimedOut, OpenSslErrors.Take());
        }

        UpdateDeadline(now);
    }

    public bool TryTakeDatagram(Span<byte> destination, out int written)
    {
        Invariant.Require(destination.Length >= DtlsLimits.MaxDatagramBytes);
        written = 0;
        if (_ssl.IsClosed)
        {
            return false;
        }

        byte* data;
        var pending = (int)OpenSslNative.BioControl(_output, OpenSslNative.BioCtrlInfo, 0, &data);
        written = MeasureDatagram(new ReadOnlySpan<byte>(data, pending));
        if (written > 0)
        {
            fixed (byte* target = destination)
            {
                written = OpenSslNative.BioRead(_output, target, written);
            }
        }

        GC.KeepAlive(_ssl);
        return written > 0;
    }

    public void Close()
    {
        if (State == DtlsState.Connected)
        {
            OpenSslNative.ClearErrors();
            _ = OpenSslNative.Shutdown(_ssl);
        }

        if (State != DtlsState.Failed)
        {
            State = DtlsState.Closed;
        }

        Deadline = null;
    }

    public void Dispose()
    {
        State = State == DtlsState.Failed ? DtlsState.Failed : DtlsState.Closed;
        _ssl.Dispose();
    }

    /// <summary>As many whole records as fit into one datagram.</summary>
    private static int MeasureDatagram(ReadOnlySpan<byte> records)
    {
        var length = 0;
        while (records.Length - length >= RecordHeaderBytes)
        {
            var body = BinaryPrimitives.ReadUInt16BigEndian(records[(length + RecordLengthPosition)..]);
            var end = length + RecordHeaderBytes + body;
            if (end > DtlsLimits.MaxDatagramBytes || end > records.Length)
            {
                break;
            }

            length = end;
        }

        return length;
    }

    /// <summary>The pause after one of this length, both in microseconds; 0 asks for the first.</summary>
    [UnmanagedCallersOnly]
    private static uint NextRetransmission(nint ssl, uint previousMicroseconds) => previousMicroseconds == 0
        ? (uint)DtlsLimits.FirstRetransmission.TotalMicroseconds
        : (uint)Math.Min(previousMicroseconds * 2UL, DtlsLimits.LongestRetransmission.TotalMicroseconds);

    private void Advance(Instant now)
    {
        OpenSslNative.ClearErrors();
        if (State == DtlsState.Handshaking)
        {
            Handshake();
        }

        if (State == DtlsState.Connected)
        {
            Drain();
        }

        UpdateDeadline(now);
    }

    private void Handshake()
    {
        var result = OpenSslNative.DoHandshake(_ssl);
        if (result == 1)
        {
            Complete();
            return;
        }

        if (!WantsMore(result))
        {
            Fail(DtlsFailureReason.HandshakeFailed, OpenSslErrors.Take());
        }
    }

    /// <summary>
    /// After the handshake only alerts and repeated flights come: OpenSSL deals with them as it reads.
    /// </summary>
    private void Drain()
    {
        var scratch = stackalloc byte[DtlsLimits.MaxReceivedBytes];
        for (var i = 0; i < MaxDatagramsPerReceive; i++)
        {
            var result = OpenSslNative.Read(_ssl, scratch, DtlsLimits.MaxReceivedBytes);
            if (result > 0)
            {
                continue;
            }

            if (!WantsMore(result))
            {
                OpenSslNative.ClearErrors();
                State = DtlsState.Closed;
            }

            return;
        }
    }

    private bool WantsMore(int result) =>
        OpenSslNative.GetError(_ssl, result) is OpenSslNative.ErrorWantRead or OpenSslNative.ErrorWantWrite;

    private void Complete()
    {
        if (ReadPeerFingerprint() is not { } remote || remote != _expectedRemote)
        {
            _ = OpenSslNative.Shutdown(_ssl);
            Fail(DtlsFailureReason.FingerprintMismatch, null);
            return;
        }

        var selected = OpenSslNative.GetSelectedSrtpProfile(_ssl);
        if (selected is null || !SrtpProfiles.TryFromWire((int)selected->Number, out var profile))
        {
            _ = OpenSslNative.Shutdown(_ssl);
            var name = selected is null ? null : Marshal.PtrToStringUTF8(selected->Name);
            Fail(DtlsFailureReason.NoSrtpProfile, name);
            return;
        }

        Keys = ExportKeys(profile);
        State = DtlsState.Connected;
    }

    private DtlsFingerprint? ReadPeerFingerprint()
    {
        var certificate = OpenSslNative.GetPeerCertificate(_ssl);
        if (certificate == 0)
        {
            return null;
        }

        Span<byte> digest = stackalloc byte[DtlsFingerprint.DigestBytes];
        fixed (byte* bytes = digest)
        {
            var sha256 = OpenSslNative.Sha256();
            var isThere = OpenSslNative.CertificateDigest(certificate, sha256, bytes, out var length);
            OpenSslNative.CertificateFree(certificate);
            return isThere == 1 && length == digest.Length ? new DtlsFingerprint(digest) : null;
        }
    }

    private DtlsSrtpKeys ExportKeys(SrtpProfile profile)
    {
        Span<byte> material = stackalloc byte[DtlsSrtpKeys.MaterialBytes(profile)];
        var label = DtlsSrtpKeys.ExporterLabel;
        fixed (byte* output = material, labelBytes = label)
        {
            var isExported = OpenSslNative.ExportKeyingMaterial(
                _ssl, output, (nuint)material.Length, labelBytes, (nuint)label.Length, null, 0, 0);
            Invariant.Require(isExported == 1);
        }

        var keys = DtlsSrtpKeys.FromMaterial(profile, _role, material);
        material.Clear();
        return keys;
    }

    private void Fail(DtlsFailureReason reason, string? detail)
    {
        State = DtlsState.Failed;
        FailureReason = reason;
        FailureDetail = detail;
    }

    private void UpdateDeadline(Instant now)
    {
        Deadline = null;
        if (State is not (DtlsState.Handshaking or DtlsState.Connected))
        {
            return;
        }

        TimeValue left;
        if (OpenSslNative.Control(_ssl, OpenSslNative.CtrlGetTimeout, 0, &left) > 0)
        {
            var pause = TimeSpan.FromMicroseconds((left.Seconds * 1_000_000) + left.Microseconds);
            Deadline = now + pause + TimerGrain;
        }

        if (State == DtlsState.Handshaking)
        {
            Deadline = Instant.Earlier(Deadline, _givesUpAt);
        }
    }

    /// <summary>struct timeval of Linux on 64-bit processors.</summary>
    private struct TimeValue
    {
        public long Seconds;
        public long Microseconds;
    }
}
