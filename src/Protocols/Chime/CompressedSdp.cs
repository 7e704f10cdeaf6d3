using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Text;

namespace Farspan.Chime;

/// <summary>
/// The compressed form of a session description in SUBSCRIBE and SUBSCRIBE_ACK: raw deflate
/// (RFC 1951, no zlib header), without a preset dictionary.
/// </summary>
/// <remarks>We never offer it; a server must read it. An answer that uses the previous answer as its
/// dictionary is not supported, and only a client that joined with compression can receive one.</remarks>
public static class CompressedSdp
{
    public static byte[] Deflate(string sdp)
    {
        using var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.Optimal))
        {
            deflate.Write(Encoding.UTF8.GetBytes(sdp));
        }

        return output.ToArray();
    }

    /// <summary>
    /// False for data that is not deflate or that grows over <see cref="ChimeLimits.MaxSdpBytes"/>.
    /// </summary>
    public static bool TryInflate(ReadOnlySpan<byte> compressed, [NotNullWhen(true)] out string? sdp)
    {
        var buffer = new byte[ChimeLimits.MaxSdpBytes + 1];
        sdp = TryInflate(compressed, buffer, out var length) && length <= ChimeLimits.MaxSdpBytes
            ? Encoding.UTF8.GetString(buffer, 0, length)
            : null;
        return sdp is not null;
    }

    private static bool TryInflate(ReadOnlySpan<byte> compressed, byte[] buffer, out int length)
    {
        using var inflate = new DeflateStream(
            new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
        try
        {
            length = inflate.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length > 0;
        }
        catch (InvalidDataException)
        {
            length = 0;
            return false;
        }
    }
}
