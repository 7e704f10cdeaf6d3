using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Topology;
using Microsoft.Extensions.Logging;

namespace Farspan.Observability;

/// <summary>
/// Writes one log line. Control characters are escaped in both formats: a field cannot forge a line.
/// </summary>
internal static class LogLine
{
    private const string OriginalFormat = "{OriginalFormat}";

    private static readonly JsonWriterOptions JsonOptions =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="format">For people or for machines.</param>
    /// <param name="entry">What to write.</param>
    /// <param name="showsPersonal">Whether a <see cref="Personal{T}"/> is revealed.</param>
    public static byte[] Write(LogFormat format, in LogEntry entry, bool showsPersonal) =>
        format == LogFormat.Json ? WriteJson(entry, showsPersonal) : WriteText(entry, showsPersonal);

    private static byte[] WriteJson(in LogEntry entry, bool showsPersonal)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, JsonOptions))
        {
            json.WriteStartObject();
            json.WriteString("time", entry.Time.UtcDateTime);
            json.WriteString("level", NameOf(entry.Level));
            json.WriteString("event", entry.Event);
            foreach (var (name, value) in entry.Fields)
            {
                if (name != OriginalFormat)
                {
                    json.WritePropertyName(JsonNamingPolicy.CamelCase.ConvertName(name));
                    WriteValue(json, Show(value, showsPersonal));
                }
            }

            if (entry.Message is { } message)
            {
                json.WriteString("message", message);
            }

            if (entry.Exception is { } exception)
            {
                json.WriteString("exception", exception.ToString());
            }

            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] WriteText(in LogEntry entry, bool showsPersonal)
    {
        var text = new StringBuilder(256);
        text.Append(entry.Time.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture))
            .Append(' ').Append(NameOf(entry.Level).PadRight(5))
            .Append(' ').Append(entry.Event);
        if (entry.Message is { } message)
        {
            text.Append(": ");
            AppendEscaped(text, message);
        }

        foreach (var (name, value) in entry.Fields)
        {
            if (name != OriginalFormat && value is not null && entry.Message is null)
            {
                text.Append(' ').Append(JsonNamingPolicy.CamelCase.ConvertName(name)).Append('=');
                AppendEscaped(text, TextOf(Show(value, showsPersonal)!));
            }
        }

        if (entry.Exception is { } exception)
        {
            text.Append(" | ");
            AppendEscaped(text, exception.ToString());
        }

        return Encoding.UTF8.GetBytes(text.Append('\n').ToString());
    }

    private static object? Show(object? value, bool showsPersonal) =>
        showsPersonal && value is Personal<string> personal ? personal.Reveal() ?? "" : value;

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        LogLevel.Critical => "fatal",
        LogLevel.Trace => "trace",
        _ => "debug",
    };

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case int or long or short or byte or ushort or uint:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case MediaReport media:
                JsonSerializer.Serialize(json, media, LogJson.Default.MediaReport);
                break;
            case IEnumerable<string> texts:
                json.WriteStartArray();
                foreach (var text in texts)
                {
                    json.WriteStringValue(text);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(TextOf(value));
                break;
        }
    }

    private static string TextOf(object value) => value switch
    {
        IEnumerable<string> texts => string.Join(',', texts),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static void AppendEscaped(StringBuilder text, string value)
    {
        foreach (var character in value)
        {
            if (char.IsControl(character))
            {
                text.Append(character switch { '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", _ => "?" });
            }
            else
            {
                text.Append(character);
            }
        }
    }
}

/// <summary>What a log line says.</summary>
/// <param name="Time">Wall-clock time.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Event">The name of what happened, such as <c>call.answered</c>.</param>
/// <param name="Fields">Names and values in order.</param>
/// <param name="Message">A sentence for people; null where the event's name is enough.</param>
/// <param name="Exception">Null where nothing was thrown.</param>
internal readonly record struct LogEntry(
    DateTimeOffset Time,
    LogLevel Level,
    string Event,
    IReadOnlyList<KeyValuePair<string, object?>> Fields,
    string? Message,
    Exception? Exception);
