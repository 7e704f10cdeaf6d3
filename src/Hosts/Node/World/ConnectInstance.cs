using Farspan.Amazon;
using Farspan.Calls;

namespace Farspan.Node;

/// <summary>One Amazon Connect instance: its clients, and how well it answers.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class ConnectInstance
{
    private readonly Lock _lock = new();
    private DateTimeOffset? _lastSuccess;
    private string? _lastError;
    private int _failuresInARow;

    /// <summary>What routes call it.</summary>
    public required string Name { get; init; }

    public required string InstanceId { get; init; }

    public required string Region { get; init; }

    public required CredentialCache Credentials { get; init; }

    public required ConnectClient Contacts { get; init; }

    public required ConnectParticipantClient Participants { get; init; }

    /// <summary>
    /// Notes what became of a request; an error about one contact says nothing about the instance.
    /// </summary>
    public void Note(ConnectError? error, DateTimeOffset now)
    {
        var isAnswer =
            error is null or { Kind: ConnectErrorKind.ContactNotFound or ConnectErrorKind.Conflict };
        lock (_lock)
        {
            _lastSuccess = isAnswer ? now : _lastSuccess;
            _lastError = isAnswer ? null : $"{error!.Kind} {error.ErrorType} {error.Message}".Trim();
            _failuresInARow = isAnswer ? 0 : _failuresInARow + 1;
        }
    }

    /// <summary>What <see cref="Note"/> has seen.</summary>
    public (DateTimeOffset? LastSuccess, string? LastError, int FailuresInARow) Health()
    {
        lock (_lock)
        {
            return (_lastSuccess, _lastError, _failuresInARow);
        }
    }

    /// <summary>Asks for credentials and notes if there are none; null if there are.</summary>
    public async Task<ConnectError?> FindCredentialFaultAsync(CancellationToken cancellation)
    {
        try
        {
            var outcome = await Credentials.GetAsync(cancellation);
            if (outcome is CredentialOutcome.Found)
            {
                return null;
            }

            var reason = outcome is CredentialOutcome.Failed failed
                ? failed.Reason
                : "no source of credentials is configured";
            var fault = new ConnectError(ConnectErrorKind.NoCredentials) { Message = reason };
            Note(fault, DateTimeOffset.UtcNow);
            return fault;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    internal InstanceStatus ToStatus(QuotaStatus quota)
    {
        var (lastSuccess, lastError, failuresInARow) = Health();
        return new InstanceStatus
        {
            Name = Name,
            InstanceId = InstanceId,
            Region = Region,
            ActiveContacts = quota.ActiveContacts,
            SlotsLeft = quota.SlotsLeft,
            Waiting = quota.Waiting,
            LastSuccess = lastSuccess,
            LastError = lastError,
            FailuresInARow = failuresInARow,
        };
    }
}
