using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>A list of values of one kind.</summary>
/// <param name="item">Each of them.</param>
/// <param name="mayBeEmpty">Whether there may be none.</param>
/// <param name="countMax">More are refused: what is derived of them would have no end.</param>
internal sealed class ListKind<T>(ValueKind<T> item, bool mayBeEmpty = true, int countMax = int.MaxValue)
    : ValueKind<ImmutableArray<T>>
{
    public override string Label => item.Outline is null
        ? $"a list{(mayBeEmpty ? "" : ", not empty")}; each item: {item.Label}"
        : "a list of mappings";

    public override string Example => $"[{item.Example}]";

    public override SectionOutline? Outline => item.Outline;

    public override JsonShape Shape { get; init; } = new JsonShape.List(item, mayBeEmpty);

    public override string PathSuffix => "[]";

    /// <summary>Items that are none are left out, with a finding; the list as such is taken, unless
    /// nothing is left of one that may not be empty.</summary>
    public override bool TryRead(Reading reading, out ImmutableArray<T> value)
    {
        value = [];
        if (reading.Node is not ConfigurationNode.Sequence sequence)
        {
            reading.ReportShape(this);
            return false;
        }

        if (sequence.Items.Length == 0 && !mayBeEmpty)
        {
            reading.Report(FindingRules.BadValue, "the list is empty", Advice);
            return false;
        }

        if (sequence.Items.Length > countMax)
        {
            reading.Report(
                FindingRules.TooLarge, $"the list has {sequence.Items.Length} items",
                $"Write at most {countMax}.");
            return false;
        }

        var items = ImmutableArray.CreateBuilder<T>(sequence.Items.Length);
        for (var i = 0; i < sequence.Items.Length; i++)
        {
            if (item.TryRead(reading.Item(sequence.Items[i], i), out var read))
            {
                items.Add(read);
            }
        }

        value = items.ToImmutable();
        return mayBeEmpty || value.Length > 0;
    }

    public override string Write(ImmutableArray<T> value) =>
        $"[{string.Join(", ", value.Select(item.Write))}]";
}
