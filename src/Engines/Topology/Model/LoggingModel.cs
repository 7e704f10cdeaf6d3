namespace Farspan.Topology;

/// <summary>What is logged, and how.</summary>
/// <param name="Level">The least severe that is logged.</param>
/// <param name="Format">How a line looks.</param>
/// <param name="ShowsPersonalData">Whether callers' numbers may appear.</param>
public sealed record LoggingModel(LogSeverity Level, LogFormat Format, bool ShowsPersonalData);
