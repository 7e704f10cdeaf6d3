using System.Security.Cryptography.X509Certificates;
using Farspan.Amazon;
using Farspan.Network;
using Farspan.Topology;

namespace Farspan.Node;

/// <summary>The Amazon Connect instances of a node, and what their endpoints are trusted for.</summary>
internal sealed class ConnectInstances : IDisposable
{
    private readonly List<HttpClient> _clients = [];
    private readonly Dictionary<string, ConnectInstance> _byId = [];
    private readonly List<(InstanceModel Model, X509Certificate2Collection? Authorities)> _models = [];

    /// <exception cref="NodeStartException">A secret or a certificate cannot be read.</exception>
    public ConnectInstances(ConnectModel model)
    {
        foreach (var instance in model.Instances)
        {
            var authorities = instance.TrustedCertificatesPath is { } path
                ? PemCertificates.ReadAuthorities(path, $"trustedCertificates of the instance {instance.Name}")
                : null;
            _models.Add((instance, authorities));
            _byId.Add(instance.InstanceId, Create(instance, authorities, model.Timings.Request));
        }
    }

    /// <summary>By the id that AWS has given it.</summary>
    public IReadOnlyDictionary<string, ConnectInstance> ById => _byId;

    /// <summary>
    /// What a signalling WebSocket may do: plain text and authorities of one's own only at the host of an instance
    /// whose endpoint the operator has set, which is never AWS's.
    /// </summary>
    public WebSocketSettings SettingsFor(Uri url)
    {
        var (model, authorities) = _models.Find(m => m.Model.Endpoint?.Host == url.Host);
        return new WebSocketSettings
        {
            AllowsPlainText = model?.Endpoint?.Scheme == Uri.UriSchemeHttp,
            TrustedRoots = authorities,
        };
    }

    public void Dispose() => _clients.ForEach(c => c.Dispose());

    private ConnectInstance Create(InstanceModel model, X509Certificate2Collection? authorities, TimeSpan timeout)
    {
        var http = AmazonHttpClient.Create(authorities);
        _clients.Add(http);
        var clock = TimeProvider.System;
        var credentials = new CredentialCache(CredentialSources.Create(model, http, clock), clock);
        var contacts = new ConnectEndpoint { Region = model.Region, Override = model.Endpoint, Timeout = timeout };
        var participants = contacts with { Override = model.ParticipantEndpoint ?? model.Endpoint };
        return new ConnectInstance
        {
            Name = model.Name,
            InstanceId = model.InstanceId,
            Region = model.Region,
            Credentials = credentials,
            Contacts = new ConnectClient(http, contacts, credentials, clock),
            Participants = new ConnectParticipantClient(http, participants, clock),
        };
    }
}
