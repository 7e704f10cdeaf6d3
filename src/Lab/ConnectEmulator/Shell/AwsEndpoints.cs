using Farspan.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farspan.ConnectEmulator;

/// <summary>The HTTP bindings of Amazon Connect (signed) and of its participant service (bearer).</summary>
internal sealed class AwsEndpoints(ServiceLoop loop, AwsBodies bodies, TimeProvider time)
{
    private delegate ApiReply<TAnswer> Operation<in TRequest, TAnswer>(
        TRequest request, string? bearer, ConnectService service, Instant now, Outbox<ConnectEffect> outbox)
        where TAnswer : class;

    public void Map(IEndpointRouteBuilder routes)
    {
        MapConnect(routes);
        MapParticipant(routes);
    }

    private void MapConnect(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/contact/webrtc", http => ServeAsync<StartWebRtcContactRequest, StartedWebRtcContact>(
            http,
            isSigned: true,
            (request, _, service, now, outbox) => service.Connect.StartWebRtcContact(request, now, outbox),
            bodies.Started));
        routes.MapPost("/contact/stop", http => ServeAsync<StopContactRequest, Acknowledgement>(
            http,
            isSigned: true,
            (request, _, service, now, outbox) => service.Connect.StopContact(request, now, outbox),
            AwsBodies.Nothing));
        routes.MapPost(
            "/contact/attributes", http => ServeAsync<UpdateContactAttributesRequest, Acknowledgement>(
            http,
            isSigned: true,
            (request, _, service, now, outbox) => service.Connect.UpdateContactAttributes(
                request, now, outbox),
            AwsBodies.Nothing));
        routes.MapPost("/contact/create-participant", http =>
            ServeAsync<CreateParticipantRequest, CreatedParticipant>(
                http,
                isSigned: true,
                (request, _, service, now, outbox) => service.Connect.CreateParticipant(request, now, outbox),
                AwsBodies.Created));
        routes.MapGet("/contact/attributes/{instanceId}/{contactId}", GetAttributesAsync);
    }

    private void MapParticipant(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/participant/connection", http =>
            ServeAsync<CreateParticipantConnectionRequest, ParticipantConnection>(
                http,
                isSigned: false,
                (request, bearer, service, now, outbox) =>
                    service.Participants.CreateParticipantConnection(bearer, request, now, outbox),
                bodies.Connected));
        routes.MapPost("/participant/message", http => ServeAsync<SendMessageRequest, SentMessage>(
            http,
            isSigned: false,
            (request, bearer, service, now, outbox) =>
                service.Participants.SendMessage(bearer, request, now, outbox),
            AwsBodies.Sent));
        routes.MapPost("/participant/disconnect", http =>
            ServeAsync<DisconnectParticipantRequest, Acknowledgement>(
                http,
                isSigned: false,
                (_, bearer, service, now, outbox) =>
                    service.Participants.DisconnectParticipant(bearer, now, outbox),
                AwsBodies.Nothing));
    }

    private async Task ServeAsync<TRequest, TAnswer>(
        HttpContext http, bool isSigned, Operation<TRequest, TAnswer> operation, Func<TAnswer, object> toBody)
        where TRequest : class
        where TAnswer : class
    {
        if (await AwsHttp.ReadBodyAsync(http.Request, http.RequestAborted) is not { } body)
        {
            await AwsHttp.WriteErrorAsync(http, new ApiError(413, "RequestEntityTooLargeException", "body"));
            return;
        }

        if (isSigned && FindSignatureFault(http, body) is { } fault)
        {
            await AwsHttp.WriteErrorAsync(http, fault);
            return;
        }

        if (!EmulatorJson.TryRead<TRequest>(body, EmulatorJson.Aws, out var request, out var error))
        {
            await AwsHttp.WriteErrorAsync(http, new ApiError(400, "SerializationException", error));
            return;
        }

        string? bearer = http.Request.Headers["X-Amz-Bearer"];
        var reply = loop.Run((service, now, outbox) => operation(request, bearer, service, now, outbox));
        await AwsHttp.WriteAsync(http, reply, toBody, time);
    }

    private async Task GetAttributesAsync(HttpContext http)
    {
        if (FindSignatureFault(http, default) is { } fault)
        {
            await AwsHttp.WriteErrorAsync(http, fault);
            return;
        }

        var instanceId = http.Request.RouteValues["instanceId"] as string;
        var contactId = http.Request.RouteValues["contactId"] as string;
        var reply = loop.Run((service, now, outbox) =>
            service.Connect.GetContactAttributes(instanceId, contactId, now, outbox));
        await AwsHttp.WriteAsync(http, reply, AwsBodies.Attributes, time);
    }

    private ApiError? FindSignatureFault(HttpContext http, ReadOnlyMemory<byte> body)
    {
        var settings = loop.Run((service, _, _) => service.Settings);
        return SignatureCheck.FindFault(http.Request, body, settings, time.GetUtcNow());
    }

    /// <summary>The request of DisconnectParticipant, of which the bearer says all.</summary>
    private sealed record DisconnectParticipantRequest
    {
        public string? ClientToken { get; init; }
    }
}
