using Farspan.Calls;

namespace Farspan.Media;

/// <summary>A key was pressed at the phone.</summary>
internal readonly record struct CarrierDigit(char Digit, DigitSource Source);
