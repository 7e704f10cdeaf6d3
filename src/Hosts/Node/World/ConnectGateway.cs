using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Farspan.Calls;
using Farspan.Observability;

namespace Farspan.Node;

/// <summary>Sends the engine's requests to Amazon Connect and posts what became of them.</summary>
/// <remarks>
/// Every request ends in exactly one input, also when something of ours throws: the engine waits for it.
/// </remarks>
internal sealed class ConnectGateway(
    IReadOnlyDictionary<string, ConnectInstance> instances,
    ConnectMetrics metrics,
    Action<ConnectorInput> post) : IDisposable
{
    // A probe stops a contact that nobody has: needs endpoint, credentials and permission, and does nothing.
    private const string NoContact = "00000000-0000-0000-0000-000000000000";

    private readonly CancellationTokenSource _stopping = new();

    public void Perform(ConnectorEffect.StartContact start)
    {
        var instance = instances[start.Request.InstanceId];
        _ = RunAsync(
            instance,
            "StartWebRTCContact",
            stop => instance.Contacts.StartContactAsync(start.Request, stop),
            result => result.TryGet(out var contact, out var error)
                ? new ConnectorInput.ContactStarted(start.IntentId, contact)
                : new ConnectorInput.ContactStartFailed(start.IntentId, error));
    }

    public void Perform(ConnectorEffect.StopContact effect)
    {
        var instance = instances[effect.InstanceId];
        _ = RunAsync(
            instance,
            "StopContact",
            async stop =>
                ToResult(await instance.Contacts.StopContactAsync(effect.InstanceId, effect.ContactId, stop)),
            result => new ConnectorInput.ContactStopCompleted(effect.IntentId, result.Error));
    }

    public void Perform(ConnectorEffect.ProbeInstance probe)
    {
        var instance = instances[probe.InstanceId];
        _ = RunAsync(
            instance,
            "Probe",
            async stop =>
            {
                var error = await instance.Contacts.StopContactAsync(probe.InstanceId, NoContact, stop);
                return ToResult(error is { ConcernsInstance: true } ? error : null);
            },
            result => new ConnectorInput.InstanceProbed(probe.InstanceId, result.Error));
    }

    public void Perform(ConnectorEffect.UpdateAttributes update)
    {
        var instance = instances[update.InstanceId];
        _ = RunAsync(
            instance,
            "UpdateContactAttributes",
            async stop => ToResult(await instance.Contacts.UpdateAttributesAsync(
                update.InstanceId, update.ContactId, update.Attributes, stop)),
            result => new ConnectorInput.AttributesUpdated(update.CallId, result.Error));
    }

    public void Perform(ConnectorEffect.ConnectParticipant connect)
    {
        var instance = instances[connect.InstanceId];
        _ = RunAsync(
            instance,
            "CreateParticipantConnection",
            stop => instance.Participants.CreateConnectionAsync(connect.ParticipantToken, stop),
            result => new ConnectorInput.ParticipantConnected(connect.CallId, result));
    }

    public void Perform(ConnectorEffect.SendDigits send)
    {
        var instance = instances[send.InstanceId];
        _ = RunAsync(
            instance,
            "SendMessage",
            async stop => ToResult(await instance.Participants.SendDigitsAsync(
                send.ConnectionToken, send.Digits, send.ClientToken, stop)),
            result => new ConnectorInput.DigitsSent(send.CallId, result.Error));
    }

    /// <summary>
    /// Gives up what is under way; its outcome is then unknown, which the journal remembers.
    /// </summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private static ConnectResult<object> ToResult(ConnectError? error) =>
        error is null ? ConnectResult<object>.Succeed(new object()) : ConnectResult<object>.Fail(error);

    [SuppressMessage(
        "Design", "CA1031", Justification = "The supervisor of one request: the engine waits for its end.")]
    private async Task RunAsync<T>(
        ConnectInstance instance,
        string operation,
        Func<CancellationToken, Task<ConnectResult<T>>> send,
        Func<ConnectResult<T>, ConnectorInput> toInput)
        where T : class
    {
        // Never on the caller's thread: signing a request and opening a connection are work.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var started = Stopwatch.GetTimestamp();
        ConnectResult<T> result;
        try
        {
            result = await send(_stopping.Token).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            result = ConnectResult<T>.Fail(
                new ConnectError(ConnectErrorKind.ConnectionLost) { Message = failure.Message });
        }

        metrics.Count(operation, result.Error, Stopwatch.GetElapsedTime(started));
        instance.Note(result.Error, DateTimeOffset.UtcNow);
        post(toInput(result));
    }
}
