namespace Farspan.Topology;

/// <summary>A certificate chain and its private key, as PEM files.</summary>
public sealed record CertificateFilesModel(string CertificatePath, string KeyPath);
