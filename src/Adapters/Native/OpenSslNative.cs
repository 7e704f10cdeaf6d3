using System.Runtime.InteropServices;

namespace Farspan.Native;

/// <summary>
/// The part of libssl and libcrypto 3 that DTLS-SRTP needs; see the manual pages of the same names.
/// </summary>
internal static unsafe partial class OpenSslNative
{
    public const int Dtls12 = 0xFEFD;
    public const int KeyTypeEc = 408;
    public const int VerifyPeerOrFail = 0x01 | 0x02;

    public const int CtrlSetMinimumVersion = 123;
    public const int CtrlSetMaximumVersion = 124;
    public const int CtrlSetGroups = 92;
    public const int CtrlSetSessionCacheMode = 44;
    public const int CtrlSetLinkMtu = 120;
    public const int CtrlGetTimeout = 73;
    public const int CtrlHandleTimeout = 74;
    public const int BioCtrlReset = 1;
    public const int BioCtrlInfo = 3;
    public const int BioCtrlSetEofReturn = 130;

    public const ulong OptionNoQueryMtu = 1UL << 12;
    public const ulong OptionNoTicket = 1UL << 14;
    public const ulong OptionNoCompression = 1UL << 17;
    public const ulong OptionServerPreference = 1UL << 22;
    public const ulong OptionNoRenegotiation = 1UL << 30;

    public const int ErrorWantRead = 2;
    public const int ErrorWantWrite = 3;
    public const int ErrorZeroReturn = 6;

    static OpenSslNative() => OpenSslLibrary.Prepare();

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "DTLS_method")]
    public static partial nint DtlsMethod();

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_CTX_new")]
    public static partial SslContextHandle ContextNew(nint method);

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_CTX_free")]
    public static partial void ContextFree(nint context);

    [LibraryImport(
        OpenSslLibrary.Ssl, EntryPoint = "SSL_CTX_ctrl", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ContextControl(
        SslContextHandle context, int command, nint number, string? text);

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_CTX_set_options")]
    public static partial ulong ContextSetOptions(SslContextHandle context, ulong options);

    [LibraryImport(
        OpenSslLibrary.Ssl,
        EntryPoint = "SSL_CTX_set_cipher_list",
        StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ContextSetCiphers(SslContextHandle context, string ciphers);

    /// <summary>Returns 0 on success, unlike its neighbours.</summary>
    [LibraryImport(
        OpenSslLibrary.Ssl,
        EntryPoint = "SSL_CTX_set_tlsext_use_srtp",
        StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ContextSetSrtpProfiles(SslContextHandle context, string profiles);

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_CTX_set_verify")]
    public static partial void ContextSetVerify(
        SslContextHandle context, int mode, delegate* unmanaged<int, nint, int> callback);

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_CTX_use_certificate_ASN1")]
    public static partial int ContextUseCertificate(SslContextHandle context, int length, byte[] certificate);

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_CTX_use_PrivateKey_ASN1")]
    public static partial int ContextUsePrivateKey(
        int type, SslContextHandle context, byte[] key, nint length);

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_new")]
    public static partial SslHandle New(SslContextHandle context);

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_free")]
    public static partial void Free(nint ssl);

    /// <summary>The BIOs belong to the SSL from here on.</summary>
    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_set_bio")]
    public static partial void SetBio(SslHandle ssl, nint readBio, nint writeBio);

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_set_connect_state")]
    public static partial void SetConnectState(SslHandle ssl);

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_set_accept_state")]
    public static partial void SetAcceptState(SslHandle ssl);

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "DTLS_set_timer_cb")]
    public static partial void SetTimerCallback(
        SslHandle ssl, delegate* unmanaged<nint, uint, uint> callback);

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_ctrl")]
    public static partial nint Control(SslHandle ssl, int command, nint number, void* data);

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_do_handshake")]
    public static partial int DoHandshake(SslHandle ssl);

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_read")]
    public static partial int Read(SslHandle ssl, byte* buffer, int length);

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_shutdown")]
    public static partial int Shutdown(SslHandle ssl);

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_get_error")]
    public static partial int GetError(SslHandle ssl, int result);

    /// <summary>Null or the selected profile: a pointer to its name, then its number.</summary>
    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_get_selected_srtp_profile")]
    public static partial SrtpProtectionProfile* GetSelectedSrtpProfile(SslHandle ssl);

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_export_keying_material")]
    public static partial int ExportKeyingMaterial(
        SslHandle ssl,
        byte* output,
        nuint length,
        byte* label,
        nuint labelLength,
        byte* context,
        nuint contextLength,
        int useContext);

    [LibraryImport(OpenSslLibrary.Ssl, EntryPoint = "SSL_get1_peer_certificate")]
    public static partial nint GetPeerCertificate(SslHandle ssl);

    [LibraryImport(OpenSslLibrary.Crypto, EntryPoint = "X509_digest")]
    public static partial int CertificateDigest(
        nint certificate, nint algorithm, byte* digest, out uint length);

    [LibraryImport(OpenSslLibrary.Crypto, EntryPoint = "X509_free")]
    public static partial void CertificateFree(nint certificate);

    [LibraryImport(OpenSslLibrary.Crypto, EntryPoint = "EVP_sha256")]
    public static partial nint Sha256();

    [LibraryImport(OpenSslLibrary.Crypto, EntryPoint = "BIO_s_mem")]
    public static partial nint BioMemoryMethod();

    [LibraryImport(OpenSslLibrary.Crypto, EntryPoint = "BIO_new")]
    public static partial nint BioNew(nint method);

    [LibraryImport(OpenSslLibrary.Crypto, EntryPoint = "BIO_write")]
    public static partial int BioWrite(nint bio, byte* data, int length);

    [LibraryImport(OpenSslLibrary.Crypto, EntryPoint = "BIO_read")]
    public static partial int BioRead(nint bio, byte* data, int length);

    [LibraryImport(OpenSslLibrary.Crypto, EntryPoint = "BIO_ctrl")]
    public static partial nint BioControl(nint bio, int command, nint number, void* data);

    [LibraryImport(OpenSslLibrary.Crypto, EntryPoint = "ERR_clear_error")]
    public static partial void ClearErrors();

    [LibraryImport(OpenSslLibrary.Crypto, EntryPoint = "ERR_get_error")]
    public static partial nuint TakeError();

    [LibraryImport(OpenSslLibrary.Crypto, EntryPoint = "ERR_error_string_n")]
    public static partial void DescribeError(nuint error, byte* text, nuint length);

    /// <summary>SRTP_PROTECTION_PROFILE of openssl/srtp.h.</summary>
    public readonly record struct SrtpProtectionProfile(nint Name, nuint Number);
}
