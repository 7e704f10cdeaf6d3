using Farspan.Kernel;

namespace Farspan.Amazon.Tests;

/// <summary>Gives credentials with these session tokens in turn, the last one for ever.</summary>
internal sealed class ScriptedSource(params string[] tokens) : ICredentialSource
{
    private int _loads;

    public int Loads => Volatile.Read(ref _loads);

    public DateTimeOffset? Expiration { get; set; }

    /// <summary>Set to make loads fail; the load counts.</summary>
    public string? Failure { get; set; }

    /// <summary>Completes a load; null lets it complete at once.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public async Task<CredentialOutcome> LoadAsync(CancellationToken cancellation)
    {
        var load = Interlocked.Increment(ref _loads) - 1;
        if (Gate is { } gate)
        {
            await gate.Task;
        }

        return Failure is { } reason
            ? new CredentialOutcome.Failed(reason)
            : new CredentialOutcome.Found(new AwsCredentials(
                "AKID",
                new Redacted<string>("secret"),
                new Redacted<string>(tokens[Math.Min(load, tokens.Length - 1)]),
                Expiration));
    }
}
