using System.Collections.Immutable;
using Farspan.Topology;
using YamlDotNet.Core;

namespace Farspan.Configuration;

/// <summary>
/// Reads YAML 1.2 into configuration nodes, each with its place. Anything at all may be in the file: size,
/// depth and what aliases stand for are bounded, and nothing makes it throw.
/// </summary>
public static class YamlConfigurationReader
{
    /// <param name="content">The bytes of the file.</param>
    /// <param name="file">The file's name, as findings show it.</param>
    public static YamlOutcome Read(ReadOnlySpan<byte> content, string file)
    {
        if (content.Length > TopologyLimits.FileBytesMax)
        {
            return YamlOutcome.Fail(
                FindingRules.TooLarge,
                ConfigurationPlace.Whole(file),
                $"the file is larger than {TopologyLimits.FileBytesMax / 1024 / 1024} MB",
                "Make it smaller; a configuration of this size is surely another file.");
        }

        return YamlText.TryDecode(content, file, out var text, out var fault)
            ? Parse(text, file)
            : YamlOutcome.Fail(
                FindingRules.NotText, fault, "this is not a character of a UTF-8 text",
                "Save the file as UTF-8.");
    }

    private static YamlOutcome Parse(string text, string file)
    {
        using var reader = new StringReader(text);
        var tree = new YamlTreeBuilder(new Parser(reader), file);
        try
        {
            var root = tree.Build();
            return new YamlOutcome(root, tree.Findings);
        }
        catch (Exception error) when (IsFaultOfTheText(error))
        {
            var mark = (error as YamlException)?.Start ?? tree.Position;
            return YamlOutcome.Fail(
                FindingRules.NotYaml,
                new ConfigurationPlace(file, (int)mark.Line, (int)mark.Column),
                Describe(error),
                "Look at indentation, quotes and brackets here and in the line before.");
        }
    }

    // Besides its own exception the parser lets those of number and character conversions through.
    private static bool IsFaultOfTheText(Exception error) => error is YamlException
        or ArgumentException or FormatException or OverflowException or InvalidOperationException
        or IndexOutOfRangeException;

    private static string Describe(Exception error)
    {
        var message = error is YamlException { Message.Length: > 0 }
            ? error.Message
            : "it cannot be read as YAML";
        var text = string.Concat(message.Where(c => !char.IsControl(c))).TrimEnd('.');
        return text.Length > 200 ? text[..200] : text;
    }
}
