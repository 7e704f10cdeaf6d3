namespace Farspan.Bench;

/// <summary>What a relay has done and spent so far.</summary>
/// <param name="Packets">Datagrams sent on.</param>
/// <param name="CpuNanoseconds">CPU time of the relaying thread.</param>
/// <param name="AllocatedBytes">Managed memory that this thread has allocated; 0 for a C relay.</param>
internal readonly record struct RelayReading(long Packets, long CpuNanoseconds, long AllocatedBytes);
