namespace Farspan.Observability;

/// <summary>How log lines look.</summary>
public enum LogFormat
{
    /// <summary>One JSON object a line: for machines.</summary>
    Json,

    /// <summary>Time, level, event and fields: for people.</summary>
    Text,
}
