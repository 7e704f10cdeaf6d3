using System.Text.Json.Serialization.Metadata;
using Farspan.Calls;
using Farspan.Kernel;

namespace Farspan.Amazon;

/// <summary>
/// The participant's own API: how the customer of a contact sends digits (Amazon Connect Participant
/// Service API Reference). It is not signed; a token is the bearer.
/// </summary>
/// <remarks>Every failure is a value; only the caller's own cancellation throws. Thread-safe.</remarks>
public sealed class ConnectParticipantClient(HttpClient http, ConnectEndpoint endpoint, TimeProvider clock)
{
    private const string Service = "participant.connect";

    /// <summary>POST /participant/connection for CONNECTION_CREDENTIALS.</summary>
    public async Task<ConnectResult<ParticipantConnection>> CreateConnectionAsync(
        Redacted<string> participantToken, CancellationToken cancellation)
    {
        var answer = await PostAsync(
            "/participant/connection",
            (new CreateConnectionBody(["CONNECTION_CREDENTIALS"], ConnectParticipant: null),
                AmazonJson.Default.CreateConnectionBody),
            participantToken,
            AmazonJson.Default.CreateConnectionAnswer,
            cancellation).ConfigureAwait(false);
        if (!answer.TryGet(out var created, out var error))
        {
            return ConnectResult<ParticipantConnection>.Fail(error);
        }

        return created.ConnectionCredentials is { ConnectionToken: { Length: > 0 } token, Expiry: var expiry }
            ? ConnectResult<ParticipantConnection>.Succeed(
                new ParticipantConnection(new Redacted<string>(token), expiry))
            : ConnectResult<ParticipantConnection>.Fail(
                new ConnectError(ConnectErrorKind.InvalidResponse) { Message = "no ConnectionToken" });
    }

    /// <summary>POST /participant/message with audio/dtmf. Null when it was done.</summary>
    /// <param name="connectionToken">From <see cref="CreateConnectionAsync"/>.</param>
    /// <param name="digits">0-9, A-D, '*' and '#'; several in one message save the rate limit.</param>
    /// <param name="clientToken">The same for a repetition of the same digits, so that they count
    /// once.</param>
    /// <param name="cancellation">Gives up; whether the digits arrived is then not known.</param>
    public async Task<ConnectError?> SendDigitsAsync(
        Redacted<string> connectionToken, string digits, string clientToken, CancellationToken cancellation)
    {
        var answer = await PostAsync(
            "/participant/message",
            (new SendMessageBody("audio/dtmf", digits, clientToken), AmazonJson.Default.SendMessageBody),
            connectionToken,
            AmazonJson.Default.SendMessageAnswer,
            cancellation).ConfigureAwait(false);
        return answer.Error;
    }

    /// <summary>POST /participant/disconnect. Null when it was done.</summary>
    public async Task<ConnectError?> DisconnectAsync(
        Redacted<string> connectionToken, string clientToken, CancellationToken cancellation)
    {
        var answer = await PostAsync(
            "/participant/disconnect",
            (new DisconnectBody(clientToken), AmazonJson.Default.DisconnectBody),
            connectionToken,
            AmazonJson.Default.EmptyAnswer,
            cancellation).ConfigureAwait(false);
        return answer.Error;
    }

    private async Task<ConnectResult<TAnswer>> PostAsync<TBody, TAnswer>(
        string path,
        (TBody Value, JsonTypeInfo<TBody> TypeInfo) body,
        Redacted<string> bearer,
        JsonTypeInfo<TAnswer> answerType,
        CancellationToken cancellation)
        where TAnswer : class
    {
        var exchange = JsonExchange.Create(
            HttpMethod.Post, endpoint.Resolve(Service, path), body.Value, body.TypeInfo);
        using var request = exchange.CreateRequest();
        request.Headers.TryAddWithoutValidation("X-Amz-Bearer", bearer.Reveal());
        var answer = await AmazonHttp.SendAsync(http, request, endpoint.Timeout, cancellation)
            .ConfigureAwait(false);
        return answer.TryGet(out var received, out var error)
            ? JsonExchange.Read(received, answerType, clock.GetUtcNow())
            : ConnectResult<TAnswer>.Fail(error);
    }
}
