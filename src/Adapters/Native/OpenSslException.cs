using System.Runtime.InteropServices;

namespace Farspan.Native;

/// <summary>
/// The library could not be set up: a defect of ours or of the installation, never of a peer.
/// </summary>
public sealed class OpenSslException(string operation, string? detail)
    : ExternalException($"{operation}: {detail ?? "no detail"}");
