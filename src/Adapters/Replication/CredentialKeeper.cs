using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Farspan.Identity;

namespace Farspan.Replication;

/// <summary>
/// Keeps a node's credentials fresh while it runs: fetches the keys that a rotation has made, and renews the
/// node's certificate long before it ends.
/// </summary>
public sealed class CredentialKeeper : IAsyncDisposable
{
    private readonly CredentialSource _credentials;
    private readonly ReplicationClient _client;
    private readonly Func<ImmutableArray<string>> _addresses;
    private readonly TimeProvider _wall;
    private readonly TimeSpan _every;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <param name="credentials">Kept fresh.</param>
    /// <param name="client">Asks the others; stays its owner's.</param>
    /// <param name="addresses">Of all nodes that may be asked, as they are known at the time.</param>
    /// <param name="wall">The node's wall clock.</param>
    /// <param name="every">How often it looks; a rotation waits much longer before it seals.</param>
    public CredentialKeeper(
        CredentialSource credentials,
        ReplicationClient client,
        Func<ImmutableArray<string>> addresses,
        TimeProvider wall,
        TimeSpan every)
    {
        _credentials = credentials;
        _client = client;
        _addresses = addresses;
        _wall = wall;
        _every = every;
        _running = Task.Run(RunAsync);
    }

    /// <summary>Looks once, now.</summary>
    public async Task LookAsync(CancellationToken stop)
    {
        foreach (var address in _addresses())
        {
            await FollowKeysAsync(address, stop).ConfigureAwait(false);
            if (NeedsRenewal())
            {
                await RenewAsync(address, stop).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_every, _wall, _stop.Token).ConfigureAwait(false);
                await TryLookAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Ending.
        }
    }

    private async Task TryLookAsync()
    {
        try
        {
            await LookAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The disk does not take them: what we have stays in force until the next look.
        }
    }

    private async Task FollowKeysAsync(string address, CancellationToken stop)
    {
        if (_credentials.Folder.HasAuthority
            || await _client.FetchKeysAsync(address, stop).ConfigureAwait(false) is not { } bytes
            || !ClusterKeyFile.TryDecode(bytes, out var fetched))
        {
            return; // Keys come from the authority, never to it.
        }

        var current = _credentials.Current;
        var merged = current.HeldKeys.Merge(fetched, current.Identity.Roles);
        if (!ReferenceEquals(merged, current.HeldKeys))
        {
            _credentials.Folder.SaveKeys(merged);
            _credentials.Refresh();
        }
    }

    private bool NeedsRenewal() =>
        _credentials.Current.Certificate.NotAfter.ToUniversalTime() - IdentityLimits.RenewBefore
            <= _wall.GetUtcNow().UtcDateTime;

    private async Task RenewAsync(string address, CancellationToken stop)
    {
        using var key = new NodeKey();
        var request = JsonSerializer.SerializeToUtf8Bytes(
            new RenewalRequestBody(key.CreateSigningRequest()), IdentityJson.Default.RenewalRequestBody);
        if (await _client.RenewAsync(address, request, stop).ConfigureAwait(false) is { } bytes
            && TryRead(bytes) is { } certificate
            && IsOurs(certificate))
        {
            _credentials.Folder.SaveNode(key, certificate);
            _credentials.Refresh();
        }
    }

    private static string? TryRead(byte[] answer)
    {
        try
        {
            return JsonSerializer.Deserialize(answer, IdentityJson.Default.RenewalAnswerBody)?.Certificate;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool IsOurs(string certificatePem)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(certificatePem);
            var current = _credentials.Current;
            var (ours, authority) = (current.Identity, current.Authority);
            return ClusterTrust.TryVerify(certificate, authority, ours.Cluster, out var identity)
                && identity == ours;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
