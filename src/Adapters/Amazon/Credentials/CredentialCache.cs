namespace Farspan.Amazon;

/// <summary>
/// Keeps credentials and renews them before they expire: in the background while they still work, so that no
/// call waits, and with one load however many callers ask.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class CredentialCache(ICredentialSource source, TimeProvider clock)
{
    /// <summary>Renewal begins this long before the expiration.</summary>
    public static readonly TimeSpan RenewalLead = TimeSpan.FromMinutes(5);

    /// <summary>
    /// After a failed renewal, the next one waits this long while the old credentials still work.
    /// </summary>
    public static readonly TimeSpan RenewalPause = TimeSpan.FromSeconds(10);

    /// <summary>A load takes this long at most, whoever asked for it.</summary>
    private static readonly TimeSpan LoadTimeout = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private AwsCredentials? _current;
    private Task<CredentialOutcome>? _load;
    private DateTimeOffset _nextRenewal = DateTimeOffset.MinValue;

    /// <summary>Credentials that are good now, or why there are none.</summary>
    public Task<CredentialOutcome> GetAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_current is not { } current || current.Expiration <= now)
            {
                return StartLoad().WaitAsync(cancellation);
            }

            if (current.Expiration - RenewalLead <= now && _nextRenewal <= now)
            {
                _nextRenewal = now + RenewalPause;
                StartLoad();
            }

            return Task.FromResult<CredentialOutcome>(new CredentialOutcome.Found(current));
        }
    }

    /// <summary>
    /// Forgets credentials that a service has refused as expired; others, newer ones, stay.
    /// </summary>
    public void Invalidate(AwsCredentials refused)
    {
        lock (_lock)
        {
            if (_current == refused)
            {
                _current = null;
            }
        }
    }

    private Task<CredentialOutcome> StartLoad()
    {
        if (_load is null or { IsCompleted: true })
        {
            _load = LoadAsync();
        }

        return _load;
    }

    private async Task<CredentialOutcome> LoadAsync()
    {
        // Never inside the lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var timeout = new CancellationTokenSource(LoadTimeout, clock);
        CredentialOutcome outcome;
        try
        {
            outcome = await source.LoadAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            outcome = new CredentialOutcome.Failed("loading took too long");
        }

        lock (_lock)
        {
            _current = outcome is CredentialOutcome.Found found ? found.Credentials : _current;
        }

        return outcome;
    }
}
