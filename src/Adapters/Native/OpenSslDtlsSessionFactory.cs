using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Farspan.Media;

namespace Farspan.Native;

/// <summary>
/// DTLS 1.2 associations by OpenSSL, with one self-signed P-256 certificate made at construction. To
/// rotate the
/// certificate, make another factory: sessions of the old one go on when it is disposed of.
/// </summary>
public sealed unsafe class OpenSslDtlsSessionFactory : IDtlsSessionFactory
{
    private const string Ciphers =
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
        + "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
        + "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384";

    private const string Groups = "X25519:P-256";
    private const string AllSrtpProfiles = "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80";
    private const ulong Options = OpenSslNative.OptionNoQueryMtu
        | OpenSslNative.OptionNoTicket
        | OpenSslNative.OptionNoCompression
        | OpenSslNative.OptionServerPreference
        | OpenSslNative.OptionNoRenegotiation;

    private readonly SslContextHandle _context;

    /// <param name="srtpProfiles">In OpenSSL's spelling, best first; null for all that we speak.</param>
    /// <exception cref="OpenSslException">OpenSSL cannot be set up.</exception>
    public OpenSslDtlsSessionFactory(string? srtpProfiles = null)
    {
        OpenSslNative.ClearErrors();
        _context = OpenSslNative.ContextNew(OpenSslNative.DtlsMethod());
        OpenSslErrors.ThrowUnless(!_context.IsInvalid, "SSL_CTX_new");
        Configure(srtpProfiles ?? AllSrtpProfiles);
        LocalFingerprint = UseNewCertificate();
    }

    public DtlsFingerprint LocalFingerprint { get; }

    public IDtlsSession Create(DtlsRole role, DtlsFingerprint expectedRemote) =>
        new OpenSslDtlsSession(_context, role, expectedRemote);

    public void Dispose() => _context.Dispose();

    private void Configure(string srtpProfiles)
    {
        OpenSslNative.ContextSetOptions(_context, Options);
        Control(OpenSslNative.CtrlSetMinimumVersion, OpenSslNative.Dtls12, null);
        Control(OpenSslNative.CtrlSetMaximumVersion, OpenSslNative.Dtls12, null);
        Control(OpenSslNative.CtrlSetGroups, 0, Groups);
        OpenSslNative.ContextControl(_context, OpenSslNative.CtrlSetSessionCacheMode, 0, null);
        OpenSslErrors.ThrowUnless(
            OpenSslNative.ContextSetCiphers(_context, Ciphers) == 1, "SSL_CTX_set_cipher_list");
        OpenSslErrors.ThrowUnless(
            OpenSslNative.ContextSetSrtpProfiles(_context, srtpProfiles) == 0, "SSL_CTX_set_tlsext_use_srtp");
        OpenSslNative.ContextSetVerify(_context, OpenSslNative.VerifyPeerOrFail, &AcceptAnyCertificate);
    }

    private DtlsFingerprint UseNewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Farspan", key, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(365));
        var encoded = certificate.RawData;
        var encodedKey = key.ExportECPrivateKey();
        var isUsed = OpenSslNative.ContextUseCertificate(_context, encoded.Length, encoded) == 1
            && OpenSslNative.ContextUsePrivateKey(
                OpenSslNative.KeyTypeEc, _context, encodedKey, encodedKey.Length) == 1;
        CryptographicOperations.ZeroMemory(encodedKey);
        OpenSslErrors.ThrowUnless(isUsed, "SSL_CTX_use_certificate");
        return new DtlsFingerprint(SHA256.HashData(encoded));
    }

    private void Control(int command, nint number, string? text) => OpenSslErrors.ThrowUnless(
        OpenSslNative.ContextControl(_context, command, number, text) == 1, $"SSL_CTX_ctrl {command}");

    /// <summary>
    /// WebRTC trusts the fingerprint of the signalling, not issuers: compared when the handshake is
    /// done.
    /// </summary>
    [UnmanagedCallersOnly]
    private static int AcceptAnyCertificate(int isPreverified, nint store) => 1;
}
