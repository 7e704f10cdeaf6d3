using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Farspan.Topology;

/// <summary>A name that other parts of the file may refer to, or a reference to one.</summary>
/// <param name="of">What bears the name: "trunk", "instance".</param>
/// <param name="isReference">Whether something of this name must exist elsewhere.</param>
internal sealed class NameKind(string of, bool isReference) : ValueKind<string>
{
    private static readonly SearchValues<char> Characters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    public override string Label => isReference
        ? $"the name of a{(of[0] is 'i' ? "n" : "")} {of} of this file"
        : $"a name: up to {TopologyLimits.NameLengthMax} letters, digits, '-', '_' and '.'";

    public override string Example => $"{of}-1";

    public override bool TryRead(Reading reading, [MaybeNullWhen(false)] out string value)
    {
        value = null;
        if (!reading.TryGetText(this, out var text))
        {
            return false;
        }

        if (text.Length > TopologyLimits.NameLengthMax || text.AsSpan().ContainsAnyExcept(Characters))
        {
            reading.Report(FindingRules.BadValue, $"{Reading.Quote(text)} is not a name", Advice);
            return false;
        }

        value = text;
        if (isReference)
        {
            reading.Context.Refer(of, text, reading);
            return true;
        }

        return reading.Context.Declare(of, text, reading);
    }

    public override string Write(string value) => value;
}
