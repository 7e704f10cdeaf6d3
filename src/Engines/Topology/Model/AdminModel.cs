using System.Net;

namespace Farspan.Topology;

/// <summary>The administration API over HTTPS.</summary>
public sealed record AdminModel
{
    public required IPEndPoint Listen { get; init; }

    public required string User { get; init; }

    /// <summary>Null: drawn at the first start and shown once.</summary>
    public required SecretReference? Password { get; init; }

    /// <summary>Null: a self-signed one is made at the first start.</summary>
    public required CertificateFilesModel? Certificate { get; init; }

    /// <summary>Where metrics are served over plain HTTP; null: only by the API.</summary>
    public required IPEndPoint? MetricsListen { get; init; }
}
