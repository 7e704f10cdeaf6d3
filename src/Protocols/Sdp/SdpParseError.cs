namespace Farspan.Sdp;

/// <summary>Where and why parsing a session description stopped.</summary>
/// <param name="Fault">The reason.</param>
/// <param name="Line">The line, counted from 1; 0 when no single line is at fault.</param>
public readonly record struct SdpParseError(SdpParseFault Fault, int Line);
