using Farspan.Topology;
using Microsoft.Extensions.Logging;

namespace Farspan.Observability;

/// <summary>
/// Gives loggers whose lines are JSON or text with all fields, written by a <see cref="LogWriter"/>.
/// </summary>
/// <param name="writer">Belongs to whoever made it.</param>
/// <param name="logging">Format, minimum, and whether callers' numbers are shown.</param>
/// <param name="clock">Wall-clock time.</param>
public sealed class LineLoggerProvider(LogWriter writer, LoggingModel logging, TimeProvider clock)
    : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName);

    public void Dispose()
    {
        // The writer belongs to whoever made it.
    }

    private sealed class LineLogger(LineLoggerProvider provider, string category) : ILogger
    {
        private static readonly KeyValuePair<string, object?>[] NoFields = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => provider.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var fields = state as IReadOnlyList<KeyValuePair<string, object?>> ?? NoFields;
                var message = formatter(state, exception);
                provider.Write(new LogEntry(
                    provider.Now,
                    logLevel,
                    eventId.Name ?? category,
                    fields,
                    message.Length == 0 ? null : message,
                    exception));
            }
        }
    }

    private DateTimeOffset Now => clock.GetUtcNow();

    private bool IsEnabled(LogLevel level) => level >= (LogLevel)logging.Level && level != LogLevel.None;

    private void Write(in LogEntry entry) =>
        writer.Add(LogLine.Write(logging.Format, entry, logging.ShowsPersonalData));
}
