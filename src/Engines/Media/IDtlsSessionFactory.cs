namespace Farspan.Media;

/// <summary>
/// Creates DTLS associations that share one certificate. A new certificate is a new factory; sessions
/// of the old one live on.
/// </summary>
public interface IDtlsSessionFactory : IDisposable
{
    /// <summary>Of our certificate, for <c>a=fingerprint</c>.</summary>
    DtlsFingerprint LocalFingerprint { get; }

    /// <summary>
    /// Creates a session that accepts only the peer whose certificate has this fingerprint.
    /// </summary>
    IDtlsSession Create(DtlsRole role, DtlsFingerprint expectedRemote);
}
