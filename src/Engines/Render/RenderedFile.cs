namespace Farspan.Render;

/// <summary>A file that rendering makes.</summary>
/// <param name="Path">Below the folder that was asked for, with slashes.</param>
/// <param name="Text">Its whole content; lines end in a line feed.</param>
public sealed record RenderedFile(string Path, string Text);
