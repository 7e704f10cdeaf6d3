namespace Farspan.Topology;

/// <summary>Makes a table: one line for each value that its elements have.</summary>
internal sealed class TableOf<T>(string title, IEnumerable<T> elements)
    where T : NetworkElement
{
    private readonly List<(string Key, Func<T, object?> Value)> _columns = [];

    /// <param name="key">What the file calls the value.</param>
    /// <param name="value">Of an element; null for none.</param>
    public TableOf<T> With(string key, Func<T, object?> value)
    {
        _columns.Add((key, value));
        return this;
    }

    public ListedTable Make() => new(
        title,
        [.. _columns.Select(column => column.Key)],
        [.. elements.Select(List)]);

    private ListedElement List(T element) =>
        new(element, [.. _columns.Select(column => List(element, column))]);

    private static ListedValue List(T element, (string Key, Func<T, object?> Value) column) =>
        new(column.Key, Texts.Of(column.Value(element)), !element.Origin.IsWritten(column.Key));
}
