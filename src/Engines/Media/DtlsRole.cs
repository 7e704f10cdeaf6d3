namespace Farspan.Media;

/// <summary>
/// Who sends the ClientHello (RFC 5763 §5): <c>a=setup:active</c> is the client, <c>passive</c> the
/// server.
/// </summary>
public enum DtlsRole
{
    Client,
    Server,
}
