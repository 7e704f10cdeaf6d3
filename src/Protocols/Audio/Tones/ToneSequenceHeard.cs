namespace Farspan.Audio;

/// <summary>A <see cref="ToneSequenceRecognizer"/> heard a whole sequence.</summary>
/// <param name="Code">Whose it is.</param>
/// <param name="StartSample">Where it began, counted from the beginning of the stream; within 2 ms on a clean
/// line.</param>
/// <param name="CorrectedSymbols">Symbols that had to be corrected, 0 or 1.</param>
public readonly record struct ToneSequenceHeard(int Code, long StartSample, int CorrectedSymbols);
