using System.Globalization;
using System.Text;

namespace Farspan.Observability;

/// <summary>Names, label sets and numbers of the Prometheus text exposition format.</summary>
internal static class PrometheusText
{
    /// <summary>An OpenTelemetry name and unit as a Prometheus name with its unit, <c>_total</c> for counters.</summary>
    public static string NameOf(string name, string? unit, bool isCounter)
    {
        var text = new StringBuilder(name.Length + 16);
        AppendName(text, name, allowsColon: true);
        var suffix = unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            _ => "",
        };
        if (suffix.Length > 0 && !text.ToString().EndsWith(suffix, StringComparison.Ordinal))
        {
            text.Append(suffix);
        }

        return isCounter ? text.Append("_total").ToString() : text.ToString();
    }

    /// <summary>The inside of the braces: <c>a="1",b="x"</c>; empty without labels.</summary>
    public static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var text = new StringBuilder(64);
        foreach (var (name, value) in tags)
        {
            text.Append(text.Length == 0 ? "" : ",");
            AppendName(text, name, allowsColon: false);
            text.Append("=\"");
            AppendLabelValue(text, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
            text.Append('"');
        }

        return text.ToString();
    }

    public static void AppendHelp(StringBuilder text, string help) =>
        text.Append(help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal));

    public static void AppendSample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static void AppendName(StringBuilder text, string name, bool allowsColon)
    {
        foreach (var c in name)
        {
            var isAllowed = char.IsAsciiLetter(c) || c == '_' || (c == ':' && allowsColon)
                || (char.IsAsciiDigit(c) && text.Length > 0);
            text.Append(isAllowed ? c : '_');
        }
    }

    private static void AppendLabelValue(StringBuilder text, string value)
    {
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' => text.Append("\\\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append("\\n"),
                _ => text.Append(c),
            };
        }
    }
}
