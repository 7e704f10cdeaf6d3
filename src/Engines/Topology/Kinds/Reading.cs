using System.Diagnostics.CodeAnalysis;

namespace Farspan.Topology;

/// <summary>
/// A node that is being read: where it is in the file, where in the model, and who takes the findings.
/// </summary>
internal readonly record struct Reading(ConfigurationNode Node, string Path, LoadContext Context)
{
    /// <summary>Characters of a value that a finding repeats.</summary>
    private const int QuotedLengthMax = 60;

    public bool IsNothing => Node is ConfigurationNode.Scalar { IsNothing: true };

    /// <summary>A value's text as a finding repeats it: shortened, without control characters.</summary>
    public static string Quote(string text) => $"'{Shorten(text)}'";

    public Reading At(ConfigurationNode node, string key) => new(node, Join(key), Context);

    public Reading Item(ConfigurationNode node, int index) => new(node, $"{Path}[{index}]", Context);

    /// <summary>The path of a key inside this node.</summary>
    public string Join(string key) => Path.Length == 0 ? Shorten(key) : $"{Path}.{Shorten(key)}";

    public void Report(FindingRule rule, string what, string fix) =>
        Context.Report(new Finding(rule, Node.Place, Path, what, fix));

    public void ReportShape(ValueKind expected) => Report(
        FindingRules.WrongShape,
        Node switch
        {
            ConfigurationNode.Scalar { IsNothing: true } => "nothing is written here",
            ConfigurationNode.Scalar => "a single value is written here",
            ConfigurationNode.Sequence => "a list is written here",
            _ => "a mapping is written here",
        },
        expected.Advice);

    /// <summary>
    /// The text of a single value; false, with a finding, for anything else and for texts without end.
    /// </summary>
    public bool TryGetText(ValueKind expected, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (Node is not ConfigurationNode.Scalar { IsNothing: false } scalar)
        {
            ReportShape(expected);
            return false;
        }

        if (scalar.Text.Length > TopologyLimits.TextLengthMax)
        {
            Report(
                FindingRules.BadValue,
                $"a text of {scalar.Text.Length} characters is written here",
                $"Write at most {TopologyLimits.TextLengthMax} characters.");
            return false;
        }

        text = scalar.Text;
        return true;
    }

    private static string Shorten(string text)
    {
        var shown = text.Length > QuotedLengthMax ? text[..QuotedLengthMax] + "…" : text;
        return string.Create(shown.Length, shown, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '?' : source[i];
            }
        });
    }
}
