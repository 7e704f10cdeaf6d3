namespace Farspan.Topology;

/// <summary>The keys of <c>logging</c>.</summary>
internal static class LoggingSchema
{
    private static readonly Setting<LogSeverity> Level = Setting.Defaulting(
        "level",
        ValueKinds.Word(
            ("trace", LogSeverity.Trace),
            ("debug", LogSeverity.Debug),
            ("information", LogSeverity.Information),
            ("warning", LogSeverity.Warning),
            ("error", LogSeverity.Error)),
        LogSeverity.Information,
        "The least severe that is logged.");

    private static readonly Setting<LogFormat> Format = Setting.Defaulting(
        "format", ValueKinds.Word(("text", LogFormat.Text), ("json", LogFormat.Json)), LogFormat.Text,
        "Text is for people, JSON (one object a line) for machines.");

    private static readonly Setting<bool> ShowsPersonalData = Setting.Defaulting(
        "personalData", ValueKinds.Flag, false,
        "Whether the numbers of caller and called appear in logs; else they are written as `[redacted]`.");

    public static Section<LoggingModel> Section { get; } = new(
        "What is logged, and how.",
        [Level, Format, ShowsPersonalData],
        values => new LoggingModel(values.Get(Level), values.Get(Format), values.Get(ShowsPersonalData)));
}
