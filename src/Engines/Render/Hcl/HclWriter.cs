using System.Collections.Immutable;
using System.Text;

namespace Farspan.Render;

/// <summary>
/// Writes a body as <c>terraform fmt</c> would leave it: two columns a level, the equals signs of neighbouring
/// one-line attributes in one column, blank lines around blocks.
/// </summary>
public sealed class HclWriter
{
    private const int ColumnsMax = 110;
    private const int CommentColumnsMax = 100;
    private readonly StringBuilder _text = new();

    public static string Write(HclBody file)
    {
        var writer = new HclWriter();
        writer.WriteNodes(file.Nodes, 0);
        return writer._text.ToString();
    }

    private void WriteNodes(IReadOnlyList<HclNode> nodes, int level)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            if (i > 0 && NeedsBlankBetween(nodes, i, level))
            {
                _text.Append('\n');
            }

            switch (nodes[i])
            {
                case HclNode.Comment comment:
                    WriteComment(comment.Text, level);
                    break;
                case HclNode.Attribute attribute:
                    WriteAttribute(attribute, WidthAt(nodes, i, level), level);
                    break;
                case HclNode.Block block:
                    WriteBlock(block, level);
                    break;
            }
        }
    }

    /// <summary>Blocks and long attributes stand apart; a comment stays with what it explains.</summary>
    private static bool NeedsBlankBetween(IReadOnlyList<HclNode> nodes, int index, int level)
    {
        var before = nodes[index - 1];
        var explained = index;
        while (explained < nodes.Count - 1 && nodes[explained] is HclNode.Comment)
        {
            explained++;
        }

        return before is not HclNode.Comment
            && (nodes[index] is HclNode.Comment || IsTall(before, level) || IsTall(nodes[explained], level));
    }

    private static bool IsTall(HclNode node, int level) => node switch
    {
        HclNode.Block => true,
        HclNode.Attribute attribute => !FitsOneLine(attribute, level),
        _ => false,
    };

    private void WriteBlock(HclNode.Block block, int level)
    {
        Indent(level).Append(block.Type);
        foreach (var label in block.Labels)
        {
            _text.Append(' ').Append(HclText.Quote(label));
        }

        if (block.Body.Nodes.Count == 0)
        {
            _text.Append(" {}\n");
            return;
        }

        _text.Append(" {\n");
        WriteNodes(block.Body.Nodes, level + 1);
        Indent(level).Append("}\n");
    }

    private void WriteAttribute(HclNode.Attribute attribute, int width, int level)
    {
        Indent(level).Append(attribute.Name.PadRight(width)).Append(" = ");
        WriteValue(attribute.Value, level);
        _text.Append('\n');
    }

    private void WriteValue(HclValue value, int level)
    {
        if (OneLine(value) is { } line && Fits(line, level))
        {
            _text.Append(line);
            return;
        }

        switch (value)
        {
            case HclValue.Sequence sequence:
                WriteSequence(sequence, level);
                break;
            case HclValue.Map map:
                WriteMap(map, level);
                break;
            case HclValue.Call call:
                WriteCall(call, level);
                break;
            case HclValue.Heredoc heredoc:
                WriteHeredoc(heredoc.Content, level);
                break;
            default:
                _text.Append(OneLine(value));
                break;
        }
    }

    private void WriteSequence(HclValue.Sequence sequence, int level)
    {
        _text.Append("[\n");
        foreach (var item in sequence.Items)
        {
            Indent(level + 1);
            WriteValue(item, level + 1);
            _text.Append(",\n");
        }

        Indent(level).Append(']');
    }

    private void WriteMap(HclValue.Map map, int level)
    {
        _text.Append("{\n");
        var nodes = map.Entries.Select(e => (HclNode)new HclNode.Attribute(Key(e.Key), e.Value)).ToList();
        for (var i = 0; i < nodes.Count; i++)
        {
            WriteAttribute((HclNode.Attribute)nodes[i], WidthAt(nodes, i, level + 1), level + 1);
        }

        Indent(level).Append('}');
    }

    private void WriteCall(HclValue.Call call, int level)
    {
        _text.Append(call.Function).Append('(');
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            _text.Append(i > 0 ? ", " : "");
            WriteValue(call.Arguments[i], level);
        }

        _text.Append(')');
    }

    private void WriteHeredoc(string content, int level)
    {
        _text.Append("<<-EOT\n");
        foreach (var line in content.TrimEnd('\n').Split('\n'))
        {
            var indent = line.Length > 0 ? new string(' ', 2 * (level + 1)) : "";
            _text.Append(indent).Append(HclText.EscapeTemplate(line)).Append('\n');
        }

        Indent(level).Append("EOT");
    }

    private void WriteComment(string text, int level)
    {
        foreach (var line in Wrapping.Lines(text, CommentColumnsMax - (2 * level) - 2))
        {
            Indent(level).Append(line.Length > 0 ? "# " : "#").Append(line).Append('\n');
        }
    }

    /// <summary>The column of the equals sign: neighbours of one line share it.</summary>
    private static int WidthAt(IReadOnlyList<HclNode> nodes, int index, int level)
    {
        if (!IsShort(nodes[index], level))
        {
            return 0;
        }

        var first = index;
        while (first > 0 && IsShort(nodes[first - 1], level))
        {
            first--;
        }

        return nodes.Skip(first).TakeWhile(n => IsShort(n, level)).Max(n => ((HclNode.Attribute)n).Name.Length);
    }

    private static bool IsShort(HclNode node, int level) =>
        node is HclNode.Attribute attribute && FitsOneLine(attribute, level);

    private static bool FitsOneLine(HclNode.Attribute attribute, int level) =>
        attribute.Value is not (HclValue.Sequence or HclValue.Map or HclValue.Call or HclValue.Heredoc)
        || (OneLine(attribute.Value) is { } line && Fits(line, level));

    private static bool Fits(string line, int level) => line.Length + (2 * level) <= ColumnsMax - 30;

    private static string? OneLine(HclValue value) => value switch
    {
        HclValue.Text text => HclText.Quote(text.Content),
        HclValue.Template template => HclText.QuoteTemplate(template.Content),
        HclValue.Number number => number.Digits,
        HclValue.Boolean boolean => boolean.Is ? "true" : "false",
        HclValue.Reference reference => reference.Expression,
        HclValue.Sequence sequence => Join(sequence.Items) is { } items ? $"[{items}]" : null,
        HclValue.Map { Entries.Length: 0 } => "{}",
        HclValue.Call call => Join(call.Arguments) is { } arguments ? $"{call.Function}({arguments})" : null,
        _ => null,
    };

    private static string? Join(ImmutableArray<HclValue> items)
    {
        var lines = items.Select(OneLine).ToList();
        return lines.Contains(null) ? null : string.Join(", ", lines);
    }

    private static string Key(string key) => HclText.IsIdentifier(key) ? key : HclText.Quote(key);

    private StringBuilder Indent(int level) => _text.Append(' ', 2 * level);
}
