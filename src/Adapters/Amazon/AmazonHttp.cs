using Farspan.Calls;

namespace Farspan.Amazon;

/// <summary>One HTTP exchange with a time-out and a bounded answer, its failures as values.</summary>
internal static class AmazonHttp
{
    /// <summary>Answers of the APIs in use have a few kilobytes.</summary>
    public const int MaxAnswerBytes = 1024 * 1024;

    /// <summary>For endpoints that give credentials, except the instance's own.</summary>
    public static readonly TimeSpan CredentialTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Throws only when <paramref name="cancellation"/> is cancelled.</summary>
    public static async Task<ConnectResult<HttpAnswer>> SendAsync(
        HttpClient http, HttpRequestMessage request, TimeSpan timeout, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            using var response = await http
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token)
                .ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, limit.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false);
            return ConnectResult<HttpAnswer>.Succeed(
                new HttpAnswer((int)response.StatusCode, response.Headers, body));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Fail(ConnectErrorKind.TimedOut, $"no answer within {timeout.TotalSeconds} s");
        }
        catch (HttpRequestException exception)
        {
            return Fail(KindOf(exception.HttpRequestError), exception.Message);
        }
        catch (IOException exception)
        {
            return Fail(ConnectErrorKind.ConnectionLost, exception.Message);
        }
    }

    private static ConnectErrorKind KindOf(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
            => ConnectErrorKind.Unreachable,
        HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse
            => ConnectErrorKind.InvalidResponse,
        _ => ConnectErrorKind.ConnectionLost,
    };

    private static ConnectResult<HttpAnswer> Fail(ConnectErrorKind kind, string message) =>
        ConnectResult<HttpAnswer>.Fail(new ConnectError(kind) { Message = message });
}
