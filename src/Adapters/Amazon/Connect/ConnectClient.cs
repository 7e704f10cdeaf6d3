using System.Text.Json.Serialization.Metadata;
using Farspan.Calls;
using Farspan.Kernel;

namespace Farspan.Amazon;

/// <summary>
/// The operations of Amazon Connect that a call needs, signed (Amazon Connect API Reference).
/// </summary>
/// <remarks>
/// Every failure is a value; only the caller's own cancellation throws. Nothing is repeated here but a
/// request whose credentials had expired: pacing and retries belong to the call engine. Thread-safe.
/// </remarks>
public sealed class ConnectClient(
    HttpClient http, ConnectEndpoint endpoint, CredentialCache credentials, TimeProvider clock)
{
    private const string Service = "connect";

    /// <summary>PUT /contact/webrtc.</summary>
    public async Task<ConnectResult<StartedContact>> StartContactAsync(
        StartContactRequest request, CancellationToken cancellation)
    {
        var body = new StartWebRtcContactBody
        {
            InstanceId = request.InstanceId,
            ContactFlowId = request.ContactFlowId,
            ParticipantDetails = new ParticipantDetailsBody(request.DisplayName),
            Attributes = ToDictionary(request.Attributes),
            ClientToken = request.ClientToken,
            RelatedContactId = request.RelatedContactId,
            Description = request.Description,
        };
        var exchange = JsonExchange.Create(
            HttpMethod.Put, Uri("/contact/webrtc"), body, AmazonJson.Default.StartWebRtcContactBody);
        var answer = await SendAsync(exchange, AmazonJson.Default.StartWebRtcContactAnswer, cancellation)
            .ConfigureAwait(false);
        return answer.TryGet(out var started, out var error)
            ? ToContact(started)
            : ConnectResult<StartedContact>.Fail(error);
    }

    /// <summary>POST /contact/stop. Null when it was done.</summary>
    public async Task<ConnectError?> StopContactAsync(
        string instanceId, string contactId, CancellationToken cancellation)
    {
        var exchange = JsonExchange.Create(
            HttpMethod.Post,
            Uri("/contact/stop"),
            new StopContactBody(contactId, instanceId),
            AmazonJson.Default.StopContactBody);
        var answer = await SendAsync(exchange, AmazonJson.Default.EmptyAnswer, cancellation)
            .ConfigureAwait(false);
        return answer.Error;
    }

    /// <summary>POST /contact/attributes. Null when it was done.</summary>
    public async Task<ConnectError?> UpdateAttributesAsync(
        string instanceId, string contactId, ContactAttributes attributes, CancellationToken cancellation)
    {
        var exchange = JsonExchange.Create(
            HttpMethod.Post,
            Uri("/contact/attributes"),
            new UpdateContactAttributesBody(contactId, instanceId, ToDictionary(attributes)),
            AmazonJson.Default.UpdateContactAttributesBody);
        var answer = await SendAsync(exchange, AmazonJson.Default.EmptyAnswer, cancellation)
            .ConfigureAwait(false);
        return answer.Error;
    }

    private static OrderedDictionary<string, string> ToDictionary(ContactAttributes attributes) =>
        new(attributes.Items);

    private static ConnectResult<StartedContact> ToContact(StartWebRtcContactAnswer answer) =>
        answer is { ContactId: { Length: > 0 } contactId }
            ? ConnectResult<StartedContact>.Succeed(new StartedContact(
                contactId,
                answer.ParticipantId ?? "",
                new Redacted<string>(answer.ParticipantToken ?? ""),
                ToMeeting(answer.ConnectionData)))
            : ConnectResult<StartedContact>.Fail(
                new ConnectError(ConnectErrorKind.InvalidResponse) { Message = "no ContactId" });

    /// <summary>Null unless all that a join needs is there.</summary>
    private static ContactMeeting? ToMeeting(ConnectionDataBody? data) =>
        data is
        {
            Attendee: { AttendeeId: { } attendeeId, JoinToken: { } joinToken },
            Meeting:
            {
                MeetingId: { } meetingId,
                MediaPlacement: { SignalingUrl: { } signalingUrl } media,
            } meeting,
        }
            ? new ContactMeeting
            {
                MeetingId = meetingId,
                MediaRegion = meeting.MediaRegion ?? "",
                AttendeeId = attendeeId,
                JoinToken = new Redacted<string>(joinToken),
                SignalingUrl = signalingUrl,
                AudioHostUrl = media.AudioHostUrl ?? "",
                AudioFallbackUrl = media.AudioFallbackUrl,
                TurnControlUrl = media.TurnControlUrl,
            }
            : null;

    private Uri Uri(string path) => endpoint.Resolve(Service, path);

    private async Task<ConnectResult<TAnswer>> SendAsync<TAnswer>(
        JsonExchange exchange, JsonTypeInfo<TAnswer> typeInfo, CancellationToken cancellation)
        where TAnswer : class
    {
        var (result, used) = await SendOnceAsync(exchange, typeInfo, cancellation).ConfigureAwait(false);
        if (result.Error?.Kind != ConnectErrorKind.ExpiredCredentials || used is null)
        {
            return result;
        }

        // The service refused the signature without acting. Newer credentials are worth one more attempt.
        credentials.Invalidate(used);
        var (second, _) = await SendOnceAsync(exchange, typeInfo, cancellation).ConfigureAwait(false);
        return second;
    }

    private async Task<(ConnectResult<TAnswer> Result, AwsCredentials? Used)> SendOnceAsync<TAnswer>(
        JsonExchange exchange, JsonTypeInfo<TAnswer> typeInfo, CancellationToken cancellation)
        where TAnswer : class
    {
        var outcome = await credentials.GetAsync(cancellation).ConfigureAwait(false);
        if (outcome is not CredentialOutcome.Found { Credentials: var found })
        {
            var reason = outcome is CredentialOutcome.Failed failed
                ? failed.Reason
                : "no source is configured";
            var error = new ConnectError(ConnectErrorKind.NoCredentials) { Message = reason };
            return (ConnectResult<TAnswer>.Fail(error), null);
        }

        using var request = exchange.CreateRequest();
        SigV4Signer.Sign(request, exchange.Body, found, endpoint.Region, Service, clock.GetUtcNow());
        var answer = await AmazonHttp.SendAsync(http, request, endpoint.Timeout, cancellation)
            .ConfigureAwait(false);
        var result = answer.TryGet(out var received, out var failure)
            ? JsonExchange.Read(received, typeInfo, clock.GetUtcNow())
            : ConnectResult<TAnswer>.Fail(failure);
        return (result, found);
    }
}
