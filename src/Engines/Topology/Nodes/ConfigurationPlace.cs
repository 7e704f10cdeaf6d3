namespace Farspan.Topology;

/// <summary>Where something is written, as editors and compilers say it.</summary>
/// <param name="File">As the operator named it.</param>
/// <param name="Line">The first is 1; 0 means the file as a whole.</param>
/// <param name="Column">The first is 1.</param>
public readonly record struct ConfigurationPlace(string File, int Line, int Column)
{
    /// <summary>The file as a whole.</summary>
    public static ConfigurationPlace Whole(string file) => new(file, 0, 0);

    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}
