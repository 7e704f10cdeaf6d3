namespace Farspan.Topology;

/// <summary>What it means if a key is not there.</summary>
internal enum SettingAbsence
{
    IsFault,
    MeansDefault,
    MeansNothing,
    MeansEmptySection,
}
