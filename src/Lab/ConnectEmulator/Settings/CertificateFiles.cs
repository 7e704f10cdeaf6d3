namespace Farspan.ConnectEmulator;

/// <summary>Where the certificate of an https emulator is.</summary>
public sealed record CertificateFiles(string CertificatePath, string KeyPath);
