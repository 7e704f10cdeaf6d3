using Microsoft.AspNetCore.Http;

namespace Farspan.Replication;

/// <summary>Reads the body of a request up to a limit.</summary>
internal static class RequestBody
{
    /// <summary>Null if it is longer.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int bytesMax, CancellationToken stop)
    {
        using var body = new MemoryStream();
        var buffer = new byte[8 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, stop).ConfigureAwait(false)) > 0)
        {
            if (body.Length + read > bytesMax)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
