using System.Net;

namespace Farspan.Replication;

/// <summary>Where a store answers others.</summary>
/// <param name="Listen">Port 0 takes any.</param>
public sealed record ReplicationServerSettings(IPEndPoint Listen);
