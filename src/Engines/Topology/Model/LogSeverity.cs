namespace Farspan.Topology;

/// <summary>How severe a log line is, the least first.</summary>
public enum LogSeverity
{
    Trace,
    Debug,
    Information,
    Warning,
    Error,
}
